package ai.quimbi.core.stats;

/// Fuzzy c-means with fuzzifier 3/2 (Bezdek 1981) around centres that may move only inside a box
/// each.
///
/// The share of a point in a centre at distance `d` is `∝ 1 / d⁴`; a centre is the mean of the
/// points weighted by `w u^{3/2}`.
public final class FuzzyMeans {
  private static final int MOST_ROUNDS = 60;
  private static final int LAST_ROUNDS = 3;
  private static final double STILL = 1e-4;
  // Keeps the share of a point that lies on a centre finite.
  private static final double TINY = 1e-12;

  private FuzzyMeans() {}

  /// Writes to `u` the shares of the point `x[from..]` among the centres, which follow one another
  /// in `centres`; a difference is measured in units of `spread`. They add up to 1 up to rounding.
  public static void shares(double[] x, int from, double[] centres, double[] spread, double[] u) {
    int d = spread.length;
    int k = centres.length / d;
    double sum = 0;
    for (int j = 0; j < k; j++) {
      double squared = 0;
      for (int i = 0; i < d; i++) {
        double off = (x[from + i] - centres[j * d + i]) / spread[i];
        squared += off * off;
      }
      u[j] = 1 / (squared * squared + TINY);
      sum += u[j];
    }
    for (int j = 0; j < k; j++) {
      u[j] /= sum;
    }
  }

  /// Fits centres to points. They begin at `start` and stay within `low` and `high`, coordinate by
  /// coordinate.
  public static double[] fit(
      WeightedPoints points, double[] start, double[] low, double[] high, double[] spread) {
    double[] centres = start;
    int rounds = MOST_ROUNDS;
    if (points.areMany()) {
      centres = improve(points.some(), centres, low, high, spread, MOST_ROUNDS);
      rounds = LAST_ROUNDS;
    }
    return improve(points, centres, low, high, spread, rounds);
  }

  private static double[] improve(
      WeightedPoints points,
      double[] start,
      double[] low,
      double[] high,
      double[] spread,
      int rounds) {
    int d = spread.length;
    int k = start.length / d;
    double[] centres = start;
    double moved = 1;
    for (int round = 0; round < rounds && moved >= STILL; round++) {
      double[] now = centres;
      long[] sums =
          WholeSums.over(
              points.size(),
              k * (d + 1),
              (into, from, to) -> add(points, now, spread, into, from, to));
      double[] next = now.clone();
      moved = 0;
      for (int i = 0; i < next.length; i++) {
        // A centre nobody belongs to stays where it is.
        if (sums[i / d] > 0) {
          double mean = (double) sums[k + i] / (double) sums[i / d];
          next[i] = Math.clamp(mean, low[i], high[i]);
        }
        moved = Math.max(moved, Math.abs(next[i] - now[i]));
      }
      centres = next;
    }
    return centres;
  }

  private static void add(
      WeightedPoints points, double[] centres, double[] spread, long[] into, int from, int to) {
    int d = spread.length;
    int k = centres.length / d;
    double[] x = points.x();
    double[] u = new double[k];
    for (int i = from; i < to; i++) {
      double w = points.w()[i];
      if (w > 0) {
        shares(x, i * d, centres, spread, u);
        for (int j = 0; j < k; j++) {
          double weight = w * u[j] * Math.sqrt(u[j]);
          into[j] += WholeSums.whole(weight);
          for (int c = 0; c < d; c++) {
            into[k + j * d + c] += WholeSums.whole(weight * x[i * d + c]);
          }
        }
      }
    }
  }
}
