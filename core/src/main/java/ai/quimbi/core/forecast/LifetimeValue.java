package ai.quimbi.core.forecast;

import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.stats.Chance;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// What a customer will spend within the next months, net, and a 95 % predictive interval for it:
/// the range in which this one customer's spending, not an average, falls 19 times out of 20.
/// `current` is what was spent so far. `isCalibrated` is false where the horizon is longer than the
/// tenant's data can check.
public record LifetimeValue(
    int horizonMonths,
    BigDecimal forecast,
    BigDecimal lower,
    BigDecimal upper,
    BigDecimal current,
    boolean isCalibrated,
    double expectedPurchases,
    double confidence,
    DataSufficiency dataSufficiency) {

  public static final double CONFIDENCE_LEVEL = 0.95;
  public static final int MAX_HORIZON_MONTHS = 60;
  private static final double DAYS_IN_A_MONTH = 30.4375;

  /// The same seed for the same customer and model version, everywhere: see [Chance#seedOf].
  public static long seedOf(String customerId, ForecastModel model) {
    return Chance.seedOf(model.version() + '/' + customerId);
  }

  public static LifetimeValue of(
      Profile profile, ForecastModel model, int today, int horizonMonths, long seed) {
    double days = days(horizonMonths);
    Traits traits = Traits.of(profile, model, today);
    Summary summary = traits.summary();
    double expected = new CustomerForecast(traits, model).purchases(days);
    double mean = expected * valuePerPurchase(summary, model);
    PredictiveSpend.Range range = PredictiveSpend.range(traits, model, days, mean, seed);
    return new LifetimeValue(
        horizonMonths,
        money(mean, model),
        money(range.lower(), model, RoundingMode.FLOOR),
        money(range.upper(), model, RoundingMode.CEILING),
        money(summary.netMinor(), model),
        range.isCalibrated(),
        expected,
        Churn.round(Confidence.of(summary, model)),
        DataSufficiency.of(summary, model));
  }

  static double days(int horizonMonths) {
    if (horizonMonths < 1 || horizonMonths > MAX_HORIZON_MONTHS) {
      throw new IllegalArgumentException(
          "the horizon is 1 to " + MAX_HORIZON_MONTHS + " months, was " + horizonMonths);
    }
    return Math.rint(horizonMonths * DAYS_IN_A_MONTH);
  }

  static double valuePerPurchase(Summary s, ForecastModel model) {
    return valuePerPurchase(s.purchases(), s.netMinor(), s.age(), model);
  }

  static double valuePerPurchase(int purchases, double netMinor, int age, ForecastModel model) {
    return model.spend().expected(purchases, netMinor, age) * model.adjustment().valueLevel();
  }

  static BigDecimal money(double minor, ForecastModel model) {
    return money(minor, model, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal money(double minor, ForecastModel model, RoundingMode rounding) {
    return new BigDecimal(minor).setScale(0, rounding).movePointLeft(model.scale());
  }
}
