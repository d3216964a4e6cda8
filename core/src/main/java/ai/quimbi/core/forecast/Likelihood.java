package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Special;

/// The log-likelihood of a whole cohort. Gamma terms depend on x alone, logarithms on one time
/// alone, the Pareto/NBD's ₂F₁ on (x, time): each is computed once per distinct value, so that a
/// group costs one exponential and one logarithm.
final class Likelihood {
  private Likelihood() {}

  static double of(PurchaseModel model, Cohort cohort) {
    return switch (model) {
      case Nbd m -> nbd(m, cohort);
      case BgNbd m -> geometric(cohort, m.r(), m.alpha(), m.a(), m.b(), 0);
      case MbgNbd m -> geometric(cohort, m.r(), m.alpha(), m.a(), m.b(), 1);
      case ParetoNbd m -> pareto(m, cohort);
    };
  }

  private static double nbd(Nbd m, Cohort c) {
    double[] constant = new double[c.counts.length];
    for (int i = 0; i < constant.length; i++) {
      constant[i] = Special.logRising(m.r(), c.counts[i]) + m.r() * Math.log(m.alpha());
    }
    double[] log = logTimes(c, m.alpha());
    return c.sum(g -> constant[c.xAt[g]] - (m.r() + c.counts[c.xAt[g]]) * log[c.ageAt[g]]);
  }

  // `extra` is 1 where the customer may stop after the first purchase too (MBG/NBD).
  private static double geometric(Cohort c, double r, double alpha, double a, double b, int extra) {
    int n = c.counts.length;
    double[] constant = new double[n];
    double[] stopOdds = new double[n];
    for (int i = 0; i < n; i++) {
      int x = c.counts[i];
      constant[i] =
          Special.logRising(r, x)
              + r * Math.log(alpha)
              + Special.logRising(b, x + extra)
              - Special.logRising(a + b, x + extra);
      boolean canHaveStopped = x > 0 || extra == 1;
      stopOdds[i] = canHaveStopped ? Math.log(a / (b + x - 1 + extra)) : Double.NEGATIVE_INFINITY;
    }
    double[] log = logTimes(c, alpha);
    return c.sum(
        g -> {
          int xi = c.xAt[g];
          double power = r + c.counts[xi];
          double end = log[c.ageAt[g]];
          double odds = stopOdds[xi] + power * (end - log[c.recencyAt[g]]);
          return constant[xi] - power * end + log1pExp(odds);
        });
  }

  private static double pareto(ParetoNbd m, Cohort c) {
    double[] constant = new double[c.counts.length];
    for (int i = 0; i < constant.length; i++) {
      constant[i] =
          Special.logRising(m.r(), c.counts[i])
              + m.r() * Math.log(m.alpha())
              + m.s() * Math.log(m.beta());
    }
    double[] logA = logTimes(c, m.alpha());
    double[] logB = logTimes(c, m.beta());
    double[] share = c.perPair(0, m::sharesStopping);
    double[] logStopping = new double[share.length];
    double[] logStaying = new double[share.length];
    for (int i = 0; i < share.length; i++) {
      int t = c.pairTime[i];
      double alive = -(m.r() + c.counts[c.pairX[i]]) * logA[t] - m.s() * logB[t];
      logStopping[i] = alive + Math.log(share[i]);
      logStaying[i] = alive + Math.log1p(-share[i]);
    }
    return c.sum(
        g -> constant[c.xAt[g]] + logSum(logStopping[c.recencyPair[g]], logStaying[c.agePair[g]]));
  }

  private static double logSum(double a, double b) {
    double high = Math.max(a, b);
    return high + Math.log(1 + Math.exp(Math.min(a, b) - high));
  }

  // In a sum of terms of size one or more, the absolute 1e-16 of the plain logarithm is as good as
  // log1p's relative one, at half its time.
  private static double log1pExp(double x) {
    return x > 0 ? x + Math.log(1 + Math.exp(-x)) : Math.log(1 + Math.exp(x));
  }

  private static double[] logTimes(Cohort c, double offset) {
    double[] log = new double[c.times.length];
    for (int i = 0; i < log.length; i++) {
      log[i] = Math.log(offset + c.times[i]);
    }
    return log;
  }
}
