package ai.quimbi.core.generation;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is known of the customer, each value with its source; `null` where nothing is known.
///
/// @param segments axis → segment, canonical spellings; an axis whose segment is unknown is absent
/// @param orders the orders a message may speak of @param privateTexts further strings that
/// identify the customer (e-mail, phone, address, other
///     names) and must not reach a language model
public record CustomerFacts(
    @Nullable String customerId,
    @Nullable Known<String> name,
    SortedMap<String, Known<String>> segments,
    @Nullable Known<Double> churnRisk,
    @Nullable Known<BigDecimal> lifetimeValue,
    @Nullable Known<Long> totalOrders,
    @Nullable Known<Long> daysSinceLastPurchase,
    List<Known<OrderFact>> orders,
    List<String> privateTexts) {

  public static final CustomerFacts NOBODY =
      new CustomerFacts(null, null, new TreeMap<>(), null, null, null, null, List.of(), List.of());

  public CustomerFacts {
    segments = Collections.unmodifiableSortedMap(new TreeMap<>(segments));
    orders = List.copyOf(orders);
    privateTexts = List.copyOf(privateTexts);
    if (churnRisk != null && !(churnRisk.value() >= 0 && churnRisk.value() <= 1)) {
      throw new IllegalArgumentException("churn risk must be in [0, 1], was " + churnRisk.value());
    }
  }

  public @Nullable String segment(String axis) {
    Known<String> known = segments.get(axis);
    return known == null ? null : known.value();
  }

  /// The same customer without one axis; what a personalization claim is measured against.
  public CustomerFacts withoutSegment(String axis) {
    TreeMap<String, Known<String>> fewer = new TreeMap<>(segments);
    fewer.remove(axis);
    return withSegments(fewer);
  }

  public CustomerFacts withSegment(String axis, String segment, Provenance from) {
    TreeMap<String, Known<String>> more = new TreeMap<>(segments);
    more.put(axis, new Known<>(segment, from));
    return withSegments(more);
  }

  public CustomerFacts withName(@Nullable Known<String> other) {
    return new CustomerFacts(
        customerId,
        other,
        segments,
        churnRisk,
        lifetimeValue,
        totalOrders,
        daysSinceLastPurchase,
        orders,
        privateTexts);
  }

  public CustomerFacts withDaysSinceLastPurchase(@Nullable Known<Long> other) {
    return new CustomerFacts(
        customerId,
        name,
        segments,
        churnRisk,
        lifetimeValue,
        totalOrders,
        other,
        orders,
        privateTexts);
  }

  private CustomerFacts withSegments(SortedMap<String, Known<String>> other) {
    return new CustomerFacts(
        customerId,
        name,
        other,
        churnRisk,
        lifetimeValue,
        totalOrders,
        daysSinceLastPurchase,
        orders,
        privateTexts);
  }
}
