package ai.quimbi.core.customer;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/// Everything the models need of one customer: an exact sum of the contributions of single orders
/// and interactions.
///
/// Only integers are kept, so profiles form a commutative group under [#plus] and [#minus]: events
/// may be added, corrected and taken back in any order and the result is the same value, byte for
/// byte ([ProfileCodec]). Rates, logarithms, entropies and trends are derived when a score is made
/// and never stored.
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
    purchaseDays = withoutNothing(purchaseDays, PurchaseDay::isNothing);
    contactDays = withoutNothing(contactDays, ContactDay::isNothing);
    Map<Counter, Tally> told = new EnumMap<>(Counter.class);
    tallies.forEach(
        (counter, tally) -> {
          if (!tally.isEmpty()) {
            told.put(counter, tally);
          }
        });
    tallies = Collections.unmodifiableMap(told);
  }

  /// The contribution of one order. `rate` converts its currency into the ledger's (1 where they
  /// are the same). To add up many, use a [ProfileSum].
  public static Profile of(Order order, Ledger ledger, BigDecimal rate) {
    return new ProfileSum(ledger).add(new RatedOrder(order, rate)).toProfile();
  }

  /// The contribution of one interaction.
  public static Profile of(Interaction interaction, Ledger ledger) {
    return new ProfileSum(ledger).add(interaction).toProfile();
  }

  public Profile plus(Profile other) {
    Map<Counter, Tally> sum = new EnumMap<>(Counter.class);
    sum.putAll(tallies);
    other.tallies.forEach((counter, tally) -> sum.merge(counter, tally, Tally::plus));
    return new Profile(
        merge(
            purchaseDays,
            other.purchaseDays,
            Comparator.comparingInt(PurchaseDay::day),
            PurchaseDay::plus),
        merge(contactDays, other.contactDays, ContactDay.BY_KEY, ContactDay::plus),
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

  private static <T> List<T> withoutNothing(List<T> days, Predicate<T> isNothing) {
    return days.stream().anyMatch(isNothing)
        ? days.stream().filter(isNothing.negate()).toList()
        : List.copyOf(days);
  }

  // Both lists are sorted by key and hold each key once; so does the result.
  private static <T> List<T> merge(
      List<T> a, List<T> b, Comparator<T> byKey, BinaryOperator<T> add) {
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
        merged.add(add.apply(a.get(i++), b.get(j++)));
      }
    }
    merged.addAll(a.subList(i, a.size()));
    merged.addAll(b.subList(j, b.size()));
    return merged;
  }
}
