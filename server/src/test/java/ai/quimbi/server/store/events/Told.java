package ai.quimbi.server.store.events;

import ai.quimbi.core.customer.Interaction;
import ai.quimbi.core.customer.Order;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Short ways to write orders and interactions down.
final class Told {
  static final Instant NOON = Instant.parse("2024-03-15T16:00:00Z");

  private Told() {}

  static Order order(String id, String customer, String total) {
    return order(id, customer, total, Order.Status.PAID, null);
  }

  static Order order(String id, String customer, String total, @Nullable Instant updatedAt) {
    return order(id, customer, total, Order.Status.PAID, updatedAt);
  }

  static Order order(
      String id, String customer, String total, Order.Status status, @Nullable Instant updatedAt) {
    return new Order(
        "shop",
        id,
        customer,
        NOON,
        "USD",
        new BigDecimal(total),
        status,
        status != Order.Status.PAID,
        null,
        null,
        List.of(),
        null,
        List.of(),
        updatedAt);
  }

  static Order foreign(String id, String customer, String total, String currency) {
    Order order = order(id, customer, total);
    return new Order(
        order.source(),
        id,
        customer,
        NOON,
        currency,
        order.total(),
        order.status(),
        false,
        null,
        null,
        List.of(),
        null,
        List.of(),
        null);
  }

  static Interaction contact(String identity, String customer, String type) {
    return new Interaction("support", identity, customer, type, "email", NOON, "{\"n\":1}");
  }
}
