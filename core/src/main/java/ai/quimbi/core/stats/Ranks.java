package ai.quimbi.core.stats;

/// Quantiles of sorted numbers, which one wild value cannot move.
public final class Ranks {
  private Ranks() {}

  /// The `p`-quantile of ascending values, linear between neighbours (Hyndman & Fan 1996, type 7).
  public static double quantile(double[] sorted, double p) {
    if (sorted.length == 0 || !(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("quantile " + p + " of " + sorted.length + " values");
    }
    double place = p * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
