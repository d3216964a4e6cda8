package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Chance;
import ai.quimbi.core.stats.Special;
import java.util.Arrays;

/// The posterior-predictive distribution of one customer's spending, by simulation: parameters from
/// their covariance, the period's common error, then alive or not, rate, purchases, value.
final class PredictiveSpend {
  private static final int PARAMETER_DRAWS = 40;
  private static final int PARAMETER_DRAWS_FOR_A_RANK = 16;
  private static final int DRAWS_EACH = 25;
  // A shipped model's spread is its prior's, wide on purpose; beyond this it says nothing.
  private static final double FARTHEST = 3;

  private PredictiveSpend() {}

  /// The central interval, minor units.
  record Range(double lower, double upper, boolean isCalibrated) {}

  static Range range(Traits traits, ForecastModel model, double days, double mean, long seed) {
    return rangeOf(draws(traits, model, days, seed), model, days, mean);
  }

  static Range rangeOf(double[] draws, ForecastModel model, double days, double mean) {
    Arrays.sort(draws);
    Adjustment a = model.adjustment();
    Adjustment.Tails tails = a.tailsAt(days);
    double upper = Math.max(quantile(draws, tails.upper()), mean);
    double lower = Math.min(quantile(draws, tails.lower()), mean);
    return new Range(lower, upper, days <= a.checkedDays());
  }

  static double[] draws(Traits traits, ForecastModel model, double days, long seed) {
    return draws(traits, model, days, seed, PARAMETER_DRAWS);
  }

  /// Fewer draws: enough to tell where one outcome falls when many are looked at together.
  static double[] drawsForRank(Traits traits, ForecastModel model, double days, long seed) {
    return draws(traits, model, days, seed, PARAMETER_DRAWS_FOR_A_RANK);
  }

  private static double[] draws(
      Traits traits, ForecastModel model, double days, long seed, int parameterDraws) {
    Summary s = traits.summary();
    int x = s.frequency();
    Chance chance = new Chance(seed);
    Correction correction = Correction.of(traits, model);
    double period = model.adjustment().periodSpread(days);
    double valueLevel = model.adjustment().valueLevel();
    double[] draws = new double[parameterDraws * DRAWS_EACH];
    int n = 0;
    for (int i = 0; i < parameterDraws; i++) {
      PurchaseModel purchases = deviating(model, chance);
      double base =
          s.hasPurchases() ? purchases.pAlive(x, s.recency(), s.age()) : purchases.pAliveNew();
      double alive = correction.pAlive(base);
      double pace = correction.pace() * Math.exp(period * chance.normal());
      for (int j = 0; j < DRAWS_EACH; j++) {
        int count =
            chance.uniform() < alive ? purchases.drawIfAlive(x, s.age(), days * pace, chance) : 0;
        draws[n++] =
            count == 0
                ? 0
                : valueLevel
                    * model.spend().draw(s.purchases(), s.netMinor(), s.age(), count, chance);
      }
    }
    return draws;
  }

  /// How the simulation follows the corrected forecast: the odds of being alive move as the odds of
  /// buying did; what remains of the expected purchases' factor speeds the clock up or down.
  private record Correction(double shift, double pace) {
    static Correction of(Traits traits, ForecastModel model) {
      Summary s = traits.summary();
      if (!s.hasPurchases()) {
        return new Correction(0, model.adjustment().level());
      }
      Outlook outlook = Outlook.of(traits, model);
      double alive = model.purchases().pAlive(s.frequency(), s.recency(), s.age());
      double moved = Special.logistic(Special.logit(alive) + outlook.shift());
      double pace = outlook.expectedFactor() * alive / Math.max(moved, 1e-9);
      return new Correction(outlook.shift(), Math.clamp(pace, 0.2, 5));
    }

    double pAlive(double base) {
      return shift == 0 ? base : Special.logistic(Special.logit(base) + shift);
    }
  }

  /// The purchase model as it might be: its parameters drawn from their covariance.
  static PurchaseModel deviating(ForecastModel model, Chance chance) {
    double[] centre = model.purchases().parameters().toArray();
    double[] deviation = model.purchaseSpread().deviation(chance);
    double[] parameters = new double[centre.length];
    for (int i = 0; i < centre.length; i++) {
      parameters[i] = centre[i] * Math.exp(Math.clamp(deviation[i], -FARTHEST, FARTHEST));
    }
    return model.purchases().family().with(parameters);
  }

  /// Where `actual` falls in the predictive distribution, 0 to 1; within the mass of equal draws at
  /// random, so that a right distribution gives uniform ranks.
  static double rank(double[] draws, double actual, double uniform) {
    int below = 0;
    int equal = 0;
    for (double draw : draws) {
      below += draw < actual ? 1 : 0;
      equal += draw == actual ? 1 : 0;
    }
    return (below + uniform * (equal + 1)) / (draws.length + 1);
  }

  // Type 7 of Hyndman & Fan (1996).
  static double quantile(double[] sorted, double p) {
    double at = p * (sorted.length - 1);
    int low = (int) at;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }
}
