package ai.quimbi.server.app.demo;

import ai.quimbi.core.customer.Interaction;
import ai.quimbi.core.customer.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The contacts an order leads to: its mail is opened, a question comes, a return is asked for.
final class Aftermath {
  static final String SOURCE = "support_app";
  private static final List<String> QUESTIONS =
      List.of(
          "Where is my parcel?",
          "Question about batting",
          "Does this fabric shrink?",
          "Change of address",
          "Colour differs from the picture",
          "Missing item in my order");

  private final Instant end;
  private int tickets = 1000;
  private int others = 1000;

  Aftermath(Instant end) {
    this.end = end;
  }

  /// `isFarewell`: it is the last order of a customer who is lost; trouble is likelier then.
  void of(Order order, boolean isFarewell, Chance chance, Consumer<Contact> told) {
    Instant at = order.orderedAt();
    if (chance.with(0.30)) {
      other(order, "email_open", "email", OrderTale.later(at, 2, 48, chance), told);
    }
    if (!order.refunds().isEmpty() && chance.with(0.6)) {
      // Asked for between the parcel's arrival and the refund.
      Instant updated = order.updatedAt() == null ? at : order.updatedAt();
      Duration wait = Duration.between(at, updated);
      Instant asked = at.plusSeconds((long) (wait.toSeconds() * chance.between(0.4, 0.9)));
      ticket(order, "Return of order " + order.orderId(), asked, chance, told);
    } else if (chance.with(isFarewell ? 0.18 : 0.04)) {
      Instant asked = OrderTale.later(at, 20, 150, chance);
      if (chance.with(0.6)) {
        String subject = QUESTIONS.get(chance.below(QUESTIONS.size()));
        ticket(order, subject, asked, chance, told);
      } else {
        other(order, "chat", "chat", asked, told);
      }
    }
    if (chance.with(0.04)) {
      other(order, "review", "web", OrderTale.later(at, 96, 600, chance), told);
    }
  }

  private void ticket(
      Order order, String subject, Instant at, Chance chance, Consumer<Contact> told) {
    double channelAt = chance.next();
    String channel = channelAt < 0.6 ? "email" : channelAt < 0.85 ? "chat" : "phone";
    double hours = Math.rint(chance.gamma(1.2, 14) * 10) / 10;
    boolean isResolved = chance.with(0.93);
    if (!at.isBefore(end)) {
      return;
    }
    String id = "T-" + ++tickets;
    Interaction ticket =
        new Interaction(SOURCE, id, order.customerId(), "support_ticket", channel, at);
    told.accept(
        new Contact(
            ticket,
            isResolved
                ? Map.of(
                    "ticket_id", id,
                    "subject", subject,
                    "order_id", order.orderId(),
                    "resolved", true,
                    "resolution_time_hours", hours)
                : Map.of(
                    "ticket_id",
                    id,
                    "subject",
                    subject,
                    "order_id",
                    order.orderId(),
                    "resolved",
                    false)));
  }

  private void other(Order order, String type, String channel, Instant at, Consumer<Contact> told) {
    if (at.isBefore(end)) {
      Interaction contact =
          new Interaction(SOURCE, "I-" + ++others, order.customerId(), type, channel, at);
      told.accept(new Contact(contact, Map.of("order_id", order.orderId())));
    }
  }
}
