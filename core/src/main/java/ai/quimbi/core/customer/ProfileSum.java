package ai.quimbi.core.customer;

import ai.quimbi.core.customer.Profile.Counter;
import ai.quimbi.core.customer.Profile.Fact;
import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Adds up many contributions to one profile in one pass. What was added may be taken back; the
/// order of both plays no part. Not for use by several threads.
public final class ProfileSum {
  private static final String[] HOURS = new String[24];

  static {
    for (int hour = 0; hour < 24; hour++) {
      HOURS[hour] = hour < 10 ? "0" + hour : "" + hour;
    }
  }

  private final Ledger ledger;
  private final Map<Integer, PurchaseDay> purchaseDays = new TreeMap<>();
  private final Map<ContactDay, ContactDay> contactDays = new TreeMap<>(ContactDay.BY_KEY);
  private final Map<Counter, Map<String, Long>> tallies = new EnumMap<>(Counter.class);
  private final Map<Fact, Long> facts = new EnumMap<>(Fact.class);

  public ProfileSum(Ledger ledger) {
    this.ledger = ledger;
  }

  public ProfileSum add(RatedOrder rated) {
    return add(rated.order(), rated.rate(), 1);
  }

  public ProfileSum subtract(RatedOrder rated) {
    return add(rated.order(), rated.rate(), -1);
  }

  public ProfileSum add(Interaction interaction) {
    return add(interaction, 1);
  }

  public ProfileSum subtract(Interaction interaction) {
    return add(interaction, -1);
  }

  public ProfileSum add(Profile profile) {
    profile.purchaseDays().forEach(this::addDay);
    profile.contactDays().forEach(this::addDay);
    profile
        .tallies()
        .forEach(
            (counter, tally) ->
                tally.counts().forEach((name, count) -> count(counter, name, count)));
    return this;
  }

  public Profile toProfile() {
    Map<Counter, Tally> counted = new EnumMap<>(Counter.class);
    tallies.forEach((counter, counts) -> counted.put(counter, new Tally(new TreeMap<>(counts))));
    TreeMap<String, Long> named = new TreeMap<>();
    facts.forEach((fact, count) -> named.put(fact.name(), count));
    counted.merge(Counter.FACTS, new Tally(named), Tally::plus);
    return new Profile(
        List.copyOf(purchaseDays.values()), List.copyOf(contactDays.values()), counted);
  }

  private ProfileSum add(Order order, BigDecimal rate, int sign) {
    if (order.isCancelled()) {
      return fact(Fact.CANCELLED_ORDERS, sign);
    }
    long total = ledger.minorOf(order.total(), rate);
    long refunded = Math.min(ledger.minorOf(order.refunded(), rate), total);
    long net = total - refunded;
    BigDecimal stated = order.discountAmount();
    long discount = stated == null ? 0 : ledger.minorOf(stated, rate);
    ZonedDateTime moment = order.orderedAt().atZone(ledger.zone());
    int day = Math.toIntExact(moment.toLocalDate().toEpochDay());

    addDay(new PurchaseDay(day, sign, sign * net, sign * discount, sign * refunded));
    count(Counter.HOUR_ORDERS, HOURS[moment.getHour()], sign);
    if (order.channel() != null) {
      count(Counter.CHANNEL_ORDERS, order.channel(), sign);
    }
    if (stated != null) {
      fact(Fact.DISCOUNT_TOLD, sign);
    }
    if (discount > 0) {
      fact(Fact.DISCOUNTED_ORDERS, sign).fact(Fact.DISCOUNTED_NET_MINOR, sign * net);
    }
    if (order.tellsRefunds()) {
      fact(Fact.REFUND_TOLD, sign);
    }
    if (refunded > 0) {
      fact(Fact.REFUNDED_ORDERS, sign);
    }
    return addItems(order.items(), rate, sign);
  }

  private ProfileSum addItems(List<LineItem> items, BigDecimal rate, int sign) {
    if (items.isEmpty()) {
      return this;
    }
    fact(Fact.ORDERS_WITH_ITEMS, sign);
    Set<String> categories = new HashSet<>();
    Set<String> products = new HashSet<>();
    for (LineItem item : items) {
      fact(Fact.UNITS, sign * (long) item.quantity());
      String category = item.category();
      if (category != null) {
        BigDecimal value = item.price().multiply(BigDecimal.valueOf(item.quantity()));
        count(Counter.CATEGORY_MINOR, category, sign * ledger.minorOf(value, rate));
        if (categories.add(category)) {
          count(Counter.CATEGORY_ORDERS, category, sign);
        }
      }
      String product = item.productKey();
      if (product != null && products.add(product)) {
        count(Counter.PRODUCT_ORDERS, product, sign);
      }
    }
    return this;
  }

  private ProfileSum add(Interaction interaction, int sign) {
    String channel = interaction.channel();
    addDay(
        new ContactDay(
            ledger.dayOf(interaction.at()),
            interaction.type(),
            channel == null ? "" : channel,
            sign));
    return this;
  }

  // A sum of nothing stays in its map until the end: `Profile` leaves it out.
  private void addDay(PurchaseDay day) {
    purchaseDays.merge(day.day(), day, PurchaseDay::plus);
  }

  private void addDay(ContactDay day) {
    contactDays.merge(day, day, ContactDay::plus);
  }

  private ProfileSum fact(Fact fact, long count) {
    facts.merge(fact, count, Math::addExact);
    return this;
  }

  private void count(Counter counter, String name, long count) {
    tallies.computeIfAbsent(counter, c -> new HashMap<>()).merge(name, count, Math::addExact);
  }
}
