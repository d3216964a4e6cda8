package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.copilot.Account;
import ai.quimbi.core.copilot.HealthWeights;
import ai.quimbi.core.copilot.Renewal;
import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.store.TestDatabase;
import ai.quimbi.server.store.copilot.Accounts;
import ai.quimbi.server.store.copilot.Weights;
import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A server that keeps answers says at every moment what one beside it says that keeps none, though
/// all news reach it through the other.
class KeptAnswersTest {
  private static final String[] PATHS = {"analyze", "predict/churn", "predict/ltv"};

  private final AtomicReference<Instant> now = new AtomicReference<>(Quimbi.NOW);
  private final Customer shop = Quimbi.tenant("America/New_York", "USD");
  private final Platform keeping = platform("32");
  private final Platform forgetful = platform("0");

  @AfterEach
  void close() {
    keeping.close();
    forgetful.close();
  }

  @Test
  void what_was_kept_is_given_until_something_changes_and_not_a_moment_longer() {
    for (int i = 0; i < 6; i++) {
      order("c", "o" + i, Quimbi.NOW.minus(Duration.ofDays(20L * i + 2)), 40, "paid");
      order("d" + i, "p" + i, Quimbi.NOW.minus(Duration.ofDays(9L * i)), 25, "paid");
    }
    String first = bothSay();
    assertEquals(first, bothSay());

    order("c", "o6", Quimbi.NOW.minus(Duration.ofDays(1)), 70, "paid");
    String withAnother = bothSay();
    assertNotEquals(first, withAnother, "a new order");

    order("c", "o6", Quimbi.NOW.minus(Duration.ofDays(1)), 70, "cancelled");
    assertNotEquals(withAnother, bothSay(), "a cancelled order");

    now.set(Quimbi.NOW.plus(Duration.ofDays(1)));
    String dayAfter = bothSay();
    assertNotEquals(first, dayAfter, "a day later");

    forgetful.refit().now(shop.tenant());
    now.set(now.get().plusSeconds(3));
    await("the other server's new models", () -> !dayAfter.equals(say(keeping)));
    bothSay();
  }

  @Test
  void a_customer_of_the_same_name_in_another_company_is_another() {
    order("c", "o1", Quimbi.NOW.minus(Duration.ofDays(3)), 40, "paid");
    bothSay();
    Customer other = Quimbi.tenant("America/New_York", "USD");
    assertTrue(
        Sent.to(keeping, other, "/api/intelligence/analyze", "{\"customer_id\":\"c\"}")
            .contains("CUSTOMER_NOT_FOUND"));
  }

  @Test
  void an_accounts_health_is_worked_out_of_what_was_told_to_the_other_server_last() {
    String account = "/api/accounts/acme";
    Accounts accounts = new Accounts(TestDatabase.databases());
    Renewal renewal = Renewal.read("2026-04-01").orElseThrow();
    accounts.put(
        shop.tenant(), new Account("acme", "Acme", "public", renewal, null, "USD"), Quimbi.NOW);
    usage(account, 10, 20, 30, 40);
    assertEquals("[\"usage_up\",\"no_tickets\",\"renewal_near\"]", signals());
    assertEquals("[\"usage_up\",\"no_tickets\",\"renewal_near\"]", signals());

    usage(account, 40, 30, 20, 10);
    assertEquals("[\"usage_down\",\"no_tickets\",\"renewal_near\"]", signals());
    Sent.to(
        forgetful,
        shop,
        account + "/tickets",
        "{\"tickets\": [{\"id\": \"T-1\", \"severity\": \"high\", \"status\": \"open\","
            + " \"opened_at\": \"2026-03-10T10:00:00Z\"}]}");
    assertEquals("[\"usage_down\",\"few_tickets\",\"renewal_near\"]", signals());
    now.set(Quimbi.NOW.minus(Duration.ofDays(300)));
    assertEquals("[\"usage_down\",\"few_tickets\",\"renewal_far\"]", signals());

    new Weights(TestDatabase.databases())
        .save(shop.tenant(), new HealthWeights(2, 10_000, 0, 0), Quimbi.NOW);
    await("the weights of another server", () -> health().path("score").asInt() == 0);
  }

  private void usage(String account, int... users) {
    StringBuilder days = new StringBuilder();
    for (int i = 0; i < users.length; i++) {
      days.append(i == 0 ? "" : ",")
          .append("{\"date\": \"2026-03-0%d\", \"active_users\": %d}".formatted(i + 1, users[i]));
    }
    Sent.to(forgetful, shop, account + "/usage", "{\"days\": [" + days + "]}");
  }

  private String signals() {
    return health().path("signals").toString();
  }

  private JsonNode health() {
    String plan = "{\"message\": \"How healthy is it?\", \"selectedCustomerId\": \"acme\"}";
    return Quimbi.json(Sent.to(keeping, shop, "/api/copilot/plan", plan)).path("health");
  }

  /// Asked twice of each, so that the second of the keeping server is a kept one.
  private String bothSay() {
    String told = say(forgetful);
    assertEquals(told, say(keeping));
    assertEquals(told, say(keeping));
    return told;
  }

  private String say(Platform platform) {
    StringBuilder all = new StringBuilder();
    for (String path : PATHS) {
      all.append(Sent.to(platform, shop, "/api/intelligence/" + path, "{\"customer_id\":\"c\"}"))
          .append('\n');
    }
    return all.toString();
  }

  private void order(String customer, String id, Instant at, int total, String status) {
    String body =
        """
        {"source": "shop", "orders": [{"customer_id": "%s", "order_id": "%s", "status": "%s",
          "order_date": "%s", "total_price": %d.00, "discount_amount": 0}]}
        """
            .formatted(customer, id, status, at, total);
    String reply = Sent.to(forgetful, shop, "/api/data/ingest_orders", body);
    assertTrue(reply.contains("\"status\":\"success\""), reply);
  }

  private Platform platform(String keptMegabytes) {
    return Platform.open(
        TestDatabase.databases(),
        Settings.read(
            Map.of(
                "QUIMBI_PORT",
                "0",
                "QUIMBI_REFIT_AFTER_ORDERS",
                "1000000000",
                "QUIMBI_ANSWERS_KEPT_MEGABYTES",
                keptMegabytes)),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
        now::get);
  }

  private static void await(String what, BooleanSupplier isThere) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!isThere.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, what);
      Thread.onSpinWait();
    }
  }
}
