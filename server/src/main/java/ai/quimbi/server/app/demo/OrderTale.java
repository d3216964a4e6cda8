package ai.quimbi.server.app.demo;

import ai.quimbi.core.customer.LineItem;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.Order.Status;
import ai.quimbi.core.customer.Refund;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One order from its basket to what became of it by `end`.
record OrderTale(DemoCompany company, Instant end) {
  static final String SOURCE = "shop";

  Order told(Truth truth, String orderId, Instant at, Chance chance) {
    int scale = company.ledger().scale();
    String currency = company.tenant().currency().getCurrencyCode();
    // Gamma-Gamma: the customer's mean was drawn once, each order varies around it.
    double budget = chance.gamma(3, truth.orderValue());
    List<LineItem> items = Basket.filled(truth, company.catalogue(), budget, chance);
    BigDecimal value = Basket.value(items);
    double channelAt = chance.next();
    String channel = channelAt < 0.62 ? "web" : channelAt < 0.88 ? "mobile" : "store";
    // The till in the store neither gives nor tells discounts.
    BigDecimal discount =
        channel.equals("store") ? null : discount(truth, at, value, scale, chance);
    BigDecimal total = discount == null ? value : value.subtract(discount);

    Instant cancelledAt = later(at, 1, 30, chance);
    if (chance.with(0.012) && cancelledAt.isBefore(end)) {
      return new Order(
          SOURCE,
          orderId,
          truth.customerId(),
          at,
          currency,
          total,
          Status.CANCELLED,
          true,
          discount,
          null,
          List.of(),
          channel,
          items,
          cancelledAt);
    }
    Instant refundedAt = later(at, 3 * 24, 28 * 24, chance);
    boolean isReturned = chance.with(truth.returnPropensity()) && refundedAt.isBefore(end);
    boolean isWhole = chance.with(0.35);
    BigDecimal partly = partOf(items, total, scale, chance);
    if (!isReturned || partly.signum() == 0) {
      return new Order(
          SOURCE,
          orderId,
          truth.customerId(),
          at,
          currency,
          total,
          Status.PAID,
          true,
          discount,
          null,
          List.of(),
          channel,
          items,
          at);
    }
    Status status =
        isWhole || partly.compareTo(total) == 0 ? Status.REFUNDED : Status.PARTIALLY_REFUNDED;
    Refund refund =
        new Refund(
            "refund_" + orderId.substring(orderId.indexOf('_') + 1),
            status == Status.REFUNDED ? total : partly,
            refundedAt);
    return new Order(
        SOURCE,
        orderId,
        truth.customerId(),
        at,
        currency,
        total,
        status,
        true,
        discount,
        refund.amount(),
        List.of(refund),
        channel,
        items,
        refundedAt);
  }

  private @Nullable BigDecimal discount(
      Truth truth, Instant at, BigDecimal value, int scale, Chance chance) {
    LocalDate day = at.atZone(company.tenant().zone()).toLocalDate();
    boolean isSale = Seasons.isSale(day);
    double probability =
        isSale ? 0.35 + 0.6 * truth.priceSensitivity() : 0.02 + 0.75 * truth.priceSensitivity();
    if (!chance.with(Math.min(0.97, probability))) {
      return BigDecimal.ZERO.setScale(scale);
    }
    int percent = 5 * (2 + chance.below(isSale ? 6 : 4));
    return value.multiply(BigDecimal.valueOf(percent, 2)).setScale(scale, RoundingMode.HALF_EVEN);
  }

  /// The value of some units of one line, in proportion to what was paid.
  private static BigDecimal partOf(
      List<LineItem> items, BigDecimal total, int scale, Chance chance) {
    LineItem item = items.get(chance.below(items.size()));
    int units = 1 + chance.below(item.quantity());
    BigDecimal part = item.price().multiply(BigDecimal.valueOf(units));
    return part.multiply(total)
        .divide(Basket.value(items), scale, RoundingMode.HALF_EVEN)
        .min(total);
  }

  static Instant later(Instant at, int leastHours, int mostHours, Chance chance) {
    long seconds = (long) (3600 * chance.between(leastHours, mostHours));
    return at.plus(Duration.ofSeconds(seconds));
  }
}
