package ai.quimbi.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.quimbi.core.access.ApiKey.Mode;
import ai.quimbi.core.access.ApiKey.TenantKey;
import ai.quimbi.core.access.Quota;
import ai.quimbi.core.access.Scope;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final String PATH = "/api/customers/a";
  private static final String TEMPLATE = "/api/customers/{customer_id}";

  @Test
  void the_101st_call_of_a_minute_is_refused_and_the_next_minute_is_new() {
    SampleRoutes routes = new SampleRoutes();
    try (TestDoor door = new TestDoor(routes.all())) {
      for (int i = 1; i <= 100; i++) {
        HttpResponse<byte[]> response = door.get(TestDoor.SMALL, PATH);
        assertEquals(200, response.statusCode(), "call " + i);
        assertEquals("" + (100 - i), header(response, "X-RateLimit-Remaining"));
      }

      HttpResponse<byte[]> refused = door.get(TestDoor.SMALL, PATH);

      JsonNode json = TestDoor.CHECK.check("GET", TEMPLATE, refused);
      assertEquals("RATE_LIMIT_EXCEEDED", json.at("/error/code").asText());
      assertEquals(
          "Rate limit exceeded. Retry after 30 seconds.", json.at("/error/message").asText());
      assertEquals("30", header(refused, "Retry-After"));
      assertEquals("100", header(refused, "X-RateLimit-Limit"));
      assertEquals("0", header(refused, "X-RateLimit-Remaining"));
      assertEquals(
          "" + Instant.parse("2026-11-21T12:01:00Z").getEpochSecond(),
          header(refused, "X-RateLimit-Reset"));
      assertEquals(
          "\"minute\";q=100;w=60, \"hour\";q=1000;w=3600", header(refused, "RateLimit-Policy"));
      assertEquals("\"minute\";r=0;t=30, \"hour\";r=900;t=3570", header(refused, "RateLimit"));
      assertEquals(100, routes.reached.get());

      door.now.set(Instant.parse("2026-11-21T12:00:59.999Z"));
      assertEquals(429, door.get(TestDoor.SMALL, PATH).statusCode());
      door.now.set(Instant.parse("2026-11-21T12:01:00Z"));
      assertEquals(200, door.get(TestDoor.SMALL, PATH).statusCode());
    }
  }

  @Test
  void the_1001st_call_of_an_hour_is_refused_until_the_next_hour() {
    try (TestDoor door = new TestDoor(new SampleRoutes().all())) {
      Instant start = Instant.parse("2026-11-21T12:00:00Z");
      int allowed = 0;
      for (int minute = 0; minute < 11; minute++) {
        door.now.set(start.plus(Duration.ofMinutes(minute)));
        for (int i = 0; i < 95; i++) {
          allowed += door.get(TestDoor.SMALL, PATH).statusCode() == 200 ? 1 : 0;
        }
      }
      assertEquals(1000, allowed);
      HttpResponse<byte[]> refused = door.get(TestDoor.SMALL, PATH);
      assertEquals("1000", header(refused, "X-RateLimit-Limit"), "the tightest window is shown");
      assertEquals("3000", header(refused, "Retry-After"));
      door.now.set(start.plus(Duration.ofHours(1)));
      assertEquals(200, door.get(TestDoor.SMALL, PATH).statusCode());
    }
  }

  @Test
  void keys_are_counted_each_for_itself_and_by_their_own_quota() {
    try (TestDoor door = new TestDoor(new SampleRoutes().all())) {
      door.put("other", other(new Quota(2, 10)));
      assertEquals(200, door.get("other", PATH).statusCode());
      assertEquals(200, door.get("other", PATH).statusCode());
      assertEquals(429, door.get("other", PATH).statusCode());
      assertEquals(200, door.get(TestDoor.SMALL, PATH).statusCode());

      door.put("other", other(new Quota(5, 10)));
      assertEquals(200, door.get("other", PATH).statusCode(), "a raised quota counts at once");
    }
  }

  private static TenantKey other(Quota quota) {
    return new TenantKey(
        "key_other", "acme", Set.of(Scope.INTELLIGENCE_READ), Mode.TEST, quota, null);
  }

  @Test
  void wrong_keys_are_limited_per_address_while_right_ones_pass() {
    DoorSettings settings =
        DoorSettings.on("127.0.0.1", 0)
            .withFailedKeysPerMinute(5)
            .withTrustedProxies(List.of("127.0.0.0/8"));
    try (TestDoor door = new TestDoor(settings, new SampleRoutes().all(), null, null)) {
      for (int i = 0; i < 5; i++) {
        assertEquals(401, wrong(door, "203.0.113.7"));
      }
      assertEquals(429, wrong(door, "203.0.113.7"));
      assertEquals(429, wrong(door, "1.2.3.4, 203.0.113.7"), "a forged first hop changes nothing");
      assertEquals(429, wrong(door, "203.0.113.7, 127.0.0.9"), "a second proxy changes nothing");
      HttpResponse<byte[]> twoLines =
          door.send(
              door.request(PATH)
                  .header("X-API-Key", "wrong")
                  .header("X-Forwarded-For", "1.2.3.4")
                  .header("X-Forwarded-For", "203.0.113.7"));
      assertEquals(429, twoLines.statusCode(), "a forged first line changes nothing");
      assertEquals(401, wrong(door, "203.0.113.8"), "another address");
      assertEquals(200, door.get(TestDoor.FULL, PATH).statusCode());
      door.now.set(Instant.parse("2026-11-21T12:01:00Z"));
      assertEquals(401, wrong(door, "203.0.113.7"), "the next minute");
    }
  }

  @Test
  void nobody_but_a_configured_proxy_says_who_calls() {
    DoorSettings settings = DoorSettings.on("127.0.0.1", 0).withFailedKeysPerMinute(2);
    try (TestDoor door = new TestDoor(settings, new SampleRoutes().all(), null, null)) {
      assertEquals(401, wrong(door, "203.0.113.1"));
      assertEquals(401, wrong(door, "203.0.113.2"));
      assertEquals(429, wrong(door, "203.0.113.3"));
    }
  }

  private static int wrong(TestDoor door, String forwardedFor) {
    HttpResponse<byte[]> response =
        door.send(
            door.request(PATH)
                .header("X-API-Key", "wrong")
                .header("X-Forwarded-For", forwardedFor));
    TestDoor.CHECK.check("GET", TEMPLATE, response);
    assertEquals(
        response.statusCode() == 429, response.headers().firstValue("Retry-After").isPresent());
    return response.statusCode();
  }

  @Test
  void addresses_are_told_apart_by_network() {
    ClientAddresses addresses = new ClientAddresses(List.of("10.0.0.0/8", "::1"));
    assertEquals(addresses.of("2001:db8::1", null), addresses.of("2001:db8::2", null));
    assertNotEquals(addresses.of("2001:db8::1", null), addresses.of("2001:db8:0:1::1", null));
    assertEquals(addresses.of("192.0.2.1", null), addresses.of("10.1.2.3", "192.0.2.1"));
    assertEquals(addresses.of("10.1.2.3", null), addresses.of("10.1.2.3", "not an address"));
    assertEquals(addresses.of("192.0.2.9", null), addresses.of("192.0.2.9", "192.0.2.1"));
    assertEquals(addresses.of("192.0.2.1", null), addresses.of("::1", "192.0.2.1, 10.9.9.9"));
  }

  private static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse("none");
  }
}
