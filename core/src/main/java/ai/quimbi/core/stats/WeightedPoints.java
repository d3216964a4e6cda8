package ai.quimbi.core.stats;

import java.util.Arrays;

/// Points of `d` coordinates each, with a weight in [0, 1].
///
/// Where there are many, [#some] gives about [#SOME] of them, chosen by what they are and not by
/// where they stand, so that the order of the points does not matter.
public final class WeightedPoints {
  static final int SOME = 65_536;

  private final double[] x;
  private final double[] w;
  private final int d;

  /// Keeps the arrays it is given: one coordinate after the other, point after point, and a weight
  /// each.
  public WeightedPoints(double[] x, double[] w, int d) {
    this.x = x;
    this.w = w;
    this.d = d;
    if (x.length != w.length * d) {
      throw new IllegalArgumentException(
          w.length + " weights for " + x.length + " coordinates by " + d);
    }
  }

  /// All coordinates, to be read only.
  public double[] x() {
    return x;
  }

  double[] w() {
    return w;
  }

  int size() {
    return w.length;
  }

  /// The sum of all weights, the same in any order: each counts in whole millionths.
  public double weight() {
    long total = 0;
    for (double weight : w) {
      total += (long) (weight * 1e6);
    }
    return total / 1e6;
  }

  boolean areMany() {
    return size() > 2 * SOME;
  }

  WeightedPoints some() {
    long share = Long.divideUnsigned(-1L, (size() + SOME - 1) / SOME);
    double[] places = new double[x.length];
    double[] weights = new double[w.length];
    int n = 0;
    for (int i = 0; i < w.length; i++) {
      if (Long.compareUnsigned(mix(i), share) <= 0) {
        System.arraycopy(x, i * d, places, n * d, d);
        weights[n++] = w[i];
      }
    }
    return new WeightedPoints(Arrays.copyOf(places, n * d), Arrays.copyOf(weights, n), d);
  }

  // The finisher of SplitMix64 over all bits of the point.
  private long mix(int i) {
    long bits = Double.doubleToLongBits(w[i]);
    for (int k = 0; k < d; k++) {
      bits = finish(bits ^ Double.doubleToLongBits(x[i * d + k])) + 0x9e3779b97f4a7c15L;
    }
    return finish(bits);
  }

  private static long finish(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
