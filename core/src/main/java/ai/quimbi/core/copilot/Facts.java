package ai.quimbi.core.copilot;

import ai.quimbi.core.generation.AccountFacts;
import ai.quimbi.core.generation.AccountFacts.Course;
import ai.quimbi.core.generation.AccountFacts.Standing;
import ai.quimbi.core.generation.AccountFacts.Support;
import ai.quimbi.core.generation.Wording;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What may be said of an account. Sentences are made of these and of nothing else; what is `null`
/// is not known and is not spoken of.
public record Facts(
    String name,
    String currency,
    @Nullable Usage usage,
    int periodDays,
    @Nullable Tickets tickets,
    @Nullable Renewal renewal,
    @Nullable BigDecimal arr,
    @Nullable Health health,
    Instant now) {

  /// Whole days to the renewal, where its date is known.
  public @Nullable Long daysToRenewal() {
    return renewal == null ? null : renewal.daysFrom(now);
  }

  boolean isOverdue() {
    return renewal != null && renewal.isOverdueAt(now);
  }

  int openTickets() {
    return tickets == null ? 0 : tickets.openTickets();
  }

  /// How many of the shown tickets are grave.
  long graveTickets() {
    return tickets == null
        ? 0
        : tickets.recentTickets().stream()
            .filter(ticket -> ticket.severity() == Severity.HIGH)
            .count();
  }

  /// The same as texts may state it.
  public AccountFacts stated() {
    Long days = daysToRenewal();
    return new AccountFacts(
        name,
        renewal == null || days == null
            ? null
            : new AccountFacts.Renewal(renewal.day(), days, isOverdue()),
        usage == null ? null : stated(usage, periodDays),
        tickets == null ? null : new Support(openTickets(), graveTickets()),
        arr == null ? null : Wording.money(arr, currency),
        health == null
            ? null
            : new Standing(health.score(), health.risk().label(), health.signals()),
        Action.from(this).stream().map(Action::text).toList());
  }

  private static AccountFacts.Usage stated(Usage usage, int periodDays) {
    Course course =
        switch (usage.trend()) {
          case UP -> Course.UP;
          case DOWN -> Course.DOWN;
          case FLAT -> Course.FLAT;
        };
    return new AccountFacts.Usage(
        course,
        usage.avgDailyUsers(),
        usage.sparkline().getFirst(),
        usage.sparkline().getLast(),
        periodDays);
  }
}
