package ai.quimbi.server.app.demo;

/// The kinds of customers a demo company has. `share` of all customers; mean orders a year while
/// alive; mean years until lost; mean value of an order relative to the company's; the chance to
/// buy reduced; the chance to send back; how many categories; the mean lines of an order.
public enum CustomerType {
  STUDIO_OWNER(0.04, 19, 4.0, 2.6, 0.20, 0.03, 7, 4.5, Cadence.WEEKDAY),
  DEVOTED_QUILTER(0.09, 14, 3.5, 1.3, 0.15, 0.04, 6, 3.2, Cadence.YEAR_ROUND),
  REGULAR_MAKER(0.14, 10, 3.0, 0.9, 0.25, 0.04, 4, 2.4, Cadence.REGULAR),
  WEEKEND_CRAFTER(0.15, 8, 2.4, 0.8, 0.30, 0.05, 3, 2.2, Cadence.WEEKEND),
  DEAL_HUNTER(0.15, 9, 2.4, 0.85, 0.85, 0.08, 5, 2.8, Cadence.YEAR_ROUND),
  HOLIDAY_SEWER(0.13, 6, 3.0, 1.0, 0.35, 0.07, 3, 2.4, Cadence.SEASONAL),
  TRIES_AND_RETURNS(0.05, 9, 2.0, 1.2, 0.35, 0.32, 4, 2.4, Cadence.YEAR_ROUND),
  PROJECT_STARTER(0.25, 6, 0.6, 1.0, 0.35, 0.06, 2, 2.6, Cadence.YEAR_ROUND);

  final double share;
  final double ordersPerYear;
  final double lifeYears;
  final double orderValue;
  final double priceSensitivity;
  final double returnPropensity;
  final int categories;
  final double lines;
  final Cadence cadence;

  CustomerType(
      double share,
      double ordersPerYear,
      double lifeYears,
      double orderValue,
      double priceSensitivity,
      double returnPropensity,
      int categories,
      double lines,
      Cadence cadence) {
    this.share = share;
    this.ordersPerYear = ordersPerYear;
    this.lifeYears = lifeYears;
    this.orderValue = orderValue;
    this.priceSensitivity = priceSensitivity;
    this.returnPropensity = returnPropensity;
    this.categories = categories;
    this.lines = lines;
    this.cadence = cadence;
  }

  static CustomerType drawn(Chance chance) {
    double at = chance.next();
    for (CustomerType type : values()) {
      at -= type.share;
      if (at < 0) {
        return type;
      }
    }
    return PROJECT_STARTER;
  }
}
