package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Chance;
import ai.quimbi.core.stats.Reals;
import ai.quimbi.core.stats.Special;

/// Poisson purchases at a rate ~ gamma(r, α); after each *repeat* purchase the customer stops with
/// a probability ~ beta(a, b). Source: Fader, Hardie & Lee (2005), "Counting Your Customers the
/// Easy Way", Marketing Science 24(2). A customer without repeat purchases is alive by
/// construction.
public record BgNbd(double r, double alpha, double a, double b) implements PurchaseModel {

  public BgNbd {
    PurchaseModel.check(Family.BG_NBD, r, alpha, a, b);
  }

  @Override
  public Family family() {
    return Family.BG_NBD;
  }

  @Override
  public Reals parameters() {
    return Reals.of(r, alpha, a, b);
  }

  @Override
  public double logLikelihood(int x, double recency, double age) {
    return Special.logRising(r, x)
        + r * Math.log(alpha)
        + Special.logRising(b, x)
        - Special.logRising(a + b, x)
        - (r + x) * Math.log(alpha + age)
        + log1pExp(deadOdds(x, recency, age));
  }

  @Override
  public double pAlive(int x, double recency, double age) {
    return Special.logistic(-deadOdds(x, recency, age));
  }

  // ln(P(stopped) / P(alive)); the second branch of eq. 6 over the first.
  private double deadOdds(int x, double recency, double age) {
    if (x == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return Math.log(a / (b + x - 1)) + (r + x) * Math.log((alpha + age) / (alpha + recency));
  }

  @Override
  public double pNone(int x, double recency, double age, double horizon) {
    return Math.exp(
        -(r + x) * Math.log1p(horizon / (alpha + age))
            + log1pExp(deadOdds(x, recency, age + horizon))
            - log1pExp(deadOdds(x, recency, age)));
  }

  private GeometricFuture future(int x, double age, double horizon) {
    return new GeometricFuture(r + x, horizon / (alpha + age), a, b + x);
  }

  @Override
  public double expectedIfAlive(int x, double age, double horizon) {
    return future(x, age, horizon).expected();
  }

  @Override
  public double pCountIfAlive(int n, int x, double age, double horizon) {
    return future(x, age, horizon).pCount(n);
  }

  @Override
  public int drawIfAlive(int x, double age, double horizon, Chance chance) {
    return future(x, age, horizon).draw(chance);
  }

  @Override
  public double pAliveNew() {
    return 1;
  }

  /// ln(1 + eˣ), where eˣ alone may overflow.
  static double log1pExp(double x) {
    return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
  }
}
