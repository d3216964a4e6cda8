package ai.quimbi.core.behaviour;

import ai.quimbi.core.stats.Ranks;
import java.util.Arrays;

/// How far a tenant's own customers may move the segments, so that a name keeps its meaning.
final class Bounds {
  // A prototype stays within this many spreads of its published place.
  private static final double REACH = 0.5;

  private Bounds() {}

  /// Start, lowest and highest places of an ordered axis's centres, ascending; `x` are the
  /// customers' places and `pinned` the published ones.
  ///
  /// Spend is relative: its centres live in windows of the tenant's own ranks. All other axes are
  /// absolute: someone who returns half of what they buy is a frequent returner in any shop; a
  /// centre may move 45 % of the way to its published neighbour, and at the ends as far outwards.
  static double[][] line(Axis axis, double[] x, double[] pinned) {
    if (axis == Axis.PURCHASE_VALUE) {
      double[] sorted = x.clone();
      Arrays.parallelSort(sorted);
      // Ascending in the mirrored coordinate: the highest spend comes first.
      return new double[][] {
        ranks(sorted, 0.03, 0.18, 0.48, 0.80),
        ranks(sorted, 0.005, 0.05, 0.25, 0.55),
        ranks(sorted, 0.10, 0.35, 0.70, 0.97)
      };
    }
    int k = pinned.length;
    double[] low = new double[k];
    double[] high = new double[k];
    for (int j = 0; j < k; j++) {
      double below = j > 0 ? pinned[j] - pinned[j - 1] : pinned[1] - pinned[0];
      double above = j < k - 1 ? pinned[j + 1] - pinned[j] : pinned[k - 1] - pinned[k - 2];
      low[j] = pinned[j] - 0.45 * below;
      high[j] = pinned[j] + 0.45 * above;
    }
    return new double[][] {pinned, low, high};
  }

  private static double[] ranks(double[] sorted, double... p) {
    return Arrays.stream(p).map(rank -> Ranks.quantile(sorted, rank)).toArray();
  }

  /// The least distance between two neighbouring centres, in the axis's coordinate.
  static double gap(Axis axis) {
    return switch (axis) {
      // A factor of about 1.2 in spend, tenure or rate.
      case PURCHASE_VALUE, SHOPPING_MATURITY, PURCHASE_FREQUENCY -> 0.2;
      default -> 0.05;
    };
  }

  static double[] around(double[] published, double[] spread, int side) {
    double[] bound = new double[published.length];
    for (int i = 0; i < bound.length; i++) {
      bound[i] = published[i] + side * REACH * spread[i % spread.length];
    }
    return bound;
  }
}
