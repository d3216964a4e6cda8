package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Special;
import java.util.function.DoubleUnaryOperator;

/// What a [ParetoNbd] says of every pair of a count and a time: the logarithms of being alive then,
/// of lasting beyond, and of having stopped after. Its answers for a group are made from its two
/// pairs' entries.
final class ParetoTable {
  private static final int BLOCK = 4096;
  private static final int PAIRS = 256;

  private final ParetoNbd model;
  private final Cohort cohort;
  private final double[] alive;
  private final double[] stopped;
  // Per group: alive to the end, or stopped since the last purchase.
  private final double[] both;

  ParetoTable(ParetoNbd model, Cohort cohort) {
    this.model = model;
    this.cohort = cohort;
    alive = alive(0);
    double[] share = cohort.perPair(0, model::sharesStopping);
    stopped = sums(alive, share, Math::log);
    both = both(sums(alive, share, rest -> Math.log1p(-rest)));
  }

  // As [ParetoNbd#logAlive], with a logarithm for every time.
  private double[] alive(double later) {
    double[] logA = new double[cohort.times.length];
    double[] logB = new double[cohort.times.length];
    for (int t = 0; t < logA.length; t++) {
      double time = cohort.times[t] + later;
      logA[t] = Math.log(model.alpha() + time);
      logB[t] = Math.log(model.beta() + time);
    }
    double[] logs = new double[cohort.pairX.length];
    for (int pair = 0; pair < logs.length; pair++) {
      int x = cohort.counts[cohort.pairX[pair]];
      int t = cohort.pairTime[pair];
      logs[pair] = -(model.r() + x) * logA[t] - model.s() * logB[t];
    }
    return logs;
  }

  private static double[] sums(double[] logs, double[] shares, DoubleUnaryOperator log) {
    double[] sums = new double[logs.length];
    Blocks.each(
        sums.length,
        PAIRS,
        (from, to) -> {
          for (int pair = from; pair < to; pair++) {
            sums[pair] = logs[pair] + log.applyAsDouble(shares[pair]);
          }
        });
    return sums;
  }

  private double[] both(double[] lasting) {
    double[] logs = new double[cohort.groups()];
    Blocks.each(
        logs.length,
        BLOCK,
        (from, to) -> {
          for (int g = from; g < to; g++) {
            logs[g] = logBoth(lasting, g);
          }
        });
    return logs;
  }

  private double logBoth(double[] lasting, int group) {
    return Special.logSum(stopped[cohort.recencyPair[group]], lasting[cohort.agePair[group]]);
  }

  ModelTable.Answers pAlive() {
    return (from, to, p) -> {
      for (int g = from; g < to; g++) {
        p[g - from] = Math.exp(alive[cohort.agePair[g]] - both[g]);
      }
    };
  }

  ModelTable.Answers pNone(double horizon) {
    double[] share = cohort.perPair(horizon, model::sharesStopping);
    double[] lasting = sums(alive(horizon), share, rest -> Math.log1p(-rest));
    return (from, to, p) -> {
      for (int g = from; g < to; g++) {
        p[g - from] = Math.exp(logBoth(lasting, g) - both[g]);
      }
    };
  }
}
