package ai.quimbi.core.customer;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// Everything the models need of one customer: an exact sum of the contributions of single orders
/// and interactions.
///
/// Only integers are kept, so profiles form a commutative group under [#plus] and [#minus]: events
/// may be added, corrected and taken back in any order and the result is the same value, byte for
/// byte. Rates, logarithms, entropies and trends are derived when a score is made and never stored.
public record Profile(
    List<PurchaseDay> purchaseDays, List<ContactDay> contactDays, Map<Counter, Tally> tallies) {

  public static final Profile EMPTY = new Profile(List.of(), List.of(), Map.of());

  /// What is counted beside days and contacts. The names inside each tally are given with it.
  public enum Counter {
    /// Orders that hold a line of the category.
    CATEGORY_ORDERS,
    /// Line value (quantity × price, minor units) by category.
    CATEGORY_MINOR,
    /// Orders that hold the product, by [LineItem#productKey].
    PRODUCT_ORDERS,
    /// Orders by hour of the tenant's day, `"00"` to `"23"`.
    HOUR_ORDERS,
    /// Orders by sales channel.
    CHANNEL_ORDERS,
    /// Facts about orders: the names are [Fact]'s.
    FACTS
  }

  /// Names inside [Counter#FACTS].
  public enum Fact {
    /// Orders that state whether there was a discount.
    DISCOUNT_TOLD,
    /// Orders with a discount above zero.
    DISCOUNTED_ORDERS,
    /// Net value of discounted orders, minor units.
    DISCOUNTED_NET_MINOR,
    /// Orders that state what became of them (status, refund amount or refunds).
    REFUND_TOLD,
    /// Orders with something given back.
    REFUNDED_ORDERS,
    /// Orders that were cancelled; they count nowhere else.
    CANCELLED_ORDERS,
    /// Orders with lines.
    ORDERS_WITH_ITEMS,
    /// Units over all lines.
    UNITS
  }

  public Profile {
    purchaseDays = List.copyOf(purchaseDays);
    contactDays = List.copyOf(contactDays);
    tallies = Map.copyOf(tallies);
  }

  /// The contribution of one order. `rate` converts its currency into the ledger's (1 where they
  /// are the same).
  public static Profile of(Order order, Ledger ledger, BigDecimal rate) {
    if (order.isCancelled()) {
      return EMPTY.withTally(Counter.FACTS, Tally.of(Fact.CANCELLED_ORDERS.name(), 1));
    }
    long total = ledger.minorOf(order.total(), rate);
    long refunded = Math.min(ledger.minorOf(order.refunded(), rate), total);
    long net = total - refunded;
    BigDecimal stated = order.discountAmount();
    long discount = stated == null ? 0 : ledger.minorOf(stated, rate);

    Tally facts =
        fact(Fact.DISCOUNT_TOLD, stated != null ? 1 : 0)
            .plus(fact(Fact.DISCOUNTED_ORDERS, discount > 0 ? 1 : 0))
            .plus(fact(Fact.DISCOUNTED_NET_MINOR, discount > 0 ? net : 0))
            .plus(fact(Fact.REFUND_TOLD, order.tellsRefunds() ? 1 : 0))
            .plus(fact(Fact.REFUNDED_ORDERS, refunded > 0 ? 1 : 0))
            .plus(fact(Fact.ORDERS_WITH_ITEMS, order.items().isEmpty() ? 0 : 1))
            .plus(fact(Fact.UNITS, order.items().stream().mapToLong(LineItem::quantity).sum()));

    Tally categoryMinor = Tally.EMPTY;
    Set<String> categories = new TreeSet<>();
    Set<String> products = new TreeSet<>();
    for (LineItem item : order.items()) {
      String category = item.category();
      if (category != null) {
        categories.add(category);
        BigDecimal value = item.price().multiply(BigDecimal.valueOf(item.quantity()));
        categoryMinor = categoryMinor.plus(Tally.of(category, ledger.minorOf(value, rate)));
      }
      String product = item.productKey();
      if (product != null) {
        products.add(product);
      }
    }
    String channel = order.channel();
    int hour = order.orderedAt().atZone(ledger.zone()).getHour();
    PurchaseDay day = new PurchaseDay(ledger.dayOf(order.orderedAt()), 1, net, discount, refunded);
    return new Profile(List.of(day), List.of(), Map.of())
        .withTally(Counter.FACTS, facts)
        .withTally(Counter.CATEGORY_ORDERS, oneEach(categories))
        .withTally(Counter.CATEGORY_MINOR, categoryMinor)
        .withTally(Counter.PRODUCT_ORDERS, oneEach(products))
        .withTally(Counter.HOUR_ORDERS, Tally.of(hour < 10 ? "0" + hour : "" + hour, 1))
        .withTally(Counter.CHANNEL_ORDERS, channel == null ? Tally.EMPTY : Tally.of(channel, 1));
  }

  /// The contribution of one interaction.
  public static Profile of(Interaction interaction, Ledger ledger) {
    String channel = interaction.channel();
    ContactDay day =
        new ContactDay(
            ledger.dayOf(interaction.at()), interaction.type(), channel == null ? "" : channel, 1);
    return new Profile(List.of(), List.of(day), Map.of());
  }

  public Profile plus(Profile other) {
    Map<Counter, Tally> sum = new EnumMap<>(Counter.class);
    sum.putAll(tallies);
    other.tallies.forEach((counter, tally) -> sum.merge(counter, tally, Tally::plus));
    sum.values().removeIf(Tally::isEmpty);
    return new Profile(
        merge(
            purchaseDays,
            other.purchaseDays,
            Comparator.comparingInt(PurchaseDay::day),
            PurchaseDay::plus,
            PurchaseDay::isNothing),
        merge(
            contactDays,
            other.contactDays,
            ContactDay.BY_KEY,
            ContactDay::plus,
            ContactDay::isNothing),
        sum);
  }

  public Profile minus(Profile other) {
    return plus(other.negated());
  }

  private Profile negated() {
    Map<Counter, Tally> negated = new EnumMap<>(Counter.class);
    tallies.forEach((counter, tally) -> negated.put(counter, tally.negated()));
    return new Profile(
        purchaseDays.stream().map(PurchaseDay::negated).toList(),
        contactDays.stream().map(ContactDay::negated).toList(),
        negated);
  }

  public Tally tally(Counter counter) {
    return tallies.getOrDefault(counter, Tally.EMPTY);
  }

  public long fact(Fact fact) {
    return tally(Counter.FACTS).get(fact.name());
  }

  public boolean isEmpty() {
    return purchaseDays.isEmpty() && contactDays.isEmpty() && tallies.isEmpty();
  }

  /// Orders that were not cancelled.
  public long orders() {
    return sum(PurchaseDay::orders);
  }

  /// What the customer spent, net of refunds and cancellations, minor units.
  public long netMinor() {
    return sum(PurchaseDay::netMinor);
  }

  /// The first day with a purchase.
  public OptionalInt firstPurchaseDay() {
    return purchaseDays.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(purchaseDays.getFirst().day());
  }

  /// The last day with a purchase.
  public OptionalInt lastPurchaseDay() {
    return purchaseDays.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(purchaseDays.getLast().day());
  }

  private long sum(ToLongFunction<PurchaseDay> field) {
    return purchaseDays.stream().mapToLong(field).sum();
  }

  private Profile withTally(Counter counter, Tally tally) {
    if (tally.isEmpty()) {
      return this;
    }
    Map<Counter, Tally> with = new EnumMap<>(Counter.class);
    with.putAll(tallies);
    with.put(counter, tally);
    return new Profile(purchaseDays, contactDays, with);
  }

  private static Tally fact(Fact fact, long count) {
    return Tally.of(fact.name(), count);
  }

  private static Tally oneEach(Set<String> names) {
    return names.stream().map(name -> Tally.of(name, 1)).reduce(Tally.EMPTY, Tally::plus);
  }

  // Both lists are sorted by key and hold each key once; so does the result.
  private static <T> List<T> merge(
      List<T> a, List<T> b, Comparator<T> byKey, BinaryOperator<T> add, Predicate<T> isNothing) {
    if (b.isEmpty()) {
      return a;
    }
    if (a.isEmpty()) {
      return b;
    }
    List<T> merged = new ArrayList<>(a.size() + b.size());
    int i = 0;
    int j = 0;
    while (i < a.size() && j < b.size()) {
      int order = byKey.compare(a.get(i), b.get(j));
      if (order < 0) {
        merged.add(a.get(i++));
      } else if (order > 0) {
        merged.add(b.get(j++));
      } else {
        T sum = add.apply(a.get(i++), b.get(j++));
        if (!isNothing.test(sum)) {
          merged.add(sum);
        }
      }
    }
    merged.addAll(a.subList(i, a.size()));
    merged.addAll(b.subList(j, b.size()));
    return merged;
  }
}
