package ai.quimbi.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorsTest {
  private static final String ORIGIN = "https://support.example.com";

  @Test
  void a_configured_origin_may_ask_first_and_then_call() {
    SampleRoutes routes = new SampleRoutes();
    try (TestDoor door = door(List.of(ORIGIN + "/", "https://other.example.com"), routes)) {
      HttpResponse<byte[]> preflight = options(door, "/api/intelligence/analyze", ORIGIN);

      assertEquals(204, preflight.statusCode());
      assertEquals(0, preflight.body().length);
      assertEquals(ORIGIN, header(preflight, "Access-Control-Allow-Origin"));
      assertTrue(header(preflight, "Access-Control-Allow-Headers").contains("X-API-Key"));
      assertTrue(header(preflight, "Access-Control-Allow-Methods").contains("POST"));
      assertTrue(header(preflight, "Vary").contains("Origin"));
      assertEquals(0, routes.reached.get());

      HttpResponse<byte[]> call = get(door, ORIGIN, TestDoor.FULL);
      assertEquals(200, call.statusCode());
      assertEquals(ORIGIN, header(call, "Access-Control-Allow-Origin"));
      assertTrue(header(call, "Access-Control-Expose-Headers").contains("X-Request-Id"));

      HttpResponse<byte[]> refused = get(door, ORIGIN, "wrong");
      assertEquals(401, refused.statusCode());
      assertEquals(ORIGIN, header(refused, "Access-Control-Allow-Origin"), "pages may read errors");
    }
  }

  @Test
  void to_another_origin_nothing_is_said() {
    try (TestDoor door = door(List.of(ORIGIN), new SampleRoutes())) {
      for (String origin : List.of("https://evil.example.com", "null", ORIGIN + ".evil.com")) {
        HttpResponse<byte[]> preflight = options(door, "/api/intelligence/analyze", origin);
        assertEquals(204, preflight.statusCode());
        assertEquals("none", header(preflight, "Access-Control-Allow-Origin"));
        assertEquals(
            "none", header(get(door, origin, TestDoor.FULL), "Access-Control-Allow-Origin"));
      }
    }
  }

  @Test
  void options_needs_no_key_and_no_route() {
    try (TestDoor door = door(List.of(), new SampleRoutes())) {
      assertEquals(204, options(door, "/api/customers", ORIGIN).statusCode());
      assertEquals(204, options(door, "/api/nope", ORIGIN).statusCode());
    }
  }

  private static TestDoor door(List<String> origins, SampleRoutes routes) {
    return new TestDoor(
        DoorSettings.on("127.0.0.1", 0).withCorsOrigins(origins), routes.all(), null, null);
  }

  private static HttpResponse<byte[]> options(TestDoor door, String path, String origin) {
    return door.send(
        door.request(path)
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "x-api-key,content-type")
            .method("OPTIONS", BodyPublishers.noBody()));
  }

  private static HttpResponse<byte[]> get(TestDoor door, String origin, String key) {
    return door.send(
        door.request("/api/customers/a").header("Origin", origin).header("X-API-Key", key));
  }

  private static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse("none");
  }
}
