package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Special;
import java.util.List;
import java.util.stream.IntStream;

/// Churn and expected value of many customers at once, for lists and nightly passes.
///
/// What depends on (x, T) alone, above all the expected purchases of a living customer, is computed
/// once per distinct pair; equal (x, t_x, T) share everything but their spending and what a second
/// stage reads of them. A second stage is asked column by column and tree by tree over blocks of
/// customers. The numbers are those of [Churn] and [LifetimeValue], bit for bit.
public final class BatchScores {
  // A block's signals, 50 kB, stay near the processor.
  private static final int BLOCK = 256;

  private final double[] churn;
  private final double[] value;

  private BatchScores(int n) {
    churn = new double[n];
    value = new double[n];
  }

  /// Of all customers of a panel that had bought by `today`, in the panel's order; `days` is the
  /// horizon of the value.
  public static BatchScores of(ForecastModel model, Panel panel, int today, double days) {
    List<Panel.History> histories = panel.knownBy(today);
    int n = histories.size();
    int[] x = new int[n];
    double[] recency = new double[n];
    double[] age = new double[n];
    double[] spend = new double[n];
    inBlocks(
        n,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            Panel.History h = histories.get(i);
            int purchases = h.upTo(today);
            x[i] = purchases - 1;
            recency[i] = h.days[purchases - 1] - h.days[0];
            age[i] = today - h.days[0];
            spend[i] = h.netOf(purchases);
          }
        });
    if (!model.adjustment().hasSecondStage()) {
      return of(model, x, recency, age, spend, days);
    }
    BatchScores scores = new BatchScores(n);
    Groups groups = new Groups(model, x, recency, age, days);
    inBlocks(n, (from, to) -> scores.fill(model, groups, histories, today, from, to));
    return scores;
  }

  // One block through the second stage.
  private void fill(
      ForecastModel model,
      Groups groups,
      List<Panel.History> histories,
      int today,
      int from,
      int to) {
    Adjustment a = model.adjustment();
    int n = to - from;
    double[][] signals = new double[Signals.COUNT][n];
    double[] perPurchase = new double[n];
    double typical = model.reference().meanNetMinor();
    for (int i = 0; i < n; i++) {
      Traits traits = Traits.of(histories.get(from + i), model, today);
      Signals.put(signals, i, traits, groups.base(groups.of[from + i]), typical, a.horizonDays());
      perPurchase[i] = LifetimeValue.valuePerPurchase(traits.summary(), model);
    }
    double[] bought = a.buying().ofColumns(signals, n);
    double[] counted = a.counting().ofColumns(signals, n);
    for (int i = 0; i < n; i++) {
      int g = groups.of[from + i];
      double logitBuy = groups.logit[g];
      double shift = a.logitMoved(logitBuy, bought[i]) - logitBuy;
      churn[from + i] = Special.logistic(-(groups.served[g] + shift));
      value[from + i] =
          groups.expected[g] * a.factorMoved(logitBuy, bought[i], counted[i]) * perPurchase[i];
    }
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
    inBlocks(
        x.length,
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

  @FunctionalInterface
  private interface Block {
    void of(int from, int to);
  }

  private static void inBlocks(int n, Block each) {
    IntStream.range(0, (n + BLOCK - 1) / BLOCK)
        .parallel()
        .forEach(block -> each.of(block * BLOCK, Math.min(n, (block + 1) * BLOCK)));
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
      Adjustment a = model.adjustment();
      Cohort cohort = Cohort.of(x, recency, age);
      ModelTable table = new ModelTable(model.purchases(), cohort);
      alive = table.pAlive();
      expected = times(alive, table.ifAlive(days), cohort.agePair);
      learned =
          a.hasSecondStage()
              ? logExpected(times(alive, table.ifAlive(a.horizonDays()), cohort.agePair))
              : alive;
      served = logits(table.pNone(model.horizonDays()));
      logit =
          a.horizonDays() == model.horizonDays() ? served : logits(table.pNone(a.horizonDays()));
      of = cohort.groupsOf(x, recency, age);
    }

    private static double[] times(double[] alive, double[] ifAlive, int[] pair) {
      double[] product = new double[alive.length];
      for (int g = 0; g < product.length; g++) {
        product[g] = alive[g] * ifAlive[pair[g]];
      }
      return product;
    }

    private static double[] logExpected(double[] expected) {
      inBlocks(
          expected.length,
          (from, to) -> {
            for (int g = from; g < to; g++) {
              expected[g] = Signals.logExpected(expected[g]);
            }
          });
      return expected;
    }

    private static double[] logits(double[] none) {
      inBlocks(
          none.length,
          (from, to) -> {
            for (int g = from; g < to; g++) {
              none[g] = -Special.logit(none[g]);
            }
          });
      return none;
    }

    Signals.Base base(int g) {
      return new Signals.Base(logit[g], learned[g], alive[g], served[g]);
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
