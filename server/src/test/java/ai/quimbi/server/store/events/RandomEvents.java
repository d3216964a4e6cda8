package ai.quimbi.server.store.events;

import ai.quimbi.core.customer.Interaction;
import ai.quimbi.core.customer.LineItem;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.Refund;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Seeded events of a few customers who share orders: versions told apart by `updatedAt`, moves
/// between customers, refunds, cancellations.
final class RandomEvents {
  static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final String[] CATEGORIES = {"fabric", "batting", "notions"};

  private final Random random;
  private final String name;

  /// Events of different seeds share neither orders nor customers.
  RandomEvents(long seed) {
    this.random = new Random(seed);
    this.name = "s" + seed + "-";
  }

  /// Up to three versions of each of `orders` orders, spread over `customers` customers.
  List<Order> orders(int orders, int customers) {
    List<Order> all = new ArrayList<>();
    for (int id = 0; id < orders; id++) {
      Order first = order(name + id, customer(customers), random.nextInt(3) == 0 ? null : START);
      all.add(first);
      for (int version = 1; version < 1 + random.nextInt(3); version++) {
        String customer = random.nextInt(4) == 0 ? customer(customers) : first.customerId();
        all.add(order(name + id, customer, START.plusSeconds(version)));
      }
    }
    return all;
  }

  List<Interaction> interactions(int count, int customers) {
    List<Interaction> all = new ArrayList<>();
    for (int id = 0; id < count; id++) {
      all.add(
          new Interaction(
              "support",
              "id:" + name + id,
              customer(customers),
              random.nextBoolean() ? "support_ticket" : "email_open",
              random.nextBoolean() ? "email" : null,
              START.plusSeconds(random.nextInt(40_000_000)),
              null));
    }
    return all;
  }

  private Order order(String id, String customer, @Nullable Instant updatedAt) {
    BigDecimal total = BigDecimal.valueOf(random.nextInt(50_000), 2);
    List<LineItem> items = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      String category = CATEGORIES[random.nextInt(3)];
      items.add(
          new LineItem(
              "p" + random.nextInt(5),
              null,
              random.nextInt(5) == 0 ? null : category,
              1 + random.nextInt(4),
              BigDecimal.valueOf(random.nextInt(9_000_000), 6)));
    }
    List<Refund> refunds =
        random.nextInt(5) == 0
            ? List.of(new Refund("r1", BigDecimal.valueOf(random.nextInt(9_000), 2), null))
            : List.of();
    Order.Status status =
        random.nextInt(8) == 0
            ? Order.Status.CANCELLED
            : random.nextInt(8) == 0 ? Order.Status.REFUNDED : Order.Status.PAID;
    return new Order(
        "shop",
        id,
        customer,
        START.plusSeconds(random.nextInt(40_000_000)),
        "USD",
        total,
        status,
        status != Order.Status.PAID,
        random.nextInt(3) == 0 ? BigDecimal.valueOf(random.nextInt(900), 2) : null,
        null,
        refunds,
        random.nextInt(3) == 0 ? "web" : null,
        items,
        updatedAt);
  }

  private String customer(int customers) {
    return name + random.nextInt(customers);
  }
}
