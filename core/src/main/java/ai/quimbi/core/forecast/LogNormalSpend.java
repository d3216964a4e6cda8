package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Chance;
import ai.quimbi.core.stats.Reals;

/// The logarithm of a purchase's value ~ normal(μ, σ²) with μ ~ normal(m, τ²) over customers: for
/// shops whose values spread wider above than a gamma's. `m`, `sigma`, `tau` are for minor units.
///
/// A customer is read by the mean of values as one observation of μ: ln of a mean of n log-normals
/// lies about σ²/2 − v/2 above μ and scatters by v = (e^σ² − 1)/n (the delta method; Fenton 1960).
public record LogNormalSpend(double m, double sigma, double tau) implements SpendModel {
  static final String LABEL = "log-normal";
  private static final int DRAWN_SINGLY = 40;

  public LogNormalSpend {
    if (!(sigma > 0 && tau > 0 && Double.isFinite(m + sigma + tau))) {
      throw new IllegalArgumentException("log-normal: m=" + m + " σ=" + sigma + " τ=" + tau);
    }
  }

  @Override
  public String label() {
    return LABEL;
  }

  @Override
  public Reals parameters() {
    return Reals.of(m, sigma, tau);
  }

  /// What is known of one customer's μ.
  private record Belief(double mean, double variance) {}

  private Belief belief(int n, double total) {
    if (n == 0 || !(total > 0)) {
      return new Belief(m, tau * tau);
    }
    double scatter = Math.expm1(sigma * sigma) / n;
    double seen = Math.log(total / n) - sigma * sigma / 2 + scatter / 2;
    double variance = 1 / (1 / (tau * tau) + 1 / scatter);
    return new Belief(variance * (m / (tau * tau) + seen / scatter), variance);
  }

  @Override
  public double expected(int n, double total, double age) {
    Belief belief = belief(n, total);
    return Math.exp(belief.mean() + (belief.variance() + sigma * sigma) / 2);
  }

  @Override
  public double draw(int n, double total, double age, int purchases, Chance chance) {
    Belief belief = belief(n, total);
    double mu = belief.mean() + Math.sqrt(belief.variance()) * chance.normal();
    if (purchases > DRAWN_SINGLY) {
      // Of so many the mean is as good as normal on the logarithm.
      double scatter = Math.expm1(sigma * sigma) / purchases;
      double mean = mu + sigma * sigma / 2 - scatter / 2;
      return purchases * Math.exp(mean + Math.sqrt(scatter) * chance.normal());
    }
    double sum = 0;
    for (int i = 0; i < purchases; i++) {
      sum += Math.exp(mu + sigma * chance.normal());
    }
    return sum;
  }
}
