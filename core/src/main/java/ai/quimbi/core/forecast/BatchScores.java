package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Special;
import java.util.stream.IntStream;

/// Churn and expected value of many customers at once, for lists and nightly passes.
///
/// What depends on (x, T) alone, above all the expected purchases of a living customer, is computed
/// once per distinct pair; equal (x, t_x, T) share everything but their spending and what a second
/// stage reads of them. The numbers are those of [Churn] and [LifetimeValue].
public final class BatchScores {
  private static final int BLOCK = 4096;

  private final double[] churn;
  private final double[] value;

  private BatchScores(int n) {
    churn = new double[n];
    value = new double[n];
  }

  /// Of all customers of a panel that had bought by `today`, in the panel's order; `days` is the
  /// horizon of the value.
  public static BatchScores of(ForecastModel model, Panel panel, int today, double days) {
    Origin origin = Origin.of(panel, today, model.adjustment().horizonDays());
    BatchScores scores = new BatchScores(origin.size());
    double[] spend = new double[origin.size()];
    for (int i = 0; i < spend.length; i++) {
      spend[i] = origin.traits[i].summary().netMinor();
    }
    Groups groups = new Groups(model, origin.x, origin.recency, origin.age, days);
    scores.fill(
        i -> {
          int g = groups.of[i];
          Outlook outlook = Outlook.of(origin.traits[i], groups.base(g), model);
          scores.churn[i] = Special.logistic(-outlook.logitServed());
          scores.value[i] =
              outlook.expectedFactor()
                  * groups.expected[g]
                  * groups.perPurchase(origin.x[i], spend[i]);
        });
    return scores;
  }

  /// Of customers in columns. Columns hold all that a model without a second stage reads; another
  /// needs the [Panel]. `spend` is what each customer spent so far, minor units.
  public static BatchScores of(
      ForecastModel model, int[] x, double[] recency, double[] age, double[] spend, double days) {
    Adjustment a = model.adjustment();
    if (a.hasSecondStage()) {
      throw new IllegalArgumentException(
          "the model's second stage reads more of a customer than these columns hold");
    }
    BatchScores scores = new BatchScores(x.length);
    Groups groups = new Groups(model, x, recency, age, days);
    double[] none = new double[0];
    double[] groupChurn = new double[groups.served.length];
    for (int g = 0; g < groupChurn.length; g++) {
      double shift = a.logit(groups.logit[g], none) - groups.logit[g];
      groupChurn[g] = Special.logistic(-groups.served[g] - shift);
    }
    double level = a.expectedFactor(0, none);
    scores.fill(
        i -> {
          int g = groups.of[i];
          scores.churn[i] = groupChurn[g];
          scores.value[i] = level * groups.expected[g] * groups.perPurchase(x[i], spend[i]);
        });
    return scores;
  }

  @FunctionalInterface
  private interface Each {
    void at(int customer);
  }

  private void fill(Each each) {
    inBlocks(churn.length, BLOCK, each);
  }

  private static void inBlocks(int n, int size, Each each) {
    IntStream.range(0, (n + size - 1) / size)
        .parallel()
        .forEach(
            block -> {
              int end = Math.min(n, (block + 1) * size);
              for (int i = block * size; i < end; i++) {
                each.at(i);
              }
            });
  }

  /// What the purchase model says of each distinct history.
  private static final class Groups {
    private final ForecastModel model;
    private final int[] of;
    private final double[] expected;
    private final double[] learned;
    private final double[] alive;
    private final double[] logit;
    private final double[] served;

    Groups(ForecastModel model, int[] x, double[] recency, double[] age, double days) {
      this.model = model;
      PurchaseModel m = model.purchases();
      Adjustment a = model.adjustment();
      Cohort cohort = Cohort.of(x, recency, age);
      double[] ifAlive = ifAlive(cohort, days);
      double[] ifAliveLearned =
          a.hasSecondStage() ? ifAlive(cohort, a.horizonDays()) : new double[ifAlive.length];
      int groups = cohort.groups();
      expected = new double[groups];
      learned = new double[groups];
      alive = new double[groups];
      logit = new double[groups];
      served = new double[groups];
      inBlocks(
          groups,
          BLOCK,
          g -> {
            int count = cohort.counts[cohort.xAt[g]];
            double last = cohort.times[cohort.recencyAt[g]];
            double until = cohort.times[cohort.ageAt[g]];
            alive[g] = m.pAlive(count, last, until);
            expected[g] = alive[g] * ifAlive[cohort.agePair[g]];
            learned[g] = alive[g] * ifAliveLearned[cohort.agePair[g]];
            served[g] = -Special.logit(m.pNone(count, last, until, model.horizonDays()));
            logit[g] =
                a.horizonDays() == model.horizonDays()
                    ? served[g]
                    : -Special.logit(m.pNone(count, last, until, a.horizonDays()));
          });
      of = cohort.groupsOf(x, recency, age);
    }

    // The expected purchases of the living, for the pairs that are (x, T) of someone.
    private double[] ifAlive(Cohort cohort, double days) {
      double[] table = new double[cohort.pairX.length];
      boolean[] isAge = new boolean[table.length];
      for (int pair : cohort.agePair) {
        isAge[pair] = true;
      }
      inBlocks(
          table.length,
          256,
          pair -> {
            if (isAge[pair]) {
              int count = cohort.counts[cohort.pairX[pair]];
              double until = cohort.times[cohort.pairTime[pair]];
              table[pair] = model.purchases().expectedIfAlive(count, until, days);
            }
          });
      return table;
    }

    Signals.Base base(int g) {
      return new Signals.Base(logit[g], Signals.logExpected(learned[g]), alive[g], served[g]);
    }

    double perPurchase(int x, double spend) {
      return model.spend().expected(x + 1, spend) * model.adjustment().valueLevel();
    }
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
