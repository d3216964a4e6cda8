package ai.quimbi.core.stats;

import java.util.Arrays;

/// How well groups stand apart.
public final class Silhouette {
  private Silhouette() {}

  /// The mean silhouette (Rousseeuw 1987) of points of `d` coordinates each, by Euclidean distance:
  /// 1 far apart, 0 touching, below 0 mixed. A point alone in its group counts 0. NaN where there
  /// are fewer than two groups. Takes time by the square of the points: give it a sample.
  public static double mean(double[] points, int d, int[] groups, int count) {
    int n = groups.length;
    int[] sizes = new int[count];
    int used = 0;
    for (int group : groups) {
      used += sizes[group]++ == 0 ? 1 : 0;
    }
    if (used < 2) {
      return Double.NaN;
    }
    double total = 0;
    double[] sums = new double[count];
    for (int i = 0; i < n; i++) {
      Arrays.fill(sums, 0);
      for (int j = 0; j < n; j++) {
        sums[groups[j]] += distance(points, i * d, j * d, d);
      }
      total += one(sums, sizes, groups[i]);
    }
    return total / n;
  }

  private static double one(double[] sums, int[] sizes, int own) {
    if (sizes[own] == 1) {
      return 0;
    }
    double inside = sums[own] / (sizes[own] - 1);
    double nearest = Double.POSITIVE_INFINITY;
    for (int g = 0; g < sizes.length; g++) {
      if (g != own && sizes[g] > 0) {
        nearest = Math.min(nearest, sums[g] / sizes[g]);
      }
    }
    double larger = Math.max(inside, nearest);
    return larger > 0 ? (nearest - inside) / larger : 0;
  }

  private static double distance(double[] points, int i, int j, int d) {
    double squared = 0;
    for (int k = 0; k < d; k++) {
      double off = points[i + k] - points[j + k];
      squared += off * off;
    }
    return Math.sqrt(squared);
  }
}
