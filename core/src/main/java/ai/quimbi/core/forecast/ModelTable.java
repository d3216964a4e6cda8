package ai.quimbi.core.forecast;

import org.jspecify.annotations.Nullable;

/// A purchase model's answers for every group of a cohort, equal to the model's own bit for bit.
/// What depends on a count and one time alone is computed once per distinct pair of these: the
/// expected purchases of the living, and all that is dear about the Pareto/NBD.
final class ModelTable {
  private static final int BLOCK = 4096;
  private static final int PAIRS = 256;

  private final PurchaseModel model;
  private final Cohort cohort;
  private final boolean[] isAge;
  private final @Nullable ParetoTable pareto;

  ModelTable(PurchaseModel model, Cohort cohort) {
    this.model = model;
    this.cohort = cohort;
    pareto = model instanceof ParetoNbd p ? new ParetoTable(p, cohort) : null;
    isAge = new boolean[cohort.pairX.length];
    for (int pair : cohort.agePair) {
      isAge[pair] = true;
    }
  }

  @FunctionalInterface
  private interface Term {
    double of(int x, double recency, double age);
  }

  /// A number for every group from one to another, put into a block's column.
  @FunctionalInterface
  interface Answers {
    void of(int from, int to, double[] into);
  }

  /// The expected purchases of the living within a horizon, for each pair that is an age of
  /// someone.
  double[] ifAlive(double horizon) {
    double[] table = new double[isAge.length];
    Blocks.each(
        table.length,
        PAIRS,
        (from, to) -> {
          for (int pair = from; pair < to; pair++) {
            if (isAge[pair]) {
              int x = cohort.counts[cohort.pairX[pair]];
              double age = cohort.times[cohort.pairTime[pair]];
              table[pair] = model.expectedIfAlive(x, age, horizon);
            }
          }
        });
    return table;
  }

  Answers pAlive() {
    return pareto != null ? pareto.pAlive() : answers(model::pAlive);
  }

  Answers pNone(double horizon) {
    return pareto != null
        ? pareto.pNone(horizon)
        : answers((x, recency, age) -> model.pNone(x, recency, age, horizon));
  }

  private Answers answers(Term term) {
    return (from, to, into) -> {
      for (int g = from; g < to; g++) {
        into[g - from] =
            term.of(
                cohort.counts[cohort.xAt[g]],
                cohort.times[cohort.recencyAt[g]],
                cohort.times[cohort.ageAt[g]]);
      }
    };
  }

  /// The answers for all groups.
  double[] all(Answers answers) {
    double[] all = new double[cohort.groups()];
    Blocks.each(
        all.length,
        BLOCK,
        (from, to) -> {
          double[] block = new double[to - from];
          answers.of(from, to, block);
          System.arraycopy(block, 0, all, from, block.length);
        });
    return all;
  }
}
