package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Chance;
import ai.quimbi.core.stats.Reals;
import ai.quimbi.core.stats.Special;

/// [BgNbd] in which a customer may also stop right after the first purchase. Source: Batislam,
/// Denizel & Filiztekin (2007); Hoppe & Wagner (2007).
public record MbgNbd(double r, double alpha, double a, double b) implements PurchaseModel {

  public MbgNbd {
    PurchaseModel.check(Family.MBG_NBD, r, alpha, a, b);
  }

  @Override
  public Family family() {
    return Family.MBG_NBD;
  }

  @Override
  public Reals parameters() {
    return Reals.of(r, alpha, a, b);
  }

  @Override
  public double logLikelihood(int x, double recency, double age) {
    return Special.logRising(r, x)
        + r * Math.log(alpha)
        + Special.logRising(b, x + 1)
        - Special.logRising(a + b, x + 1)
        - (r + x) * Math.log(alpha + age)
        + BgNbd.log1pExp(deadOdds(x, recency, age));
  }

  @Override
  public double pAlive(int x, double recency, double age) {
    return Special.logistic(-deadOdds(x, recency, age));
  }

  private double deadOdds(int x, double recency, double age) {
    return Math.log(a / (b + x)) + (r + x) * Math.log((alpha + age) / (alpha + recency));
  }

  @Override
  public double pNone(int x, double recency, double age, double horizon) {
    return Math.exp(
        -(r + x) * Math.log1p(horizon / (alpha + age))
            + BgNbd.log1pExp(deadOdds(x, recency, age + horizon))
            - BgNbd.log1pExp(deadOdds(x, recency, age)));
  }

  private GeometricFuture future(int x, double age, double horizon) {
    return new GeometricFuture(r + x, horizon / (alpha + age), a, b + x + 1);
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
    return b / (a + b);
  }
}
