package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.forecast.Drift;
import ai.quimbi.server.api.Backfill;
import ai.quimbi.server.api.ModelShelf;
import ai.quimbi.server.api.Refit;
import ai.quimbi.server.api.Scoreboard;
import ai.quimbi.server.api.Upkeep;
import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.TestDatabase;
import ai.quimbi.server.store.events.Customers;
import ai.quimbi.server.store.events.Models;
import ai.quimbi.server.store.events.Passes;
import ai.quimbi.server.store.events.PastRows;
import ai.quimbi.server.store.events.RefitLog;
import ai.quimbi.server.store.events.ScoreStatistics;
import ai.quimbi.server.store.events.Scores;
import ai.quimbi.server.store.events.Snapshots;
import ai.quimbi.server.store.events.Snapshots.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is done for a tenant once a day, whether anybody asks or not.
class UpkeepTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 15);
  private static final Duration REFIT_AFTER = Duration.ofDays(30);
  private static final int REFIT_AFTER_ORDERS = 1000;
  private static final Databases DATABASES = TestDatabase.databases();

  private Instant now = Quimbi.NOW;
  private final ModelShelf shelf = new ModelShelf(new Models(DATABASES));
  private final RefitLog log = new RefitLog(DATABASES);
  private final Refit refit = new Refit(new Customers(DATABASES), shelf, log, () -> now);
  private final Snapshots snapshots = new Snapshots(DATABASES);
  private final Upkeep upkeep = upkeep();

  private Upkeep upkeep() {
    return new Upkeep(
        refit,
        new Scoreboard(new Scores(DATABASES), snapshots, shelf),
        new Backfill(new Customers(DATABASES), new PastRows(DATABASES), shelf),
        new Passes(DATABASES),
        REFIT_AFTER,
        REFIT_AFTER_ORDERS);
  }

  /// Customers who buy every month or so, over a year.
  private static Customer shop(int customers) {
    Customer shop = Quimbi.tenant();
    for (int i = 0; i < customers; i++) {
      List<String> orders = new ArrayList<>();
      for (int day = 380 - i % 50; day > i % 30; day -= 25 + i % 11) {
        orders.add(order("c" + i, "o" + i + "_" + day, TODAY.minusDays(day), 30 + i % 40));
      }
      ingest(shop, orders);
    }
    return shop;
  }

  private static String order(String customer, String order, LocalDate day, int total) {
    return """
    {"customer_id": "%s", "order_id": "%s", "order_date": "%sT10:00:00Z", "total_price": %d.00}
    """
        .formatted(customer, order, day, total);
  }

  private static void ingest(Customer shop, List<String> orders) {
    assertEquals(
        200,
        shop.post(
                "/api/data/ingest_orders",
                "{\"source\": \"s\", \"orders\": [" + String.join(",", orders) + "]}")
            .status());
  }

  private List<Snapshot> past(Tenant tenant, String customer) {
    return snapshots.of(tenant, customer, 0, Integer.MAX_VALUE);
  }

  @Test
  void a_night_fits_scores_everybody_and_makes_up_for_the_months_before() {
    Tenant tenant = shop(60).tenant();

    assertTrue(upkeep.nightly(tenant, now));

    assertTrue(refit.isFitted(tenant));
    assertEquals("schedule", log.last(tenant).orElseThrow().cause());
    assertEquals(60, new ScoreStatistics(DATABASES).customers(tenant));
    List<Snapshot> past = past(tenant, "c0");
    assertFalse(past.getLast().isRecomputed());
    assertEquals(TODAY.toEpochDay(), past.getLast().day());
    // The first order is of 28 February 2025: that month's last day, and every month's since.
    List<String> days =
        past.stream()
            .filter(Snapshot::isRecomputed)
            .map(one -> LocalDate.ofEpochDay(one.day()).toString())
            .toList();
    assertEquals("2025-03-31", days.getFirst());
    assertEquals("2026-02-28", days.getLast());
    assertEquals(12, days.size(), days.toString());
  }

  @Test
  void what_is_made_up_is_what_the_question_as_of_then_answers() {
    Customer shop = shop(60);
    upkeep.nightly(shop.tenant(), now);
    Ledger ledger = new Ledger(shop.tenant().zone(), shop.tenant().currency());

    for (Snapshot one : past(shop.tenant(), "c7")) {
      String body =
          "{\"customer_id\":\"c7\",\"as_of\":\"%s\"}".formatted(LocalDate.ofEpochDay(one.day()));
      var answer = shop.post("/api/intelligence/analyze", body).json();
      assertEquals(one.churnRisk(), answer.at("/predictions/churn_risk").asDouble());
      assertEquals(
          0,
          ledger
              .amountOf(one.yearAheadMinor())
              .compareTo(answer.at("/predictions/ltv_12mo").decimalValue()));
    }
  }

  @Test
  void one_server_does_it_once_a_day() {
    Tenant tenant = shop(5).tenant();

    assertTrue(upkeep.nightly(tenant, now));
    assertFalse(upkeep().nightly(tenant, now.plus(Duration.ofHours(3))));
    assertTrue(upkeep().nightly(tenant, now.plus(Duration.ofDays(1))));
  }

  @Test
  void orders_of_long_ago_that_come_later_change_what_is_made_up_and_not_what_was_said() {
    Customer shop = shop(10);
    upkeep.nightly(shop.tenant(), now);
    List<Snapshot> before = past(shop.tenant(), "c3");
    ingest(shop, List.of(order("c3", "early", TODAY.minusDays(500), 700)));

    now = now.plus(Duration.ofDays(1));
    upkeep.nightly(shop.tenant(), now);

    List<Snapshot> after = past(shop.tenant(), "c3");
    assertTrue(after.getFirst().day() < before.getFirst().day());
    assertTrue(after.contains(before.getLast()), "what was said stays");
    int checked = 0;
    for (Snapshot one : before) {
      if (one.isRecomputed()) {
        Snapshot again = after.stream().filter(o -> o.day() == one.day()).findFirst().orElse(one);
        assertEquals(one.spentMinor() + 70_000, again.spentMinor());
        checked++;
      }
    }
    assertTrue(checked >= 9, "" + checked);
  }

  @Test
  void a_complaint_of_long_ago_that_comes_later_changes_what_is_made_up() {
    Customer shop = shop(10);
    upkeep.nightly(shop.tenant(), now);
    List<Snapshot> before = past(shop.tenant(), "c3");
    String complaint =
        """
        {"source": "desk", "interactions": [
          {"customer_id": "c3", "interaction_type": "support_ticket", "channel": "email",
           "timestamp": "%sT09:00:00Z", "metadata": {"ticket_id": "T-1"}}]}
        """
            .formatted(TODAY.minusDays(100));
    assertEquals(200, shop.post("/api/data/ingest_interactions", complaint).status());

    now = now.plus(Duration.ofDays(1));
    upkeep.nightly(shop.tenant(), now);

    List<Snapshot> after = past(shop.tenant(), "c3");
    Snapshot first = before.getFirst();
    assertEquals(first, after.getFirst(), "nothing had been complained of yet");
    assertNotEquals(
        before.stream().filter(Snapshot::isRecomputed).toList(),
        after.stream().filter(Snapshot::isRecomputed).toList());
  }

  @Test
  void a_model_that_drifts_is_refitted_and_a_good_one_left_alone() {
    Customer shop = shop(120);
    upkeep.nightly(shop.tenant(), now);
    String fitted = shelf.of(shop.tenant()).version();

    // Twenty days in which nobody comes at all, where most came every month.
    now = now.plus(Duration.ofDays(25));
    Drift drift = refit.drift(shop.tenant()).orElseThrow();
    assertTrue(drift.isDrifting(), drift.toString());
    assertEquals(Refit.Cause.DRIFT, refit.due(shop.tenant(), REFIT_AFTER).orElseThrow());
    upkeep.nightly(shop.tenant(), now);

    assertNotEquals(fitted, shelf.of(shop.tenant()).version());
    assertEquals("drift", log.last(shop.tenant()).orElseThrow().cause());
    // Just refitted, there is nothing to hold against it.
    now = now.plus(Duration.ofDays(1));
    assertTrue(refit.due(shop.tenant(), REFIT_AFTER).isEmpty());
    now = now.plus(REFIT_AFTER);
    assertEquals(Refit.Cause.SCHEDULE, refit.due(shop.tenant(), Duration.ofDays(20)).orElseThrow());
  }

  @Test
  void a_fit_that_fails_leaves_the_model_in_force_and_says_so() {
    Customer shop = shop(20);
    refit.now(shop.tenant());
    String fitted = shelf.of(shop.tenant()).version();
    // A profile that cannot be read, as a disk might leave it.
    DATABASES.inTransaction(
        shop.tenant().id(),
        handle ->
            handle.execute("UPDATE app.customer SET profile = '\\x00' WHERE customer_id = 'c3'"));

    assertThrows(RuntimeException.class, () -> refit.now(shop.tenant(), Refit.Cause.NEW_ORDERS));

    assertEquals(fitted, shelf.of(shop.tenant()).version());
    RefitLog.Attempt last = log.last(shop.tenant()).orElseThrow();
    assertEquals("failed", last.outcome());
    assertEquals("new_orders", last.cause());
    assertEquals(fitted, last.model());
  }

  @Test
  void a_tenant_with_nothing_to_learn_from_keeps_the_shipped_model_and_says_why() {
    Tenant tenant = Quimbi.tenant().tenant();

    assertTrue(upkeep.nightly(tenant, now));

    RefitLog.Attempt last = log.last(tenant).orElseThrow();
    assertEquals("kept", last.outcome());
    assertEquals("no customer has bought yet", last.reason());
  }
}
