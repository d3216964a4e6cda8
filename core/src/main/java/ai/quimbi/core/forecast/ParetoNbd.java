package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Chance;
import ai.quimbi.core.stats.Quadrature;
import ai.quimbi.core.stats.Reals;
import ai.quimbi.core.stats.Special;

/// Poisson purchases at a rate ~ gamma(r, α) during an exponential lifetime of rate ~ gamma(s, β).
/// Source: Schmittlein, Morrison & Colombo (1987); notation of Fader & Hardie (2005), "A Note on
/// Deriving the Pareto/NBD Model".
public record ParetoNbd(double r, double alpha, double s, double beta) implements PurchaseModel {

  public ParetoNbd {
    PurchaseModel.check(Family.PARETO_NBD, r, alpha, s, beta);
  }

  @Override
  public Family family() {
    return Family.PARETO_NBD;
  }

  @Override
  public Reals parameters() {
    return Reals.of(r, alpha, s, beta);
  }

  @Override
  public double logLikelihood(int x, double recency, double age) {
    return Special.logRising(r, x)
        + r * Math.log(alpha)
        + s * Math.log(beta)
        + logBoth(x, recency, age);
  }

  @Override
  public double pAlive(int x, double recency, double age) {
    return survival(x, recency, age).pAlive();
  }

  @Override
  public double pNone(int x, double recency, double age, double horizon) {
    return survival(x, recency, age).pNone(horizon);
  }

  @Override
  public Survival survival(int x, double recency, double age) {
    double stopped = logStoppedAfter(x, recency);
    double now = Special.logSum(stopped, logLasting(x, age));
    return new Survival() {
      @Override
      public double pAlive() {
        return Math.exp(logAlive(x, age) - now);
      }

      @Override
      public double pNone(double horizon) {
        return Math.exp(Special.logSum(stopped, logLasting(x, age + horizon)) - now);
      }
    };
  }

  // ln of (α+T)^−(r+x) (β+T)^−s: alive to the end.
  double logAlive(int x, double age) {
    return -(r + x) * Math.log(alpha + age) - s * Math.log(beta + age);
  }

  // ln of "alive to the end, or stopped somewhere in (t_x, T]". The published A₀ subtracts two
  // ₂F₁ that nearly cancel. Here the part stopped after T is taken from the part alive at T, of
  // which it is the share `stoppedLater`, so that two positive numbers are added.
  private double logBoth(int x, double recency, double age) {
    return Special.logSum(logStoppedAfter(x, recency), logLasting(x, age));
  }

  /// ln of the part that is alive at T and stays so, or stops after T: what [#logAlive] has left
  /// once the share `stoppedLater` is taken from it.
  double logLasting(int x, double age) {
    return logAlive(x, age) + Math.log1p(-shareStopping(x, age));
  }

  /// ln of `s ∫ (α+y)^−(r+x) (β+y)^−(s+1) dy` over `y > t`.
  double logStoppedAfter(int x, double t) {
    return logAlive(x, t) + Math.log(shareStopping(x, t));
  }

  /// That integral as a share of `(α+t)^−(r+x) (β+t)^−s`; between 0 and 1. Euler's transformation
  /// brings both cases to a ₂F₁(1, ·; ·; z) with z in [0, 1).
  double shareStopping(int x, double t) {
    double c = r + s + x + 1;
    if (alpha >= beta) {
      double z = (alpha - beta) / (alpha + t);
      return s / (r + s + x) * Special.hypergeometricOne(r + x, c, z);
    }
    double z = (beta - alpha) / (beta + t);
    return s / (r + s + x) * Special.hypergeometricOne(s + 1, c, z) * ((alpha + t) / (beta + t));
  }

  /// [#shareStopping] at many times, ascending.
  double[] sharesStopping(int x, double[] times) {
    double c = r + s + x + 1;
    boolean isSlow = alpha >= beta;
    double[] z = new double[times.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = isSlow ? (alpha - beta) / (alpha + times[i]) : (beta - alpha) / (beta + times[i]);
    }
    double[] shares = Special.hypergeometricOne(isSlow ? r + x : s + 1, c, z);
    for (int i = 0; i < z.length; i++) {
      double share = s / (r + s + x) * shares[i];
      shares[i] = isSlow ? share : share * ((alpha + times[i]) / (beta + times[i]));
    }
    return shares;
  }

  @Override
  public double expectedIfAlive(int x, double age, double horizon) {
    double logQ = -Math.log1p(horizon / (beta + age));
    return (r + x) * (beta + age) / (alpha + age) * Special.powerRatio(logQ, s - 1);
  }

  @Override
  public double pCountIfAlive(int n, int x, double age, double horizon) {
    double from = beta + age;
    double lasting =
        Math.exp(Nbd.logPmf(n, r + x, horizon / (alpha + age)) - s * Math.log1p(horizon / from));
    // The lifetime ends at y: `s (β+T)^s (β+T+y)^−(s+1)`.
    double ending =
        Quadrature.gauss(
            0,
            horizon,
            24,
            y ->
                y <= 0
                    ? 0
                    : Math.exp(
                        Nbd.logPmf(n, r + x, y / (alpha + age))
                            + Math.log(s / from)
                            - (s + 1) * Math.log1p(y / from)));
    return lasting + ending;
  }

  @Override
  public int drawIfAlive(int x, double age, double horizon, Chance chance) {
    double end = chance.exponential() * (beta + age) / chance.gamma(s);
    double rate = chance.gamma(r + x) / (alpha + age);
    return chance.poisson(rate * Math.min(horizon, end));
  }

  @Override
  public double pAliveNew() {
    return 1;
  }
}
