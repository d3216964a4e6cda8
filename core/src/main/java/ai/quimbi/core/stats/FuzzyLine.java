package ai.quimbi.core.stats;

import java.util.Arrays;

/// Fuzzy c-means on a line, with fuzzifier 3/2, where only neighbouring centres share a point.
///
/// A point between two centres at distances `a` and `b` has `b⁴ / (a⁴ + b⁴)` in the first; outside
/// the outer centres the outer one has it wholly. With every centre in play, as in the plain
/// method, a step up the line would at times raise the share of a *lower* centre.
public final class FuzzyLine {
  private static final int MOST_ROUNDS = 60;
  private static final int LAST_ROUNDS = 3;
  private static final double STILL = 1e-4;

  private FuzzyLine() {}

  /// Writes to `u` the shares of `x` among ascending `centres`; they add up to 1.
  public static void shares(double x, double[] centres, double[] u) {
    int last = centres.length - 1;
    Arrays.fill(u, 0, centres.length, 0);
    if (x <= centres[0]) {
      u[0] = 1;
    } else if (x >= centres[last]) {
      u[last] = 1;
    } else {
      int above = above(x, centres);
      u[above] = upperShare(x, centres[above - 1], centres[above]);
      u[above - 1] = 1 - u[above];
    }
  }

  private static int above(double x, double[] centres) {
    int above = 1;
    while (x > centres[above]) {
      above++;
    }
    return above;
  }

  private static double upperShare(double x, double below, double above) {
    double a = (x - below) * (x - below);
    double b = (above - x) * (above - x);
    return a * a / (a * a + b * b);
  }

  /// Fits ascending centres to points of one coordinate. They begin at `start`, stay within `low`
  /// and `high`, and at least `gap` apart: where both cannot be had, the order wins.
  public static double[] fit(
      WeightedPoints points, double[] start, double[] low, double[] high, double gap) {
    double[] centres = keepApart(start.clone(), low, high, gap);
    int rounds = MOST_ROUNDS;
    if (points.areMany()) {
      centres = improve(points.some(), centres, low, high, gap, MOST_ROUNDS);
      rounds = LAST_ROUNDS;
    }
    return improve(points, centres, low, high, gap, rounds);
  }

  private static double[] improve(
      WeightedPoints points, double[] start, double[] low, double[] high, double gap, int rounds) {
    double[] centres = start;
    double moved = 1;
    for (int round = 0; round < rounds && moved >= STILL; round++) {
      double[] now = centres;
      int k = now.length;
      long[] sums =
          WholeSums.over(
              points.size(), 2 * k, (into, from, to) -> add(points, now, into, from, to));
      double[] next = now.clone();
      for (int j = 0; j < k; j++) {
        // A centre nobody belongs to stays where it is.
        next[j] = sums[j] > 0 ? (double) sums[k + j] / (double) sums[j] : now[j];
      }
      centres = keepApart(next, low, high, gap);
      moved = 0;
      for (int j = 0; j < k; j++) {
        moved = Math.max(moved, Math.abs(centres[j] - now[j]));
      }
    }
    return centres;
  }

  private static void add(WeightedPoints points, double[] centres, long[] into, int from, int to) {
    int k = centres.length;
    double[] all = points.x();
    for (int i = from; i < to; i++) {
      double x = all[i];
      double w = points.w()[i];
      if (x <= centres[0]) {
        add(into, 0, k, w, x);
      } else if (x >= centres[k - 1]) {
        add(into, k - 1, k, w, x);
      } else {
        int above = above(x, centres);
        double share = upperShare(x, centres[above - 1], centres[above]);
        double rest = 1 - share;
        add(into, above, k, w * share * Math.sqrt(share), x);
        add(into, above - 1, k, w * rest * Math.sqrt(rest), x);
      }
    }
  }

  private static void add(long[] into, int j, int k, double weight, double x) {
    into[j] += WholeSums.whole(weight);
    into[k + j] += WholeSums.whole(weight * x);
  }

  private static double[] keepApart(double[] centres, double[] low, double[] high, double gap) {
    for (int j = 0; j < centres.length; j++) {
      centres[j] = Math.clamp(centres[j], low[j], high[j]);
      if (j > 0) {
        centres[j] = Math.max(centres[j], centres[j - 1] + gap);
      }
    }
    return centres;
  }
}
