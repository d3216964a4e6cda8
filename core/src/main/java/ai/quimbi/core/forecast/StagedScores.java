package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Special;
import java.util.List;

/// Churn and expected value of many customers through a model's second stage, in blocks: the
/// signals of a block's customers are put into columns, and the stage is asked column by column and
/// tree by tree.
final class StagedScores {
  // A block's signals, 100 kB, stay near the processor. Columns of a power of two would crowd into
  // the same lines of its cache.
  private static final int BLOCK = 480;

  private final ForecastModel model;
  private final List<Panel.History> histories;
  private final int today;
  private final Signals signals;

  // From the purchase model: of each customer, being alive and buying nothing within the horizon
  // that was learned at and the one that is served; of each pair, what is expected if alive.
  private final Cohort cohort;
  private final ModelTable.Answers alive;
  private final ModelTable.Answers noneLearned;
  private final ModelTable.Answers noneServed;
  private final double[] ifAliveLearned;
  private final double[] ifAlive;

  final double[] churn;
  final double[] value;

  StagedScores(
      ForecastModel model, List<Panel.History> histories, int today, Cohort cohort, double days) {
    this.model = model;
    this.histories = histories;
    this.today = today;
    this.cohort = cohort;
    Adjustment a = model.adjustment();
    signals = new Signals(model.reference().meanNetMinor(), a.horizonDays());
    ModelTable table = new ModelTable(model.purchases(), cohort);
    alive = table.pAlive();
    ifAlive = table.ifAlive(days);
    ifAliveLearned = table.ifAlive(a.horizonDays());
    noneLearned = table.pNone(a.horizonDays());
    noneServed =
        a.horizonDays() == model.horizonDays() ? noneLearned : table.pNone(model.horizonDays());
    churn = new double[histories.size()];
    value = new double[histories.size()];
    Blocks.each(churn.length, BLOCK, () -> new Desk()::fill);
  }

  /// A block's columns: new ones for each block would have to be fetched anew.
  private final class Desk {
    private final StageColumns stages = new StageColumns(model.adjustment(), BLOCK);
    private final Panel.History[] here = new Panel.History[BLOCK];
    private final double[] living = new double[BLOCK];
    private final double[] learned = new double[BLOCK];
    private final double[] served = noneServed == noneLearned ? learned : new double[BLOCK];
    private final double[] perPurchase = new double[BLOCK];
    private final double[][] columns = new double[Signals.COUNT][BLOCK];

    void fill(int from, int to) {
      int n = to - from;
      alive.of(from, to, living);
      logits(noneLearned, from, to, learned);
      if (noneServed != noneLearned) {
        logits(noneServed, from, to, served);
      }
      fillPerPurchase(from, n);
      fillSignals(from, n);
      stages.fill(columns, n);
      Adjustment a = model.adjustment();
      for (int i = 0; i < n; i++) {
        double shift = a.logitMoved(learned[i], stages.bought[i]) - learned[i];
        churn[from + i] = Special.logistic(-(served[i] + shift));
        value[from + i] =
            living[i]
                * ifAlive[cohort.agePair[from + i]]
                * a.factorMoved(learned[i], stages.bought[i], stages.counted[i])
                * perPurchase[i];
      }
    }

    // In a short loop of its own and before all else that reads the histories: so the memory of
    // many customers is waited for at once.
    private void fillPerPurchase(int from, int n) {
      for (int i = 0; i < n; i++) {
        Panel.History history = histories.get(from + i);
        here[i] = history;
        int purchases = history.upTo(today);
        double net = history.netOf(purchases);
        int age = today - history.days[0];
        perPurchase[i] = LifetimeValue.valuePerPurchase(purchases, net, age, model);
      }
    }

    private void fillSignals(int from, int n) {
      for (int i = 0; i < n; i++) {
        Traits traits = Traits.of(here[i], model, today);
        double expected = living[i] * ifAliveLearned[cohort.agePair[from + i]];
        Signals.Base base =
            new Signals.Base(learned[i], Signals.logExpected(expected), living[i], served[i]);
        signals.put(columns, i, traits, base);
      }
    }
  }

  private static void logits(ModelTable.Answers none, int from, int to, double[] logits) {
    none.of(from, to, logits);
    for (int i = 0; i < to - from; i++) {
      logits[i] = -Special.logit(logits[i]);
    }
  }
}
