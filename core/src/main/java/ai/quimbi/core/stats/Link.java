package ai.quimbi.core.stats;

/// How a linear predictor tells what is expected.
public enum Link {
  /// The logarithm of the odds of a yes (target 1) against a no (0).
  LOGISTIC,
  /// The logarithm of a mean count.
  POISSON;

  private static final double LARGEST = 20;
  private static final double SMALLEST_CURVATURE = 1e-9;

  public double mean(double z) {
    return this == LOGISTIC ? Special.logistic(z) : Math.exp(Math.min(z, LARGEST));
  }

  /// The second derivative of the loss, from the mean.
  double curvature(double mean) {
    return Math.max(SMALLEST_CURVATURE, this == LOGISTIC ? mean * (1 - mean) : mean);
  }

  /// Minus the log-likelihood, up to what depends on the target alone.
  public double loss(double z, double target) {
    return this == LOGISTIC ? Special.logSum(0, z) - target * z : mean(z) - target * z;
  }
}
