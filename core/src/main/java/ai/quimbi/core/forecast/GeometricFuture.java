package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Chance;
import ai.quimbi.core.stats.Special;

/// What is still to come from a customer who is alive, buys at a rate ~ gamma(shape, 1) per `1 /
/// ratio` of the horizon, and stops after each purchase with a probability ~ beta(a, b): the common
/// future of [BgNbd] and [MbgNbd].
record GeometricFuture(double shape, double ratio, double a, double b) {
  private static final int MAX_TERMS = 3000;

  /// The expected purchases.
  ///
  /// The published closed form (Fader, Hardie & Lee 2005, eq. 10) subtracts nearly equal numbers
  /// when `a` is near 1 or the horizon is short, and divides by `a − 1`. Written instead as the
  /// negative-binomial mean of `ψ(n)`, the purchases made before stopping out of `n` occasions,
  /// `ψ(n+1) − ψ(n) = (b)ₙ / (a+b)ₙ`, every term is positive and `a = 1` is nothing special.
  double expected() {
    double mean = shape * ratio;
    double spread = Math.sqrt(mean * (1 + ratio));
    // The negative binomial's tail falls like Zⁿ, Z = ratio / (1 + ratio).
    double terms = mean + 8 * spread + 37 * (1 + ratio);
    return terms < MAX_TERMS ? series((int) terms + 10) : quadrature();
  }

  private double series(int terms) {
    double z = ratio / (1 + ratio);
    double logStart = -shape * Math.log1p(ratio);
    // Start where the weights are representable; below that they add nothing.
    double weight = logStart > -700 ? Math.exp(logStart) : 0;
    double psi = 0;
    double stay = 1;
    double sum = 0;
    for (int n = 0; n < terms; n++) {
      sum += weight * psi;
      psi += stay;
      stay *= (b + n) / (a + b + n);
      weight =
          weight > 0
              ? weight * z * (shape + n) / (n + 1)
              : Math.exp(Nbd.logPmf(n + 1, shape, ratio));
    }
    return sum;
  }

  // E over p of (1 − (1 + p·ratio)^−shape) / p with p ~ beta(a, b), as a trapezoidal sum in
  // u, logit p = mode + width·sinh(u): the integrand dies off double-exponentially on both sides.
  private double quadrature() {
    double mode = Math.log(a / b);
    double width = Math.min(1, Math.sqrt(1 / a + 1 / b));
    double logBeta = Special.logBeta(a, b);
    double step = 1.0 / 32;
    double sum = 0;
    for (int i = -640; i <= 640; i++) {
      double u = i * step;
      double y = mode + width * Math.sinh(u);
      double logP = y > 0 ? -Math.log1p(Math.exp(-y)) : y - Math.log1p(Math.exp(y));
      double logQ = y > 0 ? -y - Math.log1p(Math.exp(-y)) : -Math.log1p(Math.exp(y));
      double density = a * logP + b * logQ - logBeta;
      if (density > -745) {
        double p = Math.exp(logP);
        double before =
            p > 1e-300 ? -Math.expm1(-shape * Math.log1p(p * ratio)) / p : shape * ratio;
        sum += Math.exp(density) * before * width * Math.cosh(u) * step;
      }
    }
    return sum;
  }

  /// The probability of exactly `n` purchases.
  double pCount(int n) {
    double goOn =
        Math.exp(
            Nbd.logPmf(n, shape, ratio) + Special.logRising(b, n) - Special.logRising(a + b, n));
    if (n == 0) {
      return goOn;
    }
    double fewer = 0;
    for (int j = 0; j < n; j++) {
      fewer += Math.exp(Nbd.logPmf(j, shape, ratio));
    }
    double stopAtN =
        a / (a + b) * Math.exp(Special.logRising(b, n - 1) - Special.logRising(a + b + 1, n - 1));
    return goOn + stopAtN * Math.max(0, 1 - fewer);
  }

  int draw(Chance chance) {
    int chances = chance.poisson(chance.gamma(shape) * ratio);
    if (chances == 0) {
      return 0;
    }
    double p = chance.beta(a, b);
    if (p >= 1) {
      return 1;
    }
    double until = p > 0 ? Math.ceil(Math.log(chance.uniform()) / Math.log1p(-p)) : chances;
    return (int) Math.min(chances, Math.max(1, until));
  }
}
