package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Quota;
import ai.quimbi.core.access.Scope;
import ai.quimbi.server.app.Quimbi.Caller;
import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.app.Quimbi.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What administrators do, and what their keys and tenants' keys may not.
class AdministrationTest {
  private static final String TENANTS = "/api/admin/tenants";
  private static final String TENANT = "/api/admin/tenants/{tenant_id}";
  private static final String KEYS = "/api/admin/tenants/{tenant_id}/keys";
  private static final String KEY = "/api/admin/keys/{key_id}";
  private static final String ANALYZE = "/api/intelligence/analyze";
  private static final String SAMPLE = "{\"customer_id\": \"test_customer_high_ltv\"}";

  @Test
  void a_tenant_is_made_used_and_deleted() {
    Caller admin = Quimbi.admin();

    Reply made =
        admin.post(
            TENANTS,
            """
            {"tenant_id": "admin-made", "name": "Made", "industry": "retail",
             "time_zone": "Europe/Berlin", "currency": "EUR"}
            """);
    assertEquals(200, made.status());
    assertEquals("Europe/Berlin", made.json().path("time_zone").asText());
    assertEquals(
        "TENANT_EXISTS",
        admin.post(TENANTS, "{\"tenant_id\": \"admin-made\", \"name\": \"Again\"}").code());

    Reply key =
        admin.send(
            "POST",
            KEYS,
            "/api/admin/tenants/admin-made/keys",
            "{\"scopes\": [\"intelligence:read\"]}");
    String secret = key.json().path("key").asText();
    assertTrue(secret.startsWith("qk_live_"));
    Caller user = Quimbi.stranger(secret);
    assertEquals(200, user.post(ANALYZE, SAMPLE).status());
    Reply listed = admin.get(KEYS, "/api/admin/tenants/admin-made/keys");
    assertFalse(listed.text().contains(secret), "a list shows no secret");

    assertEquals(200, admin.send("DELETE", TENANT, "/api/admin/tenants/admin-made", null).status());
    assertEquals("TENANT_NOT_FOUND", admin.get(TENANT, "/api/admin/tenants/admin-made").code());
    awaitCode(user, "INVALID_API_KEY");
  }

  @Test
  void a_wish_that_cannot_be_fulfilled_says_why() {
    Caller admin = Quimbi.admin();
    for (List<String> wrong :
        List.of(
            List.of("{\"tenant_id\": \"Upper\", \"name\": \"x\"}", "/tenant_id"),
            List.of("{\"tenant_id\": \"ok\"}", "/name"),
            List.of(
                "{\"tenant_id\": \"ok\", \"name\": \"x\", \"time_zone\": \"Mars/Base\"}",
                "/time_zone"),
            List.of(
                "{\"tenant_id\": \"ok\", \"name\": \"x\", \"currency\": \"XXQ\"}", "/currency"))) {
      Reply reply = admin.post(TENANTS, wrong.get(0));

      assertEquals(422, reply.status(), wrong.get(0));
      assertTrue(
          reply.json().at("/error/details/errors").findValuesAsText("path").contains(wrong.get(1)),
          reply.text());
    }
  }

  @Test
  void a_revoked_key_stops_within_a_second() {
    Customer quimbi = Quimbi.tenant();
    String keys = KEYS.replace("{tenant_id}", quimbi.tenant().id());
    JsonNode made =
        Quimbi.admin().send("POST", KEYS, keys, "{\"scopes\": [\"intelligence:read\"]}").json();
    Caller user = Quimbi.stranger(made.path("key").asText());
    assertEquals(200, user.post(ANALYZE, SAMPLE).status());

    String path = KEY.replace("{key_id}", made.path("key_id").asText());
    assertEquals(200, Quimbi.admin().send("DELETE", KEY, path, null).status());

    awaitCode(user, "INVALID_API_KEY");
    assertEquals("KEY_NOT_FOUND", Quimbi.admin().send("DELETE", KEY, path, null).code());
  }

  @Test
  void the_request_after_the_last_of_a_window_is_refused() {
    Customer quimbi = Quimbi.tenant();
    Caller limited =
        Quimbi.key(quimbi.tenant().id(), EnumSet.allOf(Scope.class), new Quota(5, 1000));

    for (int i = 1; i <= 5; i++) {
      Reply reply = limited.post(ANALYZE, SAMPLE);
      assertEquals(200, reply.status());
      assertEquals("" + (5 - i), reply.header("X-RateLimit-Remaining"));
      assertEquals("5", reply.header("X-RateLimit-Limit"));
    }
    Reply refused = limited.post(ANALYZE, SAMPLE);

    assertEquals("RATE_LIMIT_EXCEEDED", refused.code());
    assertTrue(refused.header("Retry-After").matches("[1-9]\\d*"), refused.header("Retry-After"));
    // The tests' clock stands at the minute's start.
    assertEquals(
        Quimbi.NOW.plusSeconds(60).getEpochSecond() + "", refused.header("X-RateLimit-Reset"));
  }

  @Test
  void a_refit_without_customers_keeps_the_models_and_says_why() {
    Customer quimbi = Quimbi.tenant();
    String path = "/api/admin/tenants/{tenant_id}/refit";

    Reply reply =
        Quimbi.admin().send("POST", path, path.replace("{tenant_id}", quimbi.tenant().id()), null);

    assertEquals("kept", reply.json().path("status").asText());
    assertEquals("no customer has bought yet", reply.json().path("reason").asText());
  }

  @Test
  void a_refit_comes_into_force_at_once_and_is_named_in_the_answers() {
    Customer quimbi = Quimbi.tenant();
    StringBuilder orders = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      orders
          .append(i == 0 ? "" : ",")
          .append(
              """
              {"customer_id": "c%d", "order_id": "o%d", "order_date": "2025-%02d-%02dT10:00:00Z",
               "total_price": %d.00}
              """
                  .formatted(i % 60, i, 1 + i * 7 % 12, 1 + i * 11 % 28, 20 + i * 13 % 90));
    }
    quimbi.post("/api/data/ingest_orders", "{\"source\":\"s\",\"orders\":[" + orders + "]}");
    String question = "{\"customer_id\": \"c1\"}";
    String before = quimbi.post(ANALYZE, question).json().path("model_version").asText();
    String path = "/api/admin/tenants/{tenant_id}/refit";

    Reply fitted =
        Quimbi.admin().send("POST", path, path.replace("{tenant_id}", quimbi.tenant().id()), null);

    String version = fitted.json().path("model_version").asText();
    assertEquals("fitted", fitted.json().path("status").asText(), fitted.text());
    assertFalse(version.equals(before));
    assertEquals(version, quimbi.post(ANALYZE, question).json().path("model_version").asText());
    assertEquals(quimbi.post(ANALYZE, question).text(), quimbi.post(ANALYZE, question).text());
  }

  private static void awaitCode(Caller caller, String code) {
    Instant end = Instant.now().plus(Duration.ofSeconds(1));
    String last = "";
    while (Instant.now().isBefore(end)) {
      last = caller.post(ANALYZE, SAMPLE).code();
      if (last.equals(code)) {
        return;
      }
    }
    assertEquals(code, caller.post(ANALYZE, SAMPLE).code());
  }
}
