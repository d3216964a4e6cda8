package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.copilot.Health.Risk;
import ai.quimbi.core.copilot.HealthPoint;
import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.app.Quimbi.Reply;
import ai.quimbi.server.store.TestDatabase;
import ai.quimbi.server.store.copilot.HealthLog;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What an account's health was, and how well the score told what came, over a real server.
class HealthHistoryTest {
  private static final String ACCOUNT = "/api/accounts/{customer_id}";
  private static final String BACKTEST = "/api/copilot/health-config/backtest";

  /// Sunday, 15 March 2026.
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 15);

  private Customer quimbi;

  @BeforeEach
  void a_tenant() {
    quimbi = Quimbi.tenant();
  }

  private void tell(String id, LocalDate renewal, int days, IntUnaryOperator users) {
    ok(
        "PUT",
        ACCOUNT,
        id,
        "",
        "{\"name\": \"%s\", \"renewal_date\": \"%s\", \"arr\": 10}".formatted(id, renewal));
    List<String> told = new ArrayList<>();
    for (int i = days; i > 0; i--) {
      told.add(
          "{\"date\": \"%s\", \"active_users\": %d}"
              .formatted(TODAY.minusDays(i), users.applyAsInt(i)));
    }
    ok("POST", ACCOUNT, id, "/usage", "{\"days\": [" + String.join(",", told) + "]}");
  }

  private void ok(String method, String template, String id, String more, String body) {
    Reply reply = quimbi.caller().send(method, template + more, "/api/accounts/" + id + more, body);
    assertEquals(200, reply.status(), reply.text());
  }

  private JsonNode days(String id, String query) {
    Reply reply = quimbi.get(ACCOUNT + "/health", "/api/accounts/" + id + "/health" + query);
    assertEquals(200, reply.status(), reply.text());
    return reply.json().path("days");
  }

  private static List<String> sources(JsonNode days) {
    return StreamSupport.stream(days.spliterator(), false)
        .map(day -> day.path("source").asText())
        .distinct()
        .toList();
  }

  @Test
  void what_was_said_is_kept_and_what_came_before_is_made_up_from_what_is_stored() {
    tell("acme", TODAY.plusDays(200), 90, i -> 100);
    JsonNode days = days("acme", "");

    JsonNode today = days.get(days.size() - 1);
    assertEquals("said", today.path("source").asText());
    assertEquals(TODAY.toString(), today.path("day").asText());
    assertEquals(
        "[\"usage_flat\",\"no_tickets\",\"renewal_far\"]", today.path("signals").toString());
    assertEquals(List.of("recomputed", "said"), sources(days));
    assertEquals("2025-12-31", days.get(0).path("day").asText());
    assertEquals(273, days.get(0).path("days_to_renewal").asInt());
    // Asked again, nothing is kept twice.
    assertEquals(days, days("acme", ""));
    assertEquals(1, days("acme", "?from=" + TODAY).size());
  }

  @Test
  void only_a_change_is_a_new_row_and_a_day_has_one() {
    HealthLog log = new HealthLog(TestDatabase.databases());
    HealthPoint first = point(20_000, 60, "usage_flat");
    log.keep(quimbi.tenant(), "acme", first, Quimbi.NOW);
    log.keep(quimbi.tenant(), "acme", point(20_001, 60, "usage_flat"), Quimbi.NOW);
    log.keep(quimbi.tenant(), "acme", point(20_002, 40, "usage_down"), Quimbi.NOW);
    HealthPoint last = point(20_002, 80, "usage_up");
    log.keep(quimbi.tenant(), "acme", last, Quimbi.NOW);

    assertEquals(List.of(first, last), log.of(quimbi.tenant(), "acme", 19_000, 21_000));
    // The one that held when the span began comes with it.
    assertEquals(List.of(first), log.of(quimbi.tenant(), "acme", 20_001, 20_001));
    assertEquals(List.of(), log.of(Quimbi.tenant().tenant(), "acme", 19_000, 21_000));
  }

  private static HealthPoint point(int day, int score, String signal) {
    return new HealthPoint(day, score, Risk.MEDIUM, List.of(signal, "no_tickets"), 0, 9, 1);
  }

  @Test
  void the_tool_and_every_telling_leave_their_trace() {
    tell("acme", TODAY.plusDays(200), 40, i -> 100);
    ok(
        "POST",
        ACCOUNT,
        "acme",
        "/tickets",
        """
        {"tickets": [{"id": "t1", "severity": "high", "status": "open",
          "opened_at": "2026-03-01T00:00:00Z"}]}
        """);
    HealthLog log = new HealthLog(TestDatabase.databases());
    int day = (int) TODAY.toEpochDay();
    HealthPoint told = log.of(quimbi.tenant(), "acme", day, day).getFirst();
    assertEquals(1, told.openTickets());

    SignedCaller copilot = SignedCaller.of(quimbi.tenant());
    int score = copilot.call("calculate_health", "acme", "{}").data().path("score").asInt();
    assertEquals(score, told.score());
  }

  @Test
  void a_history_that_cannot_be_told_says_why() {
    assertEquals(
        "CUSTOMER_NOT_FOUND",
        quimbi.get(ACCOUNT + "/health", "/api/accounts/nobody/health").code());
    tell("bare", TODAY.plusDays(9), 1, i -> 5);
    assertEquals(0, days("bare", "").size());
    for (String query : List.of("?from=yesterday", "?from=2026-03-15&to=2026-03-01", "?to=x")) {
      assertEquals(
          "VALIDATION_ERROR",
          quimbi.get(ACCOUNT + "/health", "/api/accounts/bare/health" + query).code(),
          query);
    }
    ok("DELETE", ACCOUNT, "bare", "", "");
  }

  @Test
  void few_accounts_prove_nothing_and_the_backtest_says_so() {
    JsonNode nothing = quimbi.get(BACKTEST, BACKTEST).json();
    assertEquals(0, nothing.path("cases").asInt());
    assertTrue(nothing.path("reading").asText().startsWith("Nothing can be said yet"));

    tell("falls", TODAY.plusDays(200), 120, i -> 2 * i);
    tell("grows", TODAY.plusDays(200), 120, i -> 400 - i);
    JsonNode few = quimbi.get(BACKTEST, BACKTEST + "?horizon_days=60").json();
    assertEquals(2, few.path("accounts").asInt(), few.toString());
    assertEquals(1, few.at("/outcomes/usage_collapsed").asInt(), few.toString());
    assertFalse(few.path("enough").asBoolean());
    assertTrue(few.path("reading").asText().contains("too few"), few.toString());
    assertEquals(422, quimbi.get(BACKTEST, BACKTEST + "?horizon_days=7").status());
  }

  @Test
  void enough_accounts_tell_how_well_the_score_did() {
    for (int i = 0; i < 10; i++) {
      tell("falls" + i, TODAY.plusDays(200), 100, day -> 2 * day);
      tell("grows" + i, TODAY.plusDays(200), 100, day -> 400 - day);
    }
    JsonNode test = quimbi.get(BACKTEST, BACKTEST + "?horizon_days=60").json();

    assertTrue(test.path("enough").asBoolean(), test.toString());
    assertEquals(20, test.path("cases").asInt());
    assertEquals(1.0, test.path("auc").asDouble());
    assertEquals(10, test.at("/by_risk_level/1/went_badly").asInt(), test.toString());
    assertTrue(test.path("reading").asText().contains("100 of 100 pairs"), test.toString());
  }
}
