package ai.quimbi.core.copilot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.copilot.Health.Risk;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The score held against what happened afterwards. Days count from 20,000 (October 2024).
class HealthBacktestTest {
  private static final int TODAY = 20_000;
  private static final HealthWeights WEIGHTS = HealthWeights.DEFAULT;

  private static AccountPast past(
      int firstDay, IntToLongFunction users, @Nullable Integer renewalDay, List<Ticket> tickets) {
    List<UsageDay> usage = new ArrayList<>();
    for (int day = firstDay; day <= TODAY; day++) {
      usage.add(new UsageDay(day, Math.max(0, users.applyAsLong(day))));
    }
    Renewal renewal =
        renewalDay == null
            ? null
            : Renewal.read(LocalDate.ofEpochDay(renewalDay).toString()).orElseThrow();
    return new AccountPast(usage, tickets, renewal, List.of());
  }

  private static Instant at(int day) {
    return LocalDate.ofEpochDay(day).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  @Test
  void the_past_is_seen_with_the_eyes_of_its_day() {
    Ticket early = new Ticket("a", Severity.LOW, false, at(TODAY - 90), at(TODAY - 50), null);
    Ticket open = new Ticket("b", Severity.LOW, true, at(TODAY - 5), null, null);
    Ticket untold = new Ticket("c", Severity.LOW, false, at(TODAY - 90), null, null);
    AccountPast past =
        past(
            TODAY - 200,
            day -> day < TODAY - 40 ? 1000 + day - TODAY : 1,
            TODAY + 200,
            List.of(early, open, untold));

    HealthPoint then = past.at(TODAY - 60, WEIGHTS).orElseThrow();
    assertEquals(List.of("usage_up", "few_tickets", "renewal_far"), then.signals());
    assertEquals(259, then.daysToRenewal());
    HealthPoint now = past.at(TODAY, WEIGHTS).orElseThrow();
    assertEquals(List.of("usage_flat", "few_tickets", "renewal_far"), now.signals());
    assertEquals(0, past.at(TODAY - 20, WEIGHTS).orElseThrow().openTickets());
    assertTrue(past.at(TODAY - 200, WEIGHTS).isEmpty(), "one day of usage is no usage");
    assertTrue(past(TODAY - 9, day -> 1, null, List.of()).at(TODAY, WEIGHTS).isEmpty());
  }

  /// What it says today is what the tool says today.
  @Test
  void today_is_scored_as_the_tool_scores() {
    AccountPast past = past(TODAY - 60, day -> day, TODAY + 61, List.of());
    Usage usage = Usage.of(past.usage(), Tool.DEFAULT_PERIOD_DAYS).orElseThrow();
    Renewal renewal = Objects.requireNonNull(past.renewal());
    Instant noon = at(TODAY).plusSeconds(43_200);

    Health tool = Health.of(usage.trend(), 0, renewal.daysFrom(noon), WEIGHTS);
    assertEquals(tool.score(), past.at(TODAY, WEIGHTS).orElseThrow().score());
    assertEquals(60, past.at(TODAY, WEIGHTS).orElseThrow().daysToRenewal());
  }

  @Test
  void each_end_is_told_apart() {
    int day = TODAY - 90;
    IntToLongFunction steady = any -> 100;
    assertEquals(
        Aftermath.KEPT,
        Aftermath.of(past(TODAY - 200, steady, TODAY + 9, List.of()), day, 90, TODAY));
    assertEquals(
        Aftermath.USAGE_COLLAPSED,
        Aftermath.of(
            past(TODAY - 200, d -> d < TODAY - 30 ? 100 : 50, TODAY + 9, List.of()),
            day,
            90,
            TODAY));
    assertEquals(
        Aftermath.RENEWAL_LAPSED,
        Aftermath.of(past(TODAY - 200, steady, TODAY - 40, List.of()), day, 90, TODAY));
    assertEquals(
        Aftermath.KEPT,
        Aftermath.of(past(TODAY - 200, steady, TODAY - 20, List.of()), day, 90, TODAY),
        "a renewal may be told late");
    assertEquals(
        Aftermath.UNKNOWN,
        Aftermath.of(new AccountPast(List.of(), List.of(), null, List.of()), day, 90, TODAY));
    List<Integer> orders = List.of(day - 60, day - 30);
    assertEquals(
        Aftermath.ORDERS_STOPPED,
        Aftermath.of(new AccountPast(List.of(), List.of(), null, orders), day, 90, TODAY));
    List<Integer> goesOn = List.of(day - 60, day - 30, day + 50);
    assertEquals(
        Aftermath.KEPT,
        Aftermath.of(new AccountPast(List.of(), List.of(), null, goesOn), day, 90, TODAY));
  }

  @Test
  void a_score_that_saw_it_coming_tells_the_accounts_apart() {
    Map<String, AccountPast> pasts = new TreeMap<>();
    for (int i = 0; i < 12; i++) {
      int start = 400 + i;
      // Falls, and goes on falling to nothing; the other grows.
      pasts.put(
          "bad" + i, past(TODAY - 130, d -> start - 3L * (d - TODAY + 130), TODAY + 30, many()));
      pasts.put("good" + i, past(TODAY - 130, d -> start + d - TODAY, TODAY + 400, List.of()));
    }
    HealthBacktest test = HealthBacktest.of(pasts, WEIGHTS, 90, TODAY);

    assertEquals(24, test.accounts());
    assertEquals(24, test.cases());
    assertEquals(12, test.bad());
    assertEquals(1.0, test.auc());
    assertTrue(test.isEnough());
    assertEquals(new HealthBacktest.Level(Risk.HIGH, 12, 12), test.levels().get(2));
    assertEquals(
        "24 cases of 24 accounts, 12 of which went badly. Of two cases, one of each kind, the score"
            + " was the lower for the one that went badly in 100 of 100 pairs; 50 would be chance.",
        test.reading());
  }

  private static List<Ticket> many() {
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      tickets.add(new Ticket("t" + i, Severity.LOW, true, at(TODAY - 125), null, null));
    }
    return tickets;
  }

  @Test
  void few_cases_are_said_to_be_few() {
    HealthBacktest none = HealthBacktest.of(Map.of(), WEIGHTS, 90, TODAY);
    assertEquals(0, none.cases());
    assertNull(none.auc());
    assertTrue(none.reading().startsWith("Nothing can be said yet"), none.reading());

    HealthBacktest one =
        HealthBacktest.of(
            Map.of("a", past(TODAY - 130, d -> 5, TODAY + 9, List.of())), WEIGHTS, 90, TODAY);
    assertFalse(one.isEnough());
    assertNull(one.auc());
    assertTrue(one.reading().contains("too few to judge the score by"), one.reading());
  }
}
