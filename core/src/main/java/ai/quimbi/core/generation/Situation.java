package ai.quimbi.core.generation;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What actions are asked for: the scenario, the customer and the texts that tell what happened.
///
/// @param subject the ticket's subject line @param text the ticket's body, the last message, notes
/// @param priority as the ticket has it, e.g. `high` @param shipments how many parcels the order
/// concerned travels in
public record Situation(
    Scenario scenario,
    FactSheet facts,
    @Nullable String subject,
    @Nullable String text,
    @Nullable String priority,
    @Nullable Integer shipments) {

  /// What counts as valuable, in the tenant's currency. A tenant sets its own.
  public record Thresholds(BigDecimal highValue, BigDecimal vip, long lapsedDays) {
    public static final Thresholds DEFAULT =
        new Thresholds(new BigDecimal("1000"), new BigDecimal("5000"), 90);
  }

  // The documents' own levels: 0.18 is low, 0.28 medium, 0.65 high.
  static final double MEDIUM_FROM = 0.26;
  static final double HIGH_FROM = 0.55;

  Set<Signal> signals(Thresholds thresholds) {
    EnumSet<Signal> signals = EnumSet.noneOf(Signal.class);
    CustomerFacts customer = facts.customer();
    Known<Double> churn = customer.churnRisk();
    signals.add(
        churn == null
            ? Signal.UNKNOWN_CHURN
            : churn.value() >= HIGH_FROM
                ? Signal.HIGH_CHURN
                : churn.value() >= MEDIUM_FROM ? Signal.MEDIUM_CHURN : Signal.LOW_CHURN);
    Known<BigDecimal> value = customer.lifetimeValue();
    if (value != null && value.value().compareTo(thresholds.highValue()) >= 0) {
      signals.add(Signal.HIGH_VALUE);
    }
    if (value != null && value.value().compareTo(thresholds.vip()) >= 0) {
      signals.add(Signal.VIP);
    }
    segments(customer, signals);
    Known<Long> orders = customer.totalOrders();
    if (orders != null && orders.value() <= 1) {
      signals.add(Signal.NEW_CUSTOMER);
    }
    Known<Long> away = customer.daysSinceLastPurchase();
    if (away != null && away.value() >= thresholds.lapsedDays()) {
      signals.add(Signal.LAPSED);
    }
    topics(signals);
    if (isUrgent(signals)) {
      signals.add(Signal.URGENT);
    }
    boolean isSplit =
        (shipments != null && shipments > 1)
            || customer.orders().stream()
                .map(o -> o.value().shipments())
                .anyMatch(n -> n != null && n > 1);
    if (isSplit) {
      signals.add(Signal.SPLIT_SHIPMENT);
    }
    if (!facts.offers().isEmpty()) {
      signals.add(Signal.HAS_OFFER);
    }
    if (!facts.products().isEmpty()) {
      signals.add(Signal.HAS_PRODUCT);
    }
    if (!facts.policies().isEmpty()) {
      signals.add(Signal.HAS_POLICY);
    }
    return signals;
  }

  private static void segments(CustomerFacts customer, Set<Signal> signals) {
    customer
        .segments()
        .forEach(
            (axis, segment) -> {
              switch (axis + ":" + segment.value()) {
                case "purchase_value:whale" -> {
                  signals.add(Signal.VIP);
                  signals.add(Signal.HIGH_VALUE);
                }
                case "purchase_value:premium" -> signals.add(Signal.HIGH_VALUE);
                case "shopping_maturity:new" -> signals.add(Signal.NEW_CUSTOMER);
                case "shopping_maturity:established", "shopping_maturity:long_term" ->
                    signals.add(Signal.ESTABLISHED);
                case "price_sensitivity:deal_hunter" -> signals.add(Signal.DEAL_HUNTER);
                case "price_sensitivity:full_price" -> signals.add(Signal.FULL_PRICE);
                case "return_behavior:frequent_returner" -> signals.add(Signal.FREQUENT_RETURNER);
                case "return_behavior:careful_buyer" -> signals.add(Signal.CAREFUL_BUYER);
                case "purchase_frequency:power_buyer" -> signals.add(Signal.POWER_BUYER);
                default -> {}
              }
            });
  }

  /// Whether it speaks of injuries or of the law.
  boolean isGrave() {
    String said = said();
    return Topic.SAFETY.isIn(said) || Topic.LEGAL.isIn(said);
  }

  private String said() {
    return Fold.of((subject == null ? "" : subject + ". ") + (text == null ? "" : text));
  }

  // Every topic that is spoken of counts here, not the gravest alone.
  private void topics(Set<Signal> signals) {
    String said = said();
    boolean any = false;
    for (Topic topic : Topic.values()) {
      if (topic != Topic.OTHER && topic.isIn(said)) {
        Signal.ofLabel(topic.name().toLowerCase(Locale.ROOT)).ifPresent(signals::add);
        any = true;
      }
    }
    if (!any) {
      signals.add(Signal.NO_TOPIC);
    }
  }

  private boolean isUrgent(Set<Signal> signals) {
    String p = priority == null ? "" : priority.toLowerCase(Locale.ROOT);
    return signals.contains(Signal.SAFETY)
        || signals.contains(Signal.LEGAL)
        || p.equals("high")
        || p.equals("urgent")
        || p.equals("critical");
  }
}
