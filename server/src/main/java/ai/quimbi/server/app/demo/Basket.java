package ai.quimbi.server.app.demo;

import ai.quimbi.core.customer.LineItem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The lines of one order: about `budget` worth of products from the customer's categories, some of
/// them the customer's favourites.
final class Basket {
  private static final int LOOKS = 8;

  private Basket() {}

  static List<LineItem> filled(Truth truth, Catalogue catalogue, double budget, Chance chance) {
    // The same favourites for each order of a customer, whatever else was drawn.
    long tastes = truth.customerId().hashCode();
    int lines = 1 + chance.poisson(truth.type().lines - 1);
    List<LineItem> items = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    double left = budget;
    for (int i = 0; i < lines; i++) {
      double share = i == lines - 1 ? left : left * chance.between(0.25, 0.75);
      Product product = looked(truth, catalogue, share, tastes, chance);
      double price = product.price().doubleValue();
      boolean isAffordable = price <= left * 1.15;
      if ((!items.isEmpty() && !isAffordable) || !taken.add(product.id())) {
        continue;
      }
      int quantity = Math.clamp((int) (share / price + chance.next()), 1, product.most());
      left -= quantity * price;
      items.add(
          new LineItem(
              product.id(), product.name(), product.category(), quantity, product.price()));
    }
    return items;
  }

  static BigDecimal value(List<LineItem> items) {
    return items.stream()
        .map(item -> item.price().multiply(BigDecimal.valueOf(item.quantity())))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /// The first product seen that `share` pays for but that needs not too many units, else the one
  /// nearest to it.
  private static Product looked(
      Truth truth, Catalogue catalogue, double share, long tastes, Chance chance) {
    Product best = seen(truth, catalogue, tastes, chance);
    for (int i = 1; i < LOOKS && !fits(best, share); i++) {
      Product next = seen(truth, catalogue, tastes, chance);
      best = distance(next, share) < distance(best, share) ? next : best;
    }
    return best;
  }

  private static Product seen(Truth truth, Catalogue catalogue, long tastes, Chance chance) {
    int favourite = chance.below(4);
    Chance taste = chance.with(0.35) ? new Chance(tastes, favourite) : chance;
    List<String> categories = truth.categories();
    List<Product> products =
        catalogue.byCategory().getOrDefault(pick(categories, taste), catalogue.products());
    return pick(products, taste);
  }

  // The first of a list are the likelier ones.
  private static <T> T pick(List<T> list, Chance chance) {
    return list.get((int) (StrictMath.pow(chance.next(), 1.5) * list.size()));
  }

  private static boolean fits(Product product, double share) {
    double price = product.price().doubleValue();
    return price <= share && price * product.most() >= share * 0.8;
  }

  private static double distance(Product product, double share) {
    if (fits(product, share)) {
      return 0;
    }
    double price = product.price().doubleValue();
    return price > share ? price - share : share - price * product.most();
  }
}
