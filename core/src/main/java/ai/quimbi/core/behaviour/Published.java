package ai.quimbi.core.behaviour;

/// The published cut-points: where the segments of an axis lie before a tenant's own customers are
/// known, and how far they may move once they are. Units as in `docs/segments.md`.
final class Published {
  private Published() {}

  /// The typical sizes assumed of a tenant whose currency has `scale` decimals: an order of 50.00
  /// (5000 where there are no decimals), a unit of 15.00, two repeat purchases a year.
  static Yardstick yardstick(int scale) {
    double unit = scale == 3 ? 1000 : 100;
    return new Yardstick(50 * unit, 15 * unit, 2 / 365.25, false);
  }

  static Centres centres(Axis axis) {
    return new Centres(axis, places(axis), spread(axis));
  }

  // One line a segment, in the order of the vocabulary.
  static double[] places(Axis axis) {
    return switch (axis) {
      // Net spend of 50, 14, 4 and 1 typical orders.
      case PURCHASE_VALUE -> line(log1p(50), log1p(14), log1p(4), log1p(1));
      case PRICE_SENSITIVITY -> line(0.70, 0.30, 0.05);
      // Tenure of 15 days, 6 months, 18 months, 4 years.
      case SHOPPING_MATURITY -> line(log1p(0.5), log1p(6), log1p(18.3), log1p(48.7));
      // 9, 4, 1.6 and 0.4 purchases a year.
      case PURCHASE_FREQUENCY -> line(log(9), log(4), log(1.6), log(0.4));
      case RETURN_BEHAVIOR -> line(0.02, 0.15, 0.40);
      case CATEGORY_AFFINITY -> line(0.70, 0.10);
      // Weekend share, evenness of months, regularity of gaps.
      case SHOPPING_CADENCE ->
          new double[] {
            0.29, 0.90, 0.85,
            0.05, 0.87, 0.50,
            0.80, 0.87, 0.50,
            0.29, 0.45, 0.30,
            0.29, 0.95, 0.55,
            0.29, 0.78, 0.30
          };
      // Repeat share, favourite's share, regularity of gaps.
      case REPURCHASE_BEHAVIOR ->
          new double[] {
            0.75, 0.80, 0.55,
            0.05, 0.20, 0.50,
            0.40, 0.45, 0.65
          };
      // Shares of mail, chat, phone, social.
      case COMMUNICATION_PREFERENCE ->
          new double[] {
            0.90, 0.04, 0.03, 0.03,
            0.04, 0.90, 0.03, 0.03,
            0.04, 0.03, 0.90, 0.03,
            0.04, 0.03, 0.03, 0.90,
            0.25, 0.25, 0.25, 0.25
          };
      // Support contacts by order, follow-up share.
      case PROBLEM_COMPLEXITY_PROFILE -> new double[] {0.00, 0.00, 0.30, 0.10, 1.00, 0.60};
      // Trend of gaps, trend of values, silence.
      case LOYALTY_TRAJECTORY ->
          new double[] {
            -0.30, 0.20, 0.40,
            0.00, 0.00, 0.40,
            0.35, -0.15, 0.60,
            0.10, 0.00, 0.92
          };
      // Log of one plus distinct products, support contacts by order.
      case PRODUCT_KNOWLEDGE -> new double[] {log1p(2), 0.50, log1p(9), 0.20, log1p(35), 0.05};
      // Discounted share, log of the unit price over the usual one.
      case VALUE_SOPHISTICATION -> new double[] {0.70, -0.40, 0.30, 0.00, 0.05, 0.50};
    };
  }

  static double[] spread(Axis axis) {
    return switch (axis) {
      case PURCHASE_VALUE,
          PRICE_SENSITIVITY,
          SHOPPING_MATURITY,
          PURCHASE_FREQUENCY,
          RETURN_BEHAVIOR,
          CATEGORY_AFFINITY ->
          line(1);
      case SHOPPING_CADENCE -> line(0.20, 0.12, 0.15);
      case REPURCHASE_BEHAVIOR -> line(0.20, 0.20, 0.20);
      case COMMUNICATION_PREFERENCE -> line(0.30, 0.30, 0.30, 0.30);
      case PROBLEM_COMPLEXITY_PROFILE -> line(0.30, 0.25);
      case LOYALTY_TRAJECTORY -> line(0.25, 0.25, 0.15);
      case PRODUCT_KNOWLEDGE -> line(1.00, 0.25);
      case VALUE_SOPHISTICATION -> line(0.25, 0.50);
    };
  }

  private static double[] line(double... values) {
    return values;
  }

  private static double log(double value) {
    return StrictMath.log(value);
  }

  private static double log1p(double value) {
    return StrictMath.log1p(value);
  }
}
