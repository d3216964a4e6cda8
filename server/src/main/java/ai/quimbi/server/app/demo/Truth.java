package ai.quimbi.server.app.demo;

import java.util.List;

/// What a customer of a demo company is really like. Days are epoch days in the company's zone; who
/// is `aliveUntil` a day after today may buy again. `ordersPerYear` holds while alive,
/// `orderValue` is the mean of an order before discounts in the company's currency,
/// `priceSensitivity` and `returnPropensity` are chances per order, `categories` those bought from.
public record Truth(
    String customerId,
    CustomerType type,
    int firstDay,
    int aliveUntil,
    double ordersPerYear,
    double orderValue,
    double priceSensitivity,
    double returnPropensity,
    List<String> categories,
    Cadence cadence) {

  public Truth {
    categories = List.copyOf(categories);
  }

  public boolean isAliveOn(int day) {
    return day <= aliveUntil;
  }

  /// Drawn as the purchase models see customers: gamma rates, Pareto lifetimes (an exponential
  /// whose rate is itself gamma), gamma mean values; each around its type.
  static Truth drawn(
      String id, CustomerType type, int firstDay, DemoCompany company, Chance chance) {
    double rate = company.rate() * chance.gamma(2.5, type.ordersPerYear);
    double lossPerYear = chance.gamma(2, 2 / (type.lifeYears * company.life()));
    double lifeDays = Math.min(36_500, chance.exponential(365 / lossPerYear));
    List<String> all = company.catalogue().categories();
    int breadth = Math.clamp(type.categories + chance.below(3) - 1, 1, all.size());
    return new Truth(
        id,
        type,
        firstDay,
        firstDay + (int) lifeDays,
        Math.max(0.1, rate),
        company.orderValue() * type.orderValue * chance.gamma(6, 1),
        Math.min(0.95, chance.gamma(8, type.priceSensitivity)),
        Math.min(0.6, chance.gamma(4, type.returnPropensity)),
        shuffled(all, chance).subList(0, breadth),
        type.cadence);
  }

  private static List<String> shuffled(List<String> names, Chance chance) {
    String[] shuffled = names.toArray(String[]::new);
    for (int i = shuffled.length - 1; i > 0; i--) {
      int j = chance.below(i + 1);
      String swapped = shuffled[i];
      shuffled[i] = shuffled[j];
      shuffled[j] = swapped;
    }
    return List.of(shuffled);
  }
}
