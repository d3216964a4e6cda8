package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.api.ModelShelf;
import ai.quimbi.server.api.Scoreboard;
import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.TestDatabase;
import ai.quimbi.server.store.events.Models;
import ai.quimbi.server.store.events.ScoreStatistics;
import ai.quimbi.server.store.events.Scores;
import ai.quimbi.server.store.events.Snapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Scores keep step with events and days, and a very large pass keeps nobody waiting.
class ScoreboardTest {
  private static final int CUSTOMERS = 2_500;

  private static Scoreboard board(Duration patience) {
    Databases databases = TestDatabase.databases();
    return new Scoreboard(
        new Scores(databases),
        new Snapshots(databases),
        new ModelShelf(new Models(databases)),
        patience);
  }

  private static Customer shop(int customers) {
    Customer shop = Quimbi.tenant();
    for (int from = 0; from < customers; from += 500) {
      List<String> orders = new ArrayList<>();
      for (int i = from; i < Math.min(customers, from + 500); i++) {
        orders.add(
            """
            {"customer_id": "c%d", "order_id": "o%d", "order_date": "2026-01-02T10:00:00Z",
             "total_price": %d.00}
            """
                .formatted(i, i, 10 + i % 90));
      }
      String body = "{\"source\": \"s\", \"orders\": [" + String.join(",", orders) + "]}";
      assertEquals(200, shop.post("/api/data/ingest_orders", body).status());
    }
    return shop;
  }

  @Test
  void only_what_changed_makes_a_new_edition() {
    Customer shop = shop(3);
    Tenant tenant = shop.tenant();
    Scoreboard board = board(Duration.ofSeconds(30));

    assertEquals(1, board.upToDate(tenant, Quimbi.NOW).edition());
    assertEquals(1, board.upToDate(tenant, Quimbi.NOW).edition());
    shop.post(
        "/api/data/ingest_orders",
        """
        {"source": "s", "orders": [{"customer_id": "c1", "order_id": "n",
          "order_date": "2026-03-02T10:00:00Z", "total_price": 10.00}]}
        """);
    assertEquals(2, board.upToDate(tenant, Quimbi.NOW).edition());
    Instant tomorrow = Quimbi.NOW.plus(Duration.ofDays(1));
    Scoreboard.Standing next = board.upToDate(tenant, tomorrow);
    assertEquals(3, next.edition());
    // Long after the last change nothing is looked through any more.
    assertEquals(next, board.upToDate(tenant, tomorrow.plus(Duration.ofMinutes(5))));
  }

  @Test
  void a_very_large_first_pass_is_done_beside_the_requests() throws InterruptedException {
    Tenant tenant = shop(CUSTOMERS).tenant();
    Scoreboard board = board(Duration.ZERO);

    assertThrows(ApiError.class, () -> board.upToDate(tenant, Quimbi.NOW));
    Scoreboard.Standing standing = null;
    for (int tries = 0; standing == null && tries < 200; tries++) {
      Thread.sleep(50);
      try {
        standing = board.upToDate(tenant, Quimbi.NOW);
      } catch (ApiError stillBusy) {
        // asked again
      }
    }
    assertTrue(standing != null, "the pass ended");
    assertEquals(CUSTOMERS, new ScoreStatistics(TestDatabase.databases()).customers(tenant));

    List<Integer> heard = new ArrayList<>();
    Instant tomorrow = Quimbi.NOW.plus(Duration.ofDays(1));
    board.completely(tenant, tomorrow, heard::add);
    assertTrue(!heard.isEmpty(), "who waits hears how far it is");
    assertTrue(heard.stream().allMatch(percent -> percent > 0 && percent < 100), heard + "");
    assertEquals(heard.stream().sorted().toList(), heard);
  }
}
