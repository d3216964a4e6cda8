package ai.quimbi.core.copilot;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Everything that is stored of one account with its days, so that one can look at it from any day
/// of its past. The renewal date is today's: what it was before it was moved is not known.
///
/// @param usage in the order of the days @param purchaseDays epoch days, ascending
public record AccountPast(
    List<UsageDay> usage,
    List<Ticket> tickets,
    @Nullable Renewal renewal,
    List<Integer> purchaseDays) {

  public AccountPast {
    usage = List.copyOf(usage);
    tickets = List.copyOf(tickets);
    purchaseDays = List.copyOf(purchaseDays);
  }

  /// The health at the end of a day, from what had happened by then; empty where usage or renewal
  /// are not known.
  public Optional<HealthPoint> at(int day, HealthWeights weights) {
    List<UsageDay> until = usage.stream().filter(told -> told.day() <= day).toList();
    Optional<Usage> known = Usage.of(until, Tool.DEFAULT_PERIOD_DAYS);
    if (known.isEmpty() || renewal == null) {
      return Optional.empty();
    }
    Instant end = LocalDate.ofEpochDay(day + 1L).atStartOfDay(ZoneOffset.UTC).toInstant();
    int open = (int) tickets.stream().filter(ticket -> wasOpenAt(ticket, end)).count();
    long days = renewal.daysFrom(end);
    Health health = Health.of(known.get().trend(), open, days, weights);
    return Optional.of(HealthPoint.of(day, health, open, days, weights));
  }

  /// A ticket that is closed but not said when counts as closed from the start.
  private static boolean wasOpenAt(Ticket ticket, Instant at) {
    Instant closed = ticket.closedAt();
    boolean isOpenYet = closed == null ? ticket.isOpen() : !closed.isBefore(at);
    return isOpenYet && ticket.openedAt().isBefore(at);
  }

  /// The mean of the daily users told in `[from, to]`; `null` where fewer than two days are.
  @Nullable Double meanUsers(int from, int to) {
    List<UsageDay> told =
        usage.stream().filter(day -> day.day() >= from && day.day() <= to).toList();
    return told.size() < 2
        ? null
        : told.stream().mapToLong(UsageDay::activeUsers).average().orElseThrow();
  }

  /// How many days in `[from, to]` had a purchase.
  int purchases(int from, int to) {
    return (int) purchaseDays.stream().filter(day -> day >= from && day <= to).count();
  }
}
