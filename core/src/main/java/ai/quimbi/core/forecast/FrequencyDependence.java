package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Special;

/// How what purchases are worth goes with how often one buys: a customer who buys at rate λ pays
/// (λ / e^centre)^slope times what the spend model says, which takes the slope for zero.
///
/// Nobody's rate is known. After x repeat purchases in the time T since the first it is
/// gamma(r + x, α + T), and the logarithm of a rate is read as its mean there. Whoever buys again
/// is likelier one of the frequent: of purchases to come, the rate is gamma(r + x + 1, α + T).
///
/// Rates are per day, α and T days, the slope has no unit. Throws where a number is not finite, or
/// the error, r or α not positive.
public record FrequencyDependence(
    double slope, double standardError, double r, double alpha, double centre) {
  private static final double SURE_ERRORS = 2;

  public FrequencyDependence {
    if (!(standardError > 0 && r > 0 && alpha > 0)
        || !Double.isFinite(slope + standardError + r + alpha + centre)) {
      throw new IllegalArgumentException(
          "slope " + slope + " ± " + standardError + ", rates gamma(" + r + ", " + alpha + ")");
    }
  }

  /// Weighted least squares of customers' mean logarithm of value on the logarithm of their rate,
  /// weighted by how far such a mean is known. Of the logarithm of the mean value this would say
  /// too much: it rises with the number of values by itself. That rates are read with an error
  /// does not flatten the slope, since what is read is their expectation (Berkson 1950).
  ///
  /// Zero, with an error of one, where all have bought alike.
  static FrequencyDependence of(Origin at, PurchaseModel purchases, LogNormalSpend spread) {
    double r = purchases.parameters().get(0);
    double alpha = purchases.parameters().get(1);
    double own = spread.sigma() * spread.sigma();
    double common = spread.tau() * spread.tau();
    PaidValues paid = at.paid;
    double weights = 0;
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    for (int i = 0; i < at.size(); i++) {
      int n = paid.n[i];
      if (n > 0) {
        double weight = 1 / (common + own / n);
        double x = logRate(r + at.x[i], alpha + at.age[i]);
        double y = paid.logSum[i] / n;
        weights += weight;
        sumX += weight * x;
        sumY += weight * y;
        sumXx += weight * x * x;
        sumXy += weight * x * y;
      }
    }
    double centre = weights == 0 ? 0 : sumX / weights;
    double squares = weights == 0 ? 0 : sumXx - sumX * centre;
    return squares < 1e-9
        ? new FrequencyDependence(0, 1, r, alpha, centre)
        : new FrequencyDependence(
            (sumXy - centre * sumY) / squares, 1 / Math.sqrt(squares), r, alpha, centre);
  }

  private static double logRate(double shape, double time) {
    return Special.digamma(shape) - Math.log(time);
  }

  boolean isSure() {
    return Math.abs(slope) > SURE_ERRORS * standardError;
  }

  /// ln of the factor in the values of purchases that were seen, after `x` repeat ones.
  double logSeen(int x, double age) {
    return slope * (logRate(r + x, alpha + age) - centre);
  }

  double seen(int x, double age) {
    return Math.exp(logSeen(x, age));
  }

  /// The factor in the values of those to come.
  double toCome(int x, double age) {
    return Math.exp(slope * (logRate(r + x + 1, alpha + age) - centre));
  }
}
