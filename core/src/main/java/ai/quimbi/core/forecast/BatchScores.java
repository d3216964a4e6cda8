package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Special;
import java.util.stream.IntStream;

/// Churn and expected value of many customers at once, for lists and nightly passes.
///
/// What depends on (x, T) alone, above all the expected purchases of a living customer, is computed
/// once per distinct pair; equal (x, t_x, T) share everything but their spending. The numbers equal
/// those of [Churn] and [LifetimeValue] for a model without a second stage; a second stage reads
/// more of a customer than these columns hold, so its shift is not in here.
public final class BatchScores {
  private final double[] churn;
  private final double[] value;

  private BatchScores(double[] churn, double[] value) {
    this.churn = churn;
    this.value = value;
  }

  /// `spend` is what each customer spent so far, minor units; `days` the horizon of the value.
  public static BatchScores of(
      ForecastModel model, int[] x, double[] recency, double[] age, double[] spend, double days) {
    int n = x.length;
    PurchaseModel m = model.purchases();
    Cohort cohort = Cohort.of(x, recency, age);
    double[] expectedIfAlive = cohort.perPair((count, time) -> 0);
    boolean[] isAge = new boolean[expectedIfAlive.length];
    for (int pair : cohort.agePair) {
      isAge[pair] = true;
    }
    int blocks = (expectedIfAlive.length + 255) / 256;
    IntStream.range(0, blocks)
        .parallel()
        .forEach(
            block -> {
              int end = Math.min(expectedIfAlive.length, (block + 1) * 256);
              for (int i = block * 256; i < end; i++) {
                if (isAge[i]) {
                  expectedIfAlive[i] =
                      m.expectedIfAlive(
                          cohort.counts[cohort.pairX[i]], cohort.times[cohort.pairTime[i]], days);
                }
              }
            });
    int groups = cohort.groups();
    double[] groupChurn = new double[groups];
    double[] groupExpected = new double[groups];
    double level = model.adjustment().level() * model.adjustment().valueLevel();
    double intercept = model.adjustment().intercept();
    IntStream.range(0, (groups + 4095) / 4096)
        .parallel()
        .forEach(
            block -> {
              int end = Math.min(groups, (block + 1) * 4096);
              for (int g = block * 4096; g < end; g++) {
                int count = cohort.counts[cohort.xAt[g]];
                double last = cohort.times[cohort.recencyAt[g]];
                double until = cohort.times[cohort.ageAt[g]];
                double none = m.pNone(count, last, until, model.horizonDays());
                groupChurn[g] =
                    intercept == 0 ? none : Special.logistic(Special.logit(none) - intercept);
                groupExpected[g] =
                    level * m.pAlive(count, last, until) * expectedIfAlive[cohort.agePair[g]];
              }
            });
    int[] groupOf = cohort.groupsOf(x, recency, age);
    double[] churn = new double[n];
    double[] value = new double[n];
    IntStream.range(0, (n + 4095) / 4096)
        .parallel()
        .forEach(
            block -> {
              int end = Math.min(n, (block + 1) * 4096);
              for (int i = block * 4096; i < end; i++) {
                int g = groupOf[i];
                churn[i] = groupChurn[g];
                value[i] = groupExpected[g] * model.spend().expected(x[i] + 1, spend[i]);
              }
            });
    return new BatchScores(churn, value);
  }

  public int size() {
    return churn.length;
  }

  /// The probability that customer `i` does not buy within the model's churn horizon.
  public double churn(int i) {
    return churn[i];
  }

  /// Customer `i`'s expected spending, minor units.
  public double value(int i) {
    return value[i];
  }

  public double totalValue() {
    double sum = 0;
    for (double v : value) {
      sum += v;
    }
    return sum;
  }
}
