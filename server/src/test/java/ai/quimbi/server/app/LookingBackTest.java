package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.store.TestDatabase;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// A question asked of a former day gets the answer that was really given then.
class LookingBackTest {

  @Test
  void as_of_and_known_at_give_the_answer_really_given_then() {
    AtomicReference<Instant> now = new AtomicReference<>(Quimbi.NOW);
    Customer shop = Quimbi.tenant("Asia/Tokyo", "EUR");
    try (Platform platform = platform(now)) {
      for (int i = 0; i < 6; i++) {
        ingest(platform, shop, "c", "o" + i, Quimbi.NOW.minus(Duration.ofDays(20L * i + 2)), 40);
        ingest(platform, shop, "d" + i, "p" + i, Quimbi.NOW.minus(Duration.ofDays(9L * i)), 25);
      }
      String[] paths = {"analyze", "predict/churn", "predict/ltv"};
      String[] then = new String[paths.length];
      for (int i = 0; i < paths.length; i++) {
        then[i] = ask(platform, shop, paths[i], "{\"customer_id\":\"c\"}");
        assertTrue(then[i].contains("model_version"), then[i]);
      }

      now.set(Quimbi.NOW.plus(Duration.ofDays(50)));
      // New orders, one of them dated back, and new models.
      ingest(platform, shop, "c", "late", Quimbi.NOW.minus(Duration.ofDays(7)), 900);
      for (int i = 0; i < 40; i++) {
        ingest(platform, shop, "e" + i % 20, "q" + i, now.get().minus(Duration.ofDays(i)), 30);
      }
      platform.refit().now(shop.tenant());

      String back =
          "{\"customer_id\":\"c\",\"as_of\":\"2026-03-15\",\"known_at\":\"%s\"}"
              .formatted(Quimbi.NOW);
      for (int i = 0; i < paths.length; i++) {
        assertEquals(then[i], ask(platform, shop, paths[i], back), paths[i]);
        assertNotEquals(
            then[i], ask(platform, shop, paths[i], "{\"customer_id\":\"c\"}"), paths[i]);
      }
      // By what is known today, the order dated back counts for that day, too.
      String hindsight =
          ask(platform, shop, "analyze", "{\"customer_id\":\"c\",\"as_of\":\"2026-03-15\"}");
      assertTrue(hindsight.contains("\"lifetime_value\":1140.00"), hindsight);
      assertTrue(
          ask(platform, shop, "analyze", "{\"customer_id\":\"c\",\"as_of\":\"2027-01-01\"}")
              .contains("as_of must not be later than today"));
      assertTrue(
          ask(platform, shop, "analyze", "{\"customer_id\":\"c\",\"as_of\":\"2020-01-01\"}")
              .contains("CUSTOMER_NOT_FOUND"));
    }
  }

  private static Platform platform(AtomicReference<Instant> now) {
    return Platform.open(
        TestDatabase.databases(),
        Settings.read(
            Map.of(
                "QUIMBI_PORT",
                "0",
                "QUIMBI_REFIT_AFTER_ORDERS",
                "1000000000",
                "QUIMBI_NIGHTLY",
                "false")),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
        now::get);
  }

  private static void ingest(
      Platform platform, Customer shop, String customer, String order, Instant at, int total) {
    String body =
        """
        {"source": "shop", "orders": [{"customer_id": "%s", "order_id": "%s",
          "order_date": "%s", "total_price": %d.00, "discount_amount": 0}]}
        """
            .formatted(customer, order, at, total);
    String reply = Sent.to(platform, shop, "/api/data/ingest_orders", body);
    assertTrue(reply.contains("\"status\":\"success\""), reply);
  }

  private static String ask(Platform platform, Customer shop, String path, String body) {
    return Sent.to(platform, shop, "/api/intelligence/" + path, body);
  }
}
