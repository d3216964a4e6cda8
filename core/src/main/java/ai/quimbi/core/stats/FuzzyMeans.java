package ai.quimbi.core.stats;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Fuzzy c-means with fuzzifier 3/2 (Bezdek 1981), with centres that may move only inside a box
/// each.
///
/// The share of a point in a centre at distance `d` is `∝ 1 / d⁴`; a centre is the mean of the
/// points weighted by `w u^{3/2}`. Sums are made chunk by chunk and the chunks are added in order,
/// so the number of threads does not change a bit of the result.
public final class FuzzyMeans {
  private static final int CHUNK = 16_384;
  private static final int MOST_ROUNDS = 60;
  private static final double STILL = 1e-6;
  // Keeps the share of a point that lies on a centre finite.
  private static final double TINY = 1e-12;

  private FuzzyMeans() {}

  /// Writes to `u` the shares of `x` among ascending `centres`: the two neighbours share it, and
  /// outside the outer centres the outer one has all. With every centre in play a step up the line
  /// would at times raise the share of a lower one.
  public static void lineShares(double x, double[] centres, double[] u) {
    int last = centres.length - 1;
    Arrays.fill(u, 0, centres.length, 0);
    if (x <= centres[0]) {
      u[0] = 1;
      return;
    }
    if (x >= centres[last]) {
      u[last] = 1;
      return;
    }
    int above = above(x, centres);
    double share = upperShare(x, centres[above - 1], centres[above]);
    u[above] = share;
    u[above - 1] = 1 - share;
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

  /// Writes to `u` the shares of the point `x[from..]` among the centres, which follow one another
  /// in `centres`; a difference is measured in units of `spread`.
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

  /// Fits ascending centres to weighted points on a line. They begin at `start`, stay within `low`
  /// and `high`, and at least `gap` apart: where both cannot be had, the order wins.
  public static double[] fitLine(
      double[] x, double[] w, double[] start, double[] low, double[] high, double gap) {
    double[] centres = keepApart(start.clone(), low, high, gap);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double[] now = centres;
      int k = now.length;
      double[] sums = sum(x.length, 2 * k, (from, to, into) -> lineSums(x, w, now, from, to, into));
      double[] next = keepApart(means(sums, now, k, 1), low, high, gap);
      centres = next;
      if (moved(now, next) < STILL) {
        break;
      }
    }
    return centres;
  }

  private static void lineSums(
      double[] x, double[] w, double[] centres, int from, int to, double[] into) {
    int k = centres.length;
    for (int i = from; i < to; i++) {
      if (w[i] <= 0) {
        continue;
      }
      if (x[i] <= centres[0]) {
        add(into, 0, k, w[i], x[i]);
      } else if (x[i] >= centres[k - 1]) {
        add(into, k - 1, k, w[i], x[i]);
      } else {
        int above = above(x[i], centres);
        double share = upperShare(x[i], centres[above - 1], centres[above]);
        add(into, above, k, w[i] * share * Math.sqrt(share), x[i]);
        double rest = 1 - share;
        add(into, above - 1, k, w[i] * rest * Math.sqrt(rest), x[i]);
      }
    }
  }

  private static void add(double[] into, int j, int k, double weight, double x) {
    into[j] += weight;
    into[k + j] += weight * x;
  }

  /// Fits centres to weighted points of `spread.length` coordinates each. They begin at `start` and
  /// stay within `low` and `high`, coordinate by coordinate.
  public static double[] fit(
      double[] x, double[] w, double[] start, double[] low, double[] high, double[] spread) {
    int d = spread.length;
    int k = start.length / d;
    double[] centres = start.clone();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double[] now = centres;
      double[] sums =
          sum(w.length, k * (d + 1), (from, to, into) -> sums(x, w, now, spread, from, to, into));
      double[] next = means(sums, now, k, d);
      for (int i = 0; i < next.length; i++) {
        next[i] = Math.clamp(next[i], low[i], high[i]);
      }
      centres = next;
      if (moved(now, next) < STILL) {
        break;
      }
    }
    return centres;
  }

  private static void sums(
      double[] x, double[] w, double[] centres, double[] spread, int from, int to, double[] into) {
    int d = spread.length;
    int k = centres.length / d;
    double[] u = new double[k];
    for (int i = from; i < to; i++) {
      if (w[i] <= 0) {
        continue;
      }
      shares(x, i * d, centres, spread, u);
      for (int j = 0; j < k; j++) {
        double weight = w[i] * u[j] * Math.sqrt(u[j]);
        into[j] += weight;
        for (int c = 0; c < d; c++) {
          into[k + j * d + c] += weight * x[i * d + c];
        }
      }
    }
  }

  // A centre nobody belongs to stays where it is.
  private static double[] means(double[] sums, double[] now, int k, int d) {
    double[] next = now.clone();
    for (int j = 0; j < k; j++) {
      if (sums[j] > 0) {
        for (int c = 0; c < d; c++) {
          next[j * d + c] = sums[k + j * d + c] / sums[j];
        }
      }
    }
    return next;
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

  private static double moved(double[] before, double[] after) {
    double most = 0;
    for (int i = 0; i < before.length; i++) {
      most = Math.max(most, Math.abs(after[i] - before[i]));
    }
    return most;
  }

  private interface Sum {
    void over(int from, int to, double[] into);
  }

  private static double[] sum(int n, int width, Sum sum) {
    int chunks = (n + CHUNK - 1) / CHUNK;
    double[][] parts =
        IntStream.range(0, chunks)
            .parallel()
            .mapToObj(
                chunk -> {
                  double[] into = new double[width];
                  sum.over(chunk * CHUNK, Math.min(n, (chunk + 1) * CHUNK), into);
                  return into;
                })
            .toArray(double[][]::new);
    double[] whole = new double[width];
    for (double[] part : parts) {
      for (int i = 0; i < width; i++) {
        whole[i] += part[i];
      }
    }
    return whole;
  }
}
