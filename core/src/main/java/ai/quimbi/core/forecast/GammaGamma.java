package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Chance;
import ai.quimbi.core.stats.Reals;
import ai.quimbi.core.stats.Special;

/// The value of a purchase ~ gamma(p, ν) with ν ~ gamma(q, γ) over customers. Source: Fader &
/// Hardie (2013), "The Gamma-Gamma Model of Monetary Value". Values are minor units.
public record GammaGamma(double p, double q, double gamma) implements SpendModel {
  static final String LABEL = "gamma-gamma";

  public GammaGamma {
    if (!(p > 0 && q > 0 && gamma > 0 && Double.isFinite(p + q + gamma))) {
      throw new IllegalArgumentException("gamma-gamma: p=" + p + " q=" + q + " gamma=" + gamma);
    }
  }

  @Override
  public String label() {
    return LABEL;
  }

  @Override
  public Reals parameters() {
    return Reals.of(p, q, gamma);
  }

  /// The log-density of a mean value `mean` over `n` purchases.
  public double logLikelihood(int n, double mean) {
    return Special.logGamma(p * n + q)
        - Special.logGamma(p * n)
        - Special.logGamma(q)
        + q * Math.log(gamma)
        + (p * n - 1) * Math.log(mean)
        + p * n * Math.log(n)
        - (p * n + q) * Math.log(gamma + n * mean);
  }

  /// The mean exists only where pn + q > 1; serving fits keep q > 1.
  @Override
  public double expected(int n, double total, double age) {
    double free = p * n + q - 1;
    if (!(free > 0)) {
      return Double.NaN;
    }
    return p * (gamma + total) / free;
  }

  @Override
  public double draw(int n, double total, double age, int purchases, Chance chance) {
    double scale = (gamma + total) / chance.gamma(p * n + q);
    return chance.gamma(p * purchases) * scale;
  }
}
