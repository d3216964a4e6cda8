package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Special;
import java.util.stream.IntStream;

/// A purchase model's answers for every group of a cohort, equal to the model's own bit for bit.
/// What depends on a count and one time alone is computed once per distinct pair of these: the
/// expected purchases of the living, and all that is dear about the Pareto/NBD.
final class ModelTable {
  private static final int BLOCK = 4096;
  private static final int PAIRS = 256;

  private final PurchaseModel model;
  private final Cohort cohort;
  private final boolean[] isAge;

  ModelTable(PurchaseModel model, Cohort cohort) {
    this.model = model;
    this.cohort = cohort;
    isAge = new boolean[cohort.pairX.length];
    for (int pair : cohort.agePair) {
      isAge[pair] = true;
    }
  }

  @FunctionalInterface
  private interface Term {
    double of(int x, double recency, double age);
  }

  @FunctionalInterface
  private interface Entry {
    double of(int index);
  }

  /// The expected purchases of the living within a horizon, for each pair that is an age of
  /// someone.
  double[] ifAlive(double horizon) {
    return ofAges((x, age) -> model.expectedIfAlive(x, age, horizon));
  }

  double[] pAlive() {
    return model instanceof ParetoNbd pareto
        ? new Lasting(pareto, 0).pAlive()
        : perGroup(model::pAlive);
  }

  double[] pNone(double horizon) {
    return model instanceof ParetoNbd pareto
        ? new Lasting(pareto, horizon).pNone()
        : perGroup((x, recency, age) -> model.pNone(x, recency, age, horizon));
  }

  /// The Pareto/NBD's parts: stopped after t_x, lasting beyond T, and beyond the horizon.
  private final class Lasting {
    private final double[] stopped;
    private final double[] alive;
    private final double[] lasting;
    private final double[] later;

    Lasting(ParetoNbd m, double horizon) {
      stopped = cohort.perPair(m::logStoppedAfter);
      alive = ofAges(m::logAlive);
      lasting = ofAges(m::logLasting);
      later = horizon == 0 ? lasting : ofAges((x, age) -> m.logLasting(x, age + horizon));
    }

    private double logBoth(double[] last, int group) {
      return Special.logSum(stopped[cohort.recencyPair[group]], last[cohort.agePair[group]]);
    }

    double[] pAlive() {
      return table(
          cohort.groups(), BLOCK, g -> Math.exp(alive[cohort.agePair[g]] - logBoth(lasting, g)));
    }

    double[] pNone() {
      return table(cohort.groups(), BLOCK, g -> Math.exp(logBoth(later, g) - logBoth(lasting, g)));
    }
  }

  private double[] perGroup(Term term) {
    return table(
        cohort.groups(),
        BLOCK,
        g ->
            term.of(
                cohort.counts[cohort.xAt[g]],
                cohort.times[cohort.recencyAt[g]],
                cohort.times[cohort.ageAt[g]]));
  }

  private double[] ofAges(Cohort.PairTerm term) {
    return table(
        isAge.length,
        PAIRS,
        pair ->
            isAge[pair]
                ? term.at(cohort.counts[cohort.pairX[pair]], cohort.times[cohort.pairTime[pair]])
                : 0);
  }

  private static double[] table(int n, int size, Entry entry) {
    double[] table = new double[n];
    IntStream.range(0, (n + size - 1) / size)
        .parallel()
        .forEach(
            block -> {
              int end = Math.min(n, (block + 1) * size);
              for (int i = block * size; i < end; i++) {
                table[i] = entry.of(i);
              }
            });
    return table;
  }
}
