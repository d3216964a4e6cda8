package ai.quimbi.core.behaviour;

/// Where a row of features stands on an axis, how much evidence there is for it and what it is
/// missing. Formulas and units: `docs/segments.md`.
final class Coordinates {
  /// The most coordinates an axis has.
  static final int MOST = 4;

  private static final double DAYS_PER_MONTH = 30;
  private static final double DAYS_PER_YEAR = 365.25;
  // A rate is pulled towards the tenant's as if this many days of its usual customer were seen.
  private static final double RATE_PRIOR_DAYS = 60;

  private Coordinates() {}

  /// How many coordinates the axis has.
  static int of(Axis axis) {
    return switch (axis) {
      case PURCHASE_VALUE,
          PRICE_SENSITIVITY,
          SHOPPING_MATURITY,
          PURCHASE_FREQUENCY,
          RETURN_BEHAVIOR,
          CATEGORY_AFFINITY ->
          1;
      case SHOPPING_CADENCE, REPURCHASE_BEHAVIOR, LOYALTY_TRAJECTORY -> 3;
      case COMMUNICATION_PREFERENCE -> 4;
      case PROBLEM_COMPLEXITY_PROFILE, PRODUCT_KNOWLEDGE, VALUE_SOPHISTICATION -> 2;
    };
  }

  /// Writes the coordinates of the row that begins at `at` to the front of `x`.
  static void write(Axis axis, double[] rows, int at, Yardstick usual, double[] x) {
    switch (axis) {
      case PURCHASE_VALUE ->
          x[0] = StrictMath.log1p(get(rows, at, Feature.NET_MINOR) / usual.orderMinor());
      case PRICE_SENSITIVITY -> x[0] = get(rows, at, Feature.DISCOUNT_SHARE);
      case SHOPPING_MATURITY ->
          x[0] = StrictMath.log1p(get(rows, at, Feature.TENURE_DAYS) / DAYS_PER_MONTH);
      case PURCHASE_FREQUENCY -> x[0] = StrictMath.log(purchasesPerYear(rows, at, usual));
      case RETURN_BEHAVIOR -> x[0] = get(rows, at, Feature.RETURNED_SHARE);
      case CATEGORY_AFFINITY -> x[0] = get(rows, at, Feature.CATEGORY_DIVERSITY);
      case SHOPPING_CADENCE -> {
        x[0] = get(rows, at, Feature.WEEKEND_SHARE);
        x[1] = get(rows, at, Feature.MONTH_EVENNESS);
        x[2] = get(rows, at, Feature.GAP_REGULARITY);
      }
      case REPURCHASE_BEHAVIOR -> {
        x[0] = get(rows, at, Feature.REPEAT_SHARE);
        x[1] = get(rows, at, Feature.FAVOURITE_SHARE);
        x[2] = get(rows, at, Feature.GAP_REGULARITY);
      }
      case COMMUNICATION_PREFERENCE -> {
        x[0] = get(rows, at, Feature.EMAIL_SHARE);
        x[1] = get(rows, at, Feature.CHAT_SHARE);
        x[2] = get(rows, at, Feature.PHONE_SHARE);
        x[3] = get(rows, at, Feature.SOCIAL_SHARE);
      }
      case PROBLEM_COMPLEXITY_PROFILE -> {
        x[0] = get(rows, at, Feature.SUPPORT_BY_ORDER);
        x[1] = get(rows, at, Feature.FOLLOW_UP_SHARE);
      }
      case LOYALTY_TRAJECTORY -> {
        x[0] = get(rows, at, Feature.GAP_TREND);
        x[1] = get(rows, at, Feature.VALUE_TREND);
        x[2] = get(rows, at, Feature.SILENCE);
      }
      case PRODUCT_KNOWLEDGE -> {
        x[0] = StrictMath.log1p(get(rows, at, Feature.DISTINCT_PRODUCTS));
        x[1] = Math.min(1, get(rows, at, Feature.SUPPORT_BY_ORDER));
      }
      case VALUE_SOPHISTICATION -> {
        double unit = get(rows, at, Feature.UNIT_MINOR);
        x[0] = get(rows, at, Feature.DISCOUNT_SHARE);
        x[1] = unit > 0 ? StrictMath.log(unit / usual.unitMinor()) : 0;
      }
    }
  }

  private static double purchasesPerYear(double[] rows, int at, Yardstick usual) {
    double repeats = Math.max(0, get(rows, at, Feature.PURCHASE_DAYS) - 1);
    double days = get(rows, at, Feature.TENURE_DAYS) + RATE_PRIOR_DAYS;
    return (repeats + RATE_PRIOR_DAYS * usual.repeatsPerDay()) / days * DAYS_PER_YEAR;
  }

  /// How much there is to go by, in [0, 1): `n / (n + n0)` of what the axis counts as evidence.
  static double evidence(Axis axis, double[] rows, int at, Yardstick usual) {
    double days = get(rows, at, Feature.PURCHASE_DAYS);
    return switch (axis) {
      case PURCHASE_VALUE, PURCHASE_FREQUENCY -> of(days, 2);
      case SHOPPING_MATURITY -> of(days, 1);
      case PRICE_SENSITIVITY -> of(get(rows, at, Feature.DISCOUNT_TOLD), 2);
      case RETURN_BEHAVIOR -> of(get(rows, at, Feature.REFUND_TOLD), 3);
      case CATEGORY_AFFINITY -> of(get(rows, at, Feature.CATEGORY_EVENTS) - 1, 3);
      case SHOPPING_CADENCE -> of(days - 2, 3);
      case REPURCHASE_BEHAVIOR -> of(get(rows, at, Feature.ORDERS_WITH_ITEMS) - 1, 2);
      case COMMUNICATION_PREFERENCE -> of(get(rows, at, Feature.CHANNEL_CONTACTS), 2);
      case PROBLEM_COMPLEXITY_PROFILE ->
          of(get(rows, at, Feature.SUPPORT_DAYS) + (usual.tellsContacts() ? days / 3 : 0), 2);
      case LOYALTY_TRAJECTORY -> of(days - 2, 3);
      // What was bought hints at knowledge and no more: the evidence never passes one half.
      case PRODUCT_KNOWLEDGE -> of(get(rows, at, Feature.ORDERS_WITH_ITEMS), 4) / 2;
      case VALUE_SOPHISTICATION ->
          of(
              Math.min(
                  get(rows, at, Feature.DISCOUNT_TOLD),
                  get(rows, at, Feature.UNIT_MINOR) > 0 ? days : 0),
              3);
    };
  }

  /// How far the coordinates are believed against the neutral answer. Spend, tenure and the rate
  /// (which is already pulled towards the tenant's) are facts once there is an order; the rest is
  /// believed as far as the evidence goes.
  static double trust(Axis axis, double[] rows, int at, double evidence) {
    return switch (axis) {
      case PURCHASE_VALUE, SHOPPING_MATURITY -> 1;
      case PURCHASE_FREQUENCY -> get(rows, at, Feature.PURCHASE_DAYS) > 0 ? 1 : 0;
      default -> evidence;
    };
  }

  private static double of(double count, double half) {
    return count > 0 ? count / (count + half) : 0;
  }

  private static double get(double[] rows, int at, int feature) {
    return rows[at + feature];
  }
}
