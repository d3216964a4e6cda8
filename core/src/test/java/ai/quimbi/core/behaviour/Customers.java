package ai.quimbi.core.behaviour;

import ai.quimbi.core.customer.Interaction;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.LineItem;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.Profile;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Short words for the histories the tests tell.
final class Customers {
  static final Ledger LEDGER = new Ledger(ZoneOffset.UTC, Currency.getInstance("USD"));
  static final int TODAY = (int) LocalDate.of(2026, 6, 30).toEpochDay();

  private Customers() {}

  /// An order `daysAgo`, of `total` with `discount` and `refund`, holding one unit of each product;
  /// a product is `category/name`.
  static Profile order(
      int daysAgo, double total, double discount, double refund, String... products) {
    BigDecimal price =
        BigDecimal.valueOf(total)
            .divide(BigDecimal.valueOf(Math.max(1, products.length)), 6, RoundingMode.DOWN);
    List<LineItem> items =
        List.of(products).stream()
            .map(name -> new LineItem(name, name, name.split("/", 2)[0], 1, price))
            .toList();
    Instant at = Instant.ofEpochSecond((TODAY - daysAgo) * 86_400L + 43_200);
    Order order =
        new Order(
            "shop",
            "o" + daysAgo,
            "c",
            at,
            "USD",
            BigDecimal.valueOf(total),
            Order.Status.PAID,
            true,
            BigDecimal.valueOf(discount),
            BigDecimal.valueOf(refund),
            List.of(),
            null,
            items,
            null);
    return Profile.of(order, LEDGER, BigDecimal.ONE);
  }

  static Profile contact(int daysAgo, String type, @Nullable String channel) {
    Instant at = Instant.ofEpochSecond((TODAY - daysAgo) * 86_400L + 43_200);
    return Profile.of(new Interaction("desk", "i" + daysAgo, "c", type, channel, at), LEDGER);
  }

  static Profile all(Profile... parts) {
    Profile sum = Profile.EMPTY;
    for (Profile part : parts) {
      sum = sum.plus(part);
    }
    return sum;
  }

  /// The customer of the document's own example: twelve discounted orders at even distances over
  /// 456 days, 892.50 in all, the same favourites from several categories, nothing returned.
  static Profile documentsExample() {
    Profile sum = Profile.EMPTY;
    String[] second = {"thread/white", "batting/queen", "notions/ruler"};
    for (int i = 0; i < 12; i++) {
      int daysAgo = 456 - i * 441 / 11;
      double total = i == 11 ? 892.50 - 11 * 74.38 : 74.38;
      double discount = i % 4 == 3 ? 0 : 8;
      sum = sum.plus(order(daysAgo, total, discount, 0, "fabric/cotton", second[i % 3]));
    }
    return sum;
  }
}
