package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.app.Quimbi.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What callers may rely on when they send orders and interactions.
class IngestionScenariosTest {
  private static final String ORDERS = "/api/data/ingest_orders";
  private static final String ANALYZE = "/api/intelligence/analyze";

  @Test
  void the_next_read_sees_what_was_ingested() {
    Customer quimbi = Quimbi.tenant();

    quimbi.post(ORDERS, orders(order("c", "o1", "2026-03-01T10:00:00Z", "40.00", "")));
    assertEquals(money("40.00"), spent(quimbi, "c"));
    quimbi.post(ORDERS, orders(order("c", "o2", "2026-03-02T10:00:00Z", "2.50", "")));

    assertEquals(money("42.50"), spent(quimbi, "c"));
  }

  @Test
  void one_bad_row_refuses_the_batch_and_all_faults_come_at_once() {
    Customer quimbi = Quimbi.tenant();

    Reply reply =
        quimbi.post(
            ORDERS,
            orders(
                order("c", "o1", "2026-03-01T10:00:00Z", "40.00", ""),
                order("c", "o2", "2026-03-20T10:00:00Z", "1.00", ""),
                order("c", "o3", "2026-03-01T10:00:00Z", "1.005", "")));

    assertEquals(422, reply.status());
    assertEquals("VALIDATION_ERROR", reply.code());
    assertEquals(
        List.of("/orders/1/order_date", "/orders/2/total_price"),
        reply.json().at("/error/details/errors").findValuesAsText("path"));
    assertEquals(404, quimbi.post(ANALYZE, "{\"customer_id\":\"c\"}").status());
  }

  @Test
  void with_on_error_continue_each_row_is_answered() {
    Customer quimbi = Quimbi.tenant();
    String body =
        orders(
            order("c", "o1", "2026-03-01T10:00:00Z", "40.00", ""),
            order("c", "o2", "2026-03-20T10:00:00Z", "1.00", ""));

    Reply reply = quimbi.caller().send("POST", ORDERS, ORDERS + "?on_error=continue", body);

    assertEquals(200, reply.status());
    assertEquals("partial", reply.json().path("status").asText());
    assertEquals(
        List.of("ingested", "rejected"), reply.json().path("results").findValuesAsText("status"));
    assertEquals(money("40.00"), spent(quimbi, "c"));
  }

  @Test
  void one_order_twice_in_a_batch_with_different_content_is_refused() {
    Customer quimbi = Quimbi.tenant();

    Reply reply =
        quimbi.post(
            ORDERS,
            orders(
                order("c", "o1", "2026-03-01T10:00:00Z", "40.00", ""),
                order("c", "o1", "2026-03-01T10:00:00Z", "41.00", "")));

    assertEquals(422, reply.status());
  }

  @Test
  void the_greater_updated_at_wins_whatever_comes_last() {
    Customer quimbi = Quimbi.tenant();
    String older =
        order("c", "o1", "2026-03-01T10:00:00Z", "40.00", updated("2026-03-02T00:00:00Z"));
    String newer =
        order("c", "o1", "2026-03-01T10:00:00Z", "50.00", updated("2026-03-03T00:00:00Z"));

    quimbi.post(ORDERS, orders(newer));
    Reply late = quimbi.post(ORDERS, orders(older));

    assertEquals(1, late.json().path("ingested_count").asInt());
    assertEquals(money("50.00"), spent(quimbi, "c"));
  }

  @Test
  void an_order_that_changes_hands_updates_both_customers() {
    Customer quimbi = Quimbi.tenant();
    quimbi.post(ORDERS, orders(order("wrong", "o1", "2026-03-01T10:00:00Z", "40.00", "")));
    quimbi.post(ORDERS, orders(order("wrong", "o2", "2026-03-01T10:00:00Z", "7.00", "")));

    Reply moved =
        quimbi.post(ORDERS, orders(order("right", "o1", "2026-03-01T10:00:00Z", "40.00", "")));

    assertEquals(
        Quimbi.json("[\"right\", \"wrong\"]"), moved.json().path("customer_profiles_updated"));
    assertEquals(money("7.00"), spent(quimbi, "wrong"));
    assertEquals(money("40.00"), spent(quimbi, "right"));
  }

  @Test
  void refunds_and_cancellations_are_taken_off_and_never_below_zero() {
    Customer quimbi = Quimbi.tenant();

    quimbi.post(
        ORDERS,
        orders(
            order("c", "o1", "2026-03-01T10:00:00Z", "40.00", ", \"refund_amount\": 15.00"),
            order("c", "o2", "2026-03-01T10:00:00Z", "30.00", ", \"refund_amount\": 99.00"),
            order("c", "o3", "2026-03-01T10:00:00Z", "20.00", ", \"status\": \"cancelled\""),
            order(
                "c",
                "o4",
                "2026-03-01T10:00:00Z",
                "10.00",
                ", \"refunds\": [{\"refund_id\": \"r1\", \"amount\": 4.00,"
                    + " \"refunded_at\": \"2026-03-02T10:00:00Z\"}]")));

    assertEquals(money("31.00"), spent(quimbi, "c"));
    JsonNode metrics =
        quimbi.post(ANALYZE, "{\"customer_id\":\"c\"}").json().path("behavioral_metrics");
    assertEquals(3, metrics.path("total_orders").asInt());
  }

  @Test
  void a_foreign_currency_needs_a_rate_for_its_day() {
    Customer quimbi = Quimbi.tenant();
    String body =
        orders(order("c", "o1", "2026-03-01T10:00:00Z", "10.00", ", \"currency\": \"EUR\""));

    Reply refused = quimbi.post(ORDERS, body);
    String rates = "/api/admin/tenants/{tenant_id}/rates";
    Quimbi.admin()
        .send(
            "PUT",
            rates,
            rates.replace("{tenant_id}", quimbi.tenant().id()),
            "{\"rates\": [{\"currency\": \"EUR\", \"day\": \"2026-03-01\", \"rate\": 1.1}]}");
    Reply accepted = quimbi.post(ORDERS, body);

    assertEquals(422, refused.status());
    String message = refused.json().at("/error/details/errors/0/message").asText();
    assertTrue(message.contains("EUR") && message.contains("2026-03-01"), message);
    assertEquals(200, accepted.status());
    assertEquals(money("11.00"), spent(quimbi, "c"));
  }

  @Test
  void the_tenants_zone_decides_the_day() {
    Customer kyoto = Quimbi.tenant("Asia/Tokyo", "JPY");
    kyoto.post(ORDERS, orders(order("c", "o1", "2026-03-14T16:00:00Z", "1200", "")));

    JsonNode metrics =
        kyoto.post(ANALYZE, "{\"customer_id\":\"c\"}").json().path("behavioral_metrics");

    // 16:00 UTC on the 14th is the 15th in Tokyo, and so is "now".
    assertEquals(0, metrics.path("days_since_last_purchase").asInt());
    assertEquals(money("1200"), metrics.path("lifetime_value").decimalValue());
  }

  @Test
  void a_context_order_replaces_the_stored_one_for_this_answer_only() {
    Customer quimbi = Quimbi.tenant();
    quimbi.post(ORDERS, orders(order("c", "o1", "2026-03-01T10:00:00Z", "40.00", "")));

    JsonNode withContext =
        quimbi
            .post(
                ANALYZE,
                """
                {"customer_id": "c", "context": {"orders": [
                  {"order_id": "o1", "order_date": "2026-03-01T10:00:00Z", "total_price": 99.00},
                  {"order_id": "o2", "order_date": "2026-03-02T10:00:00Z", "total_price": 1.00}]}}
                """)
            .json();

    assertEquals(
        money("100.00"), withContext.at("/behavioral_metrics/lifetime_value").decimalValue());
    assertEquals(money("40.00"), spent(quimbi, "c"));
  }

  @Test
  void both_spellings_of_the_interactions_type_are_accepted() {
    Customer quimbi = Quimbi.tenant();
    for (String member : List.of("type", "interaction_type")) {
      Reply reply =
          quimbi.post(
              "/api/data/ingest_interactions",
              """
              {"source": "app", "interactions": [{"customer_id": "c", "%s": "chat",
                "timestamp": "2026-03-01T10:00:00Z"}]}
              """
                  .formatted(member));
      assertEquals(200, reply.status());
    }
    JsonNode facts = quimbi.get("/api/customers/{customer_id}", "/api/customers/c").json();

    // The same contact told twice is one contact.
    assertEquals(1, facts.at("/interactions_by_type/chat").asInt());
  }

  @Test
  void an_idempotency_key_gives_the_first_answer_again() {
    Customer quimbi = Quimbi.tenant();
    String body = orders(order("c", "o1", "2026-03-01T10:00:00Z", "40.00", ""));
    String other = orders(order("c", "o2", "2026-03-01T10:00:00Z", "40.00", ""));

    Reply first = send(quimbi, body, "key-1");
    Reply again = send(quimbi, body, "key-1");
    Reply different = send(quimbi, other, "key-1");

    assertEquals(1, first.json().path("ingested_count").asInt());
    assertEquals(first.text(), again.text());
    assertEquals("true", again.header("Idempotency-Replayed"));
    assertEquals("IDEMPOTENCY_MISMATCH", different.code());
  }

  @Test
  void ids_are_opaque() {
    Customer quimbi = Quimbi.tenant();
    for (String id : List.of("a/b", "..", "50%", "🧵", "export", "5971333382399", " x ", "%2F")) {
      quimbi.post(ORDERS, orders(order(id, "o-" + id, "2026-03-01T10:00:00Z", "5.00", "")));

      assertEquals(money("5.00"), spent(quimbi, id), id);
      String inPath =
          java.net.URLEncoder.encode(id, java.nio.charset.StandardCharsets.UTF_8)
              .replace("+", "%20")
              .replace("..", "%2E%2E");
      JsonNode facts =
          quimbi.get("/api/customers/{customer_id}", "/api/customers/" + inPath).json();
      assertEquals(id, facts.path("customer_id").asText());
    }
  }

  @Test
  void customers_are_listed_in_the_order_of_their_ids() {
    Customer quimbi = Quimbi.tenant();
    for (String id : List.of("b", "a", "Z", "é", "10", "9")) {
      quimbi.post(ORDERS, orders(order(id, "o-" + id, "2026-03-01T10:00:00Z", "5.00", "")));
    }
    String template = "/api/customers";

    JsonNode first = quimbi.get(template, "/api/customers?limit=4").json();
    JsonNode second =
        quimbi
            .get(template, "/api/customers?limit=4&cursor=" + first.path("next_cursor").asText())
            .json();

    assertEquals(List.of("10", "9", "Z", "a"), first.path("data").findValuesAsText("customer_id"));
    assertTrue(first.path("has_more").asBoolean());
    assertEquals(List.of("b", "é"), second.path("data").findValuesAsText("customer_id"));
    assertTrue(second.path("next_cursor").isMissingNode());
    assertEquals(422, quimbi.get(template, "/api/customers?cursor=nonsense!").status());
    assertEquals(422, quimbi.get(template, "/api/customers?limit=0").status());
  }

  @Test
  void the_same_events_in_any_order_give_the_same_bytes() {
    Customer one = Quimbi.tenant();
    Customer other = Quimbi.tenant();
    String first = order("c", "o1", "2026-03-01T10:00:00Z", "40.00", ", \"discount_amount\": 5");
    String second = order("c", "o2", "2025-11-01T10:00:00Z", "19.99", "");
    one.post(ORDERS, orders(first, second));
    other.post(ORDERS, orders(second));
    other.post(ORDERS, orders(first));
    other.post(ORDERS, orders(first, second));

    for (String path : List.of(ANALYZE, "/api/intelligence/predict/churn")) {
      String question = "{\"customer_id\":\"c\"}";
      assertEquals(one.post(path, question).text(), other.post(path, question).text());
    }
  }

  private static Reply send(Customer quimbi, String body, String key) {
    return quimbi.caller().send("POST", ORDERS, ORDERS, body, "Idempotency-Key", key);
  }

  private static BigDecimal spent(Customer quimbi, String customerId) {
    JsonNode json = quimbi.post(ANALYZE, "{\"customer_id\":\"" + customerId + "\"}").json();
    return json.at("/behavioral_metrics/lifetime_value").decimalValue();
  }

  private static String orders(String... orders) {
    return "{\"source\": \"shop\", \"orders\": [" + String.join(",", orders) + "]}";
  }

  private static String order(String customer, String id, String at, String total, String more) {
    return """
    {"customer_id": "%s", "order_id": "%s", "order_date": "%s", "total_price": %s%s}
    """
        .formatted(customer, id, at, total, more)
        .strip();
  }

  private static String updated(String at) {
    return ", \"updated_at\": \"" + at + "\"";
  }

  private static BigDecimal money(String amount) {
    return new BigDecimal(amount);
  }
}
