package ai.quimbi.core.copilot;

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
}
