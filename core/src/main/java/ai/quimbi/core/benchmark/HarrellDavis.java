package ai.quimbi.core.benchmark;

import org.apache.commons.numbers.gamma.RegularizedBeta;

/// Harrell & Davis (1982), "A new distribution-free quantile estimator": a quantile as a weighted
/// mean of all order statistics, so that no single company's figure is the answer.
public final class HarrellDavis {
  private HarrellDavis() {}

  /// What each of `n` order statistics weighs in the quantile `q`; they sum to one.
  public static double[] weights(int n, double q) {
    if (n < 1 || !(q > 0 && q < 1)) {
      throw new IllegalArgumentException("no quantile " + q + " of " + n);
    }
    double a = (n + 1) * q;
    double b = (n + 1) * (1 - q);
    double[] weights = new double[n];
    double below = 0;
    for (int i = 0; i < n; i++) {
      double upTo = i == n - 1 ? 1 : RegularizedBeta.value((i + 1.0) / n, a, b);
      weights[i] = upTo - below;
      below = upTo;
    }
    return weights;
  }

  public static double quantile(double[] sorted, double q) {
    double[] weights = weights(sorted.length, q);
    double sum = 0;
    for (int i = 0; i < sorted.length; i++) {
      sum += weights[i] * sorted[i];
    }
    return sum;
  }
}
