package ai.quimbi.core.customer;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an order or an interaction must keep to before it is counted, beyond the shape of its JSON.
/// All faults come at once; paths are the contract's member names, relative to the order.
public final class OrderRules {
  /// The largest amount of one order or line, in minor units: 900,000 of them still add up exactly.
  public static final long MAX_MINOR = 10_000_000_000_000L;

  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
  private static final int DAY_SECONDS = 86_400;
  private static final int MAX_NAME = 500;

  private final Ledger ledger;
  private final RateLookup rates;
  private final Instant now;

  /// `now` is when the orders were received.
  public OrderRules(Ledger ledger, RateLookup rates, Instant now) {
    this.ledger = ledger;
    this.rates = rates;
    this.now = now;
  }

  /// Empty where the order may be counted.
  public List<Fault> faults(Order order) {
    Faults faults = new Faults();
    faults.id("source", order.source());
    faults.id("order_id", order.orderId());
    faults.id("customer_id", order.customerId());
    faults.moment("order_date", order.orderedAt());
    faults.moment("updated_at", order.updatedAt());
    for (int i = 0; i < order.refunds().size(); i++) {
      faults.moment("refunds[" + i + "].refunded_at", order.refunds().get(i).refundedAt());
    }
    faults.name("channel", order.channel());

    Currency currency = currency(order.currency());
    if (currency == null) {
      faults.add("currency", "unknown_currency", order.currency() + " is no ISO 4217 currency");
      return faults.found;
    }
    int digits = Math.max(0, currency.getDefaultFractionDigits());
    faults.money("total_price", order.total(), digits);
    faults.money("discount_amount", order.discountAmount(), digits);
    faults.money("refund_amount", order.refundAmount(), digits);
    for (int i = 0; i < order.refunds().size(); i++) {
      faults.money("refunds[" + i + "].amount", order.refunds().get(i).amount(), digits);
    }
    for (int i = 0; i < order.items().size(); i++) {
      item("items[" + i + "].", order.items().get(i), faults);
    }
    if (faults.found.isEmpty()) {
      rate(order, faults);
    }
    return faults.found;
  }

  /// Empty where the interaction may be counted.
  public List<Fault> faults(Interaction interaction) {
    Faults faults = new Faults();
    faults.id("source", interaction.source());
    if (interaction.identity().length() > 300 || hasControl(interaction.identity())) {
      faults.add("interaction_id", "invalid_id", "an id has 1 to 128 characters, none of control");
    }
    faults.id("customer_id", interaction.customerId());
    faults.id("interaction_type", interaction.type());
    faults.name("channel", interaction.channel());
    faults.moment("timestamp", interaction.at());
    return faults.found;
  }

  private void item(String path, LineItem item, Faults faults) {
    if (item.quantity() < 0) {
      faults.add(path + "quantity", "negative", "a quantity is never below 0");
    }
    faults.money(path + "price", item.price(), 6);
    faults.name(path + "product_id", item.productId());
    faults.name(path + "product_name", item.productName());
    faults.name(path + "category", item.category());
  }

  private void rate(Order order, Faults faults) {
    int day = ledger.dayOf(order.orderedAt());
    BigDecimal rate = rates.into(ledger, order.currency(), day).orElse(null);
    if (rate == null) {
      faults.add(
          "currency",
          "missing_rate",
          "no exchange rate from "
              + order.currency()
              + " to "
              + ledger.currency().getCurrencyCode()
              + " for "
              + LocalDate.ofEpochDay(day)
              + "; an administrator can add one");
      return;
    }
    limit("total_price", order.total(), rate, faults);
    limit("discount_amount", order.discountAmount(), rate, faults);
    for (int i = 0; i < order.items().size(); i++) {
      LineItem item = order.items().get(i);
      BigDecimal value = item.price().multiply(BigDecimal.valueOf(item.quantity()));
      limit("items[" + i + "].price", value, rate, faults);
    }
  }

  private void limit(String path, @Nullable BigDecimal amount, BigDecimal rate, Faults faults) {
    if (amount != null
        && amount
                .multiply(rate)
                .movePointRight(ledger.scale())
                .compareTo(BigDecimal.valueOf(MAX_MINOR))
            > 0) {
      faults.add(path, "too_large", "the amount is larger than can be counted");
    }
  }

  private static @Nullable Currency currency(String code) {
    try {
      return Currency.getInstance(code);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean hasControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private final class Faults {
    private final List<Fault> found = new ArrayList<>();

    void add(String path, String code, String message) {
      found.add(new Fault(path, code, message));
    }

    void id(String path, String id) {
      if (id.isEmpty() || id.codePointCount(0, id.length()) > 128 || hasControl(id)) {
        add(path, "invalid_id", "an id has 1 to 128 characters, none of control");
      }
    }

    void name(String path, @Nullable String name) {
      if (name != null && (name.length() > MAX_NAME || name.indexOf('\0') >= 0)) {
        add(path, "invalid_text", "the text has at most " + MAX_NAME + " characters, none U+0000");
      }
    }

    void moment(String path, @Nullable Instant moment) {
      if (moment == null) {
        return;
      }
      if (moment.isAfter(now.plusSeconds(DAY_SECONDS))) {
        add(path, "in_future", moment + " is more than a day in the future");
      } else if (moment.isBefore(EARLIEST)) {
        add(path, "too_early", "a time before 1900 cannot be right");
      }
    }

    // The size is looked at before the digits: 1e999999999 must not be written out.
    void money(String path, @Nullable BigDecimal amount, int digits) {
      if (amount == null) {
        return;
      }
      if (amount.signum() < 0) {
        add(path, "negative", "an amount is never below 0");
      } else if (amount.signum() > 0 && (long) amount.precision() - amount.scale() > 15) {
        add(path, "too_large", "the amount is larger than can be counted");
      } else if (amount.scale() > digits && amount.stripTrailingZeros().scale() > digits) {
        add(path, "too_many_decimals", "at most " + digits + " decimals are possible here");
      }
    }
  }
}
