package ai.quimbi.core.copilot;

import java.util.Comparator;
import java.util.List;

/// An account's tickets: how many are open, and the newest, at most ten, open or not.
public record Tickets(int openTickets, List<Recent> recentTickets) implements ToolResult {
  public static final int MOST_SHOWN = 10;
  public static final Tickets NONE = new Tickets(0, List.of());

  public Tickets {
    recentTickets = List.copyOf(recentTickets);
  }

  /// One of the newest, as tools show it.
  public record Recent(String id, Severity severity) {}

  public static Tickets of(List<Ticket> tickets) {
    List<Recent> newest =
        tickets.stream()
            .sorted(Comparator.comparing(Ticket::openedAt).reversed().thenComparing(Ticket::id))
            .limit(MOST_SHOWN)
            .map(ticket -> new Recent(ticket.id(), ticket.severity()))
            .toList();
    return new Tickets((int) tickets.stream().filter(Ticket::isOpen).count(), newest);
  }
}
