package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Special;
import java.util.List;

/// Churn and expected value of many customers at once, for lists and nightly passes.
///
/// What depends on (x, T) alone, above all the expected purchases of a living customer, is computed
/// once per distinct pair; without a second stage, equal (x, t_x, T) share everything but their
/// spending. The numbers are those of [Churn] and [LifetimeValue], bit for bit.
public final class BatchScores {
  private static final int BLOCK = 1024;

  private final double[] churn;
  private final double[] value;

  private BatchScores(double[] churn, double[] value) {
    this.churn = churn;
    this.value = value;
  }

  /// Of all customers of a panel that had bought by `today`, in the panel's order; `days` is the
  /// horizon of the value.
  public static BatchScores of(ForecastModel model, Panel panel, int today, double days) {
    List<Panel.History> histories = panel.knownBy(today);
    int n = histories.size();
    int[] x = new int[n];
    double[] recency = new double[n];
    double[] age = new double[n];
    Blocks.each(n, BLOCK, (from, to) -> panel.summarise(today, from, to, x, recency, age));
    if (model.adjustment().hasSecondStage()) {
      Cohort cohort = Cohort.ungrouped(x, recency, age);
      StagedScores scores = new StagedScores(model, histories, today, cohort, days);
      return new BatchScores(scores.churn, scores.value);
    }
    double[] spend = new double[n];
    Blocks.each(
        n,
        BLOCK,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            spend[i] = histories.get(i).netOf(x[i] + 1);
          }
        });
    return of(model, x, recency, age, spend, days);
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
    Groups groups = new Groups(model, x, recency, age, days);
    double[] none = new double[0];
    double[] groupChurn = new double[groups.served.length];
    for (int g = 0; g < groupChurn.length; g++) {
      double shift = a.logit(groups.logit[g], none) - groups.logit[g];
      groupChurn[g] = Special.logistic(-groups.served[g] - shift);
    }
    double level = a.expectedFactor(0, none);
    BatchScores scores = new BatchScores(new double[x.length], new double[x.length]);
    Blocks.each(
        x.length,
        BLOCK,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int g = groups.of[i];
            scores.churn[i] = groupChurn[g];
            scores.value[i] =
                groups.expected[g] * level * groups.perPurchase(x[i], spend[i], age[i]);
          }
        });
    return scores;
  }

  /// What the purchase model says of each distinct history.
  private static final class Groups {
    private final ForecastModel model;
    private final int[] of;
    private final double[] expected;
    private final double[] logit;
    private final double[] served;

    Groups(ForecastModel model, int[] x, double[] recency, double[] age, double days) {
      this.model = model;
      Adjustment a = model.adjustment();
      Cohort cohort = Cohort.of(x, recency, age);
      ModelTable table = new ModelTable(model.purchases(), cohort);
      expected = table.all(table.pAlive());
      double[] ifAlive = table.ifAlive(days);
      for (int g = 0; g < expected.length; g++) {
        expected[g] *= ifAlive[cohort.agePair[g]];
      }
      served = logits(table.all(table.pNone(model.horizonDays())));
      logit =
          a.horizonDays() == model.horizonDays()
              ? served
              : logits(table.all(table.pNone(a.horizonDays())));
      of = cohort.groupsOf(x, recency, age);
    }

    private static double[] logits(double[] none) {
      Blocks.each(
          none.length,
          BLOCK,
          (from, to) -> {
            for (int g = from; g < to; g++) {
              none[g] = -Special.logit(none[g]);
            }
          });
      return none;
    }

    double perPurchase(int x, double spend, double age) {
      return model.spend().expected(x + 1, spend, age) * model.adjustment().valueLevel();
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
