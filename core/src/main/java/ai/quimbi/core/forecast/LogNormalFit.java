package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Covariance;
import ai.quimbi.core.stats.Minimum;
import ai.quimbi.core.stats.Newton;
import ai.quimbi.core.stats.Objective;
import java.util.Arrays;

/// Fits the [LogNormalSpend] to all single values, for which each customer's number of values, the
/// sum of their logarithms and the sum of the squares of these are sufficient.
final class LogNormalFit {
  private static final double HALF_LOG_TWO_PI = 0.9189385332046728;
  private static final double CENTRE_SPREAD = 0.6;

  private final int[] n;
  private final double[] sum;
  private final double[] squares;

  private LogNormalFit(int[] n, double[] sum, double[] squares) {
    this.n = n;
    this.sum = sum;
    this.squares = squares;
  }

  /// The covariance is that of (m, ln σ, ln τ). A priori σ and τ are within a factor of 2.7 of 0.6
  /// (one standard deviation), the typical value within a factor of 20 of `typicalMinor`.
  static SpendFit.Fitted<LogNormalSpend> probable(
      int[] n, double[] logSum, double[] logSquares, double typicalMinor) {
    LogNormalFit fit = new LogNormalFit(n, logSum, logSquares);
    double centre = Math.log(typicalMinor);
    Objective objective =
        at -> {
          double penalty =
              0.5
                  * (square((at[0] - centre) / 3)
                      + square(at[1] - Math.log(CENTRE_SPREAD))
                      + square(at[2] - Math.log(CENTRE_SPREAD)));
          double value = penalty - fit.logLikelihood(at[0], Math.exp(at[1]), Math.exp(at[2]));
          return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
        };
    int values = Arrays.stream(n).sum();
    double start = values == 0 ? centre : Arrays.stream(logSum).sum() / values;
    double[] from = {start, Math.log(CENTRE_SPREAD), Math.log(CENTRE_SPREAD)};
    Minimum minimum = Newton.minimise(objective, from, 40, 1e-12);
    double[] best = minimum.point().toArray();
    LogNormalSpend model = new LogNormalSpend(best[0], Math.exp(best[1]), Math.exp(best[2]));
    int customers = (int) Arrays.stream(n).filter(count -> count > 0).count();
    return new SpendFit.Fitted<>(
        model,
        Covariance.ofHessian(minimum.hessian()),
        fit.logLikelihood(model.m(), model.sigma(), model.tau()),
        customers);
  }

  // One customer's values are normal with a common part: the determinant and the quadratic form of
  // σ²I + τ²11ᵀ, and −Σ ln v for the change from ln v to v.
  private double logLikelihood(double m, double sigma, double tau) {
    double own = sigma * sigma;
    double common = tau * tau;
    double logSigma = Math.log(sigma);
    double total = 0;
    for (int i = 0; i < n.length; i++) {
      if (n[i] == 0) {
        continue;
      }
      double spread = own + n[i] * common;
      double mean = sum[i] / n[i];
      double within = Math.max(0, squares[i] - sum[i] * mean);
      total -=
          n[i] * HALF_LOG_TWO_PI
              + (n[i] - 1) * logSigma
              + 0.5 * Math.log(spread)
              + 0.5 * (within / own + n[i] * square(mean - m) / spread)
              + sum[i];
    }
    return total;
  }

  private static double square(double x) {
    return x * x;
  }
}
