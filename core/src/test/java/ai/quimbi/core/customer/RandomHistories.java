package ai.quimbi.core.customer;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Seeded histories of one customer that use every member of an order: currencies, refunds,
/// cancellations, discounts, lines without category, channels, times around midnight.
final class RandomHistories {
  static final Ledger LEDGER =
      new Ledger(ZoneId.of("America/New_York"), Currency.getInstance("USD"));

  private static final Instant START = Instant.parse("2023-01-01T00:00:00Z");
  private static final @Nullable String[] CATEGORIES = {"fabric", "batting", "Fäden", null};
  private static final @Nullable String[] CHANNELS = {"web", "store", null};

  private final Random random;

  RandomHistories(long seed) {
    this.random = new Random(seed);
  }

  History history() {
    List<RatedOrder> orders = new ArrayList<>();
    for (int i = random.nextInt(12); i > 0; i--) {
      orders.add(order("o" + i));
    }
    List<Interaction> contacts = new ArrayList<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      contacts.add(interaction("id:" + i));
    }
    return new History("c1", orders, contacts);
  }

  RatedOrder order(String id) {
    boolean isForeign = random.nextInt(4) == 0;
    boolean statusStated = random.nextBoolean();
    Order.Status[] statuses = Order.Status.values();
    Order order =
        new Order(
            "shop",
            id,
            "c1",
            moment(),
            isForeign ? "JPY" : "USD",
            isForeign ? BigDecimal.valueOf(random.nextInt(90_000)) : money(),
            statusStated ? statuses[random.nextInt(statuses.length)] : Order.Status.PAID,
            statusStated,
            random.nextBoolean() ? money() : null,
            random.nextInt(5) == 0 ? money() : null,
            refunds(),
            CHANNELS[random.nextInt(CHANNELS.length)],
            items(),
            random.nextBoolean() ? moment() : null);
    return new RatedOrder(order, isForeign ? new BigDecimal("0.0067123") : BigDecimal.ONE);
  }

  Interaction interaction(String identity) {
    return new Interaction(
        "support",
        identity,
        "c1",
        random.nextBoolean() ? "support_ticket" : "email_open",
        CHANNELS[random.nextInt(CHANNELS.length)],
        moment());
  }

  private List<Refund> refunds() {
    List<Refund> refunds = new ArrayList<>();
    for (int i = random.nextInt(8) - 5; i > 0; i--) {
      refunds.add(new Refund("r" + i, money(), random.nextBoolean() ? moment() : null));
    }
    return refunds;
  }

  private List<LineItem> items() {
    List<LineItem> items = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      items.add(
          new LineItem(
              random.nextBoolean() ? "p" + random.nextInt(4) : null,
              random.nextBoolean() ? "Quilt " + random.nextInt(3) : null,
              CATEGORIES[random.nextInt(CATEGORIES.length)],
              random.nextInt(5),
              BigDecimal.valueOf(random.nextInt(90_000_000), 6)));
    }
    return items;
  }

  private BigDecimal money() {
    return BigDecimal.valueOf(random.nextInt(30_000), 2);
  }

  private Instant moment() {
    return START.plusSeconds(random.nextInt(60_000_000));
  }
}
