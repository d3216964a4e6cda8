package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Chance;
import java.util.Arrays;

/// The posterior-predictive distribution of one customer's spending, by simulation: parameters from
/// their covariance, then alive or not, rate, purchases, value per purchase.
final class PredictiveSpend {
  private static final int PARAMETER_DRAWS = 40;
  private static final int DRAWS_EACH = 25;
  private static final double TAIL = (1 - LifetimeValue.CONFIDENCE_LEVEL) / 2;

  private PredictiveSpend() {}

  /// The central interval, minor units.
  record Range(double lower, double upper, boolean isCalibrated) {}

  static Range range(Summary s, ForecastModel model, double days, double mean, long seed) {
    double[] draws = draws(s, model, days, seed);
    Arrays.sort(draws);
    double upper = Math.max(quantile(draws, 1 - TAIL), Math.ceil(mean));
    double lower = Math.min(quantile(draws, TAIL), Math.floor(mean));
    return new Range(Math.rint(lower), Math.rint(upper), false);
  }

  static double[] draws(Summary s, ForecastModel model, double days, long seed) {
    Chance chance = new Chance(seed);
    double[] centre = model.purchases().parameters().toArray();
    double[] draws = new double[PARAMETER_DRAWS * DRAWS_EACH];
    int n = 0;
    for (int i = 0; i < PARAMETER_DRAWS; i++) {
      PurchaseModel purchases = deviating(model, centre, chance);
      for (int j = 0; j < DRAWS_EACH; j++) {
        int count = purchases.draw(s.frequency(), s.recency(), s.age(), days, chance);
        draws[n++] =
            count == 0 ? 0 : model.spend().draw(s.purchases(), s.netMinor(), count, chance);
      }
    }
    return draws;
  }

  // A shipped model's spread is its prior's: wide on purpose, and honest.
  private static PurchaseModel deviating(ForecastModel model, double[] centre, Chance chance) {
    double[] deviation = model.purchaseSpread().deviation(chance);
    double[] parameters = new double[centre.length];
    for (int i = 0; i < centre.length; i++) {
      parameters[i] = centre[i] * Math.exp(Math.clamp(deviation[i], -3, 3));
    }
    return model.purchases().family().with(parameters);
  }

  // Type 7 of Hyndman & Fan (1996).
  static double quantile(double[] sorted, double p) {
    double at = p * (sorted.length - 1);
    int low = (int) at;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }
}
