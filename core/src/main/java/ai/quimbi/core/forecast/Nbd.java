package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Chance;
import ai.quimbi.core.stats.Reals;
import ai.quimbi.core.stats.Special;

/// Poisson purchases whose rate differs between customers by a gamma(r, α); nobody ever stops.
/// Source: Ehrenberg (1959). The limit of the other models without dropout.
public record Nbd(double r, double alpha) implements PurchaseModel {

  public Nbd {
    PurchaseModel.check(Family.NBD, r, alpha);
  }

  @Override
  public Family family() {
    return Family.NBD;
  }

  @Override
  public Reals parameters() {
    return Reals.of(r, alpha);
  }

  @Override
  public double logLikelihood(int x, double recency, double age) {
    return Special.logRising(r, x) + r * Math.log(alpha) - (r + x) * Math.log(alpha + age);
  }

  @Override
  public double pAlive(int x, double recency, double age) {
    return 1;
  }

  @Override
  public double pNone(int x, double recency, double age, double horizon) {
    return Math.exp(-(r + x) * Math.log1p(horizon / (alpha + age)));
  }

  @Override
  public double expectedIfAlive(int x, double age, double horizon) {
    return (r + x) * horizon / (alpha + age);
  }

  @Override
  public double pCountIfAlive(int n, int x, double age, double horizon) {
    return Math.exp(logPmf(n, r + x, horizon / (alpha + age)));
  }

  @Override
  public int drawIfAlive(int x, double age, double horizon, Chance chance) {
    return chance.poisson(chance.gamma(r + x) / (alpha + age) * horizon);
  }

  @Override
  public double pAliveNew() {
    return 1;
  }

  /// ln P(N = n) of a Poisson with rate `gamma(shape, 1)` over `ratio` units of time.
  static double logPmf(int n, double shape, double ratio) {
    double base = -(shape + n) * Math.log1p(ratio);
    if (n == 0) {
      return base;
    }
    return base + Special.logRising(shape, n) - Special.logGamma(n + 1.0) + n * Math.log(ratio);
  }
}
