package ai.quimbi.core.stats;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Gradient boosting of small regression trees (Friedman 2001) around an offset, with Newton steps
/// in the leaves (Chen & Guestrin 2016). Values are sorted into at most [#BINS] bins per column,
/// cut at quantiles; all trees have the same depth; no chance is involved: the same rows in the
/// same order give the same trees, however many threads there are.
public final class Boosting {
  private static final int BINS = 32;

  private final Settings settings;
  private final Link link;
  private final double[] target;
  private final double[][] cuts;
  private final byte[][] bins;
  private final double[] odds;
  private final double[] slope;
  private final double[] curvature;

  /// How fast and how finely to learn: each tree's `rate`, its `depth`, the `penalty` on a leaf's
  /// square, and the least curvature (effective rows) in a leaf.
  public record Settings(
      int trees, int depth, double rate, double penalty, double leastCurvature) {}

  private Boosting(
      double[][] rows, double[] offset, double[] target, Link link, Settings settings) {
    this.settings = settings;
    this.link = link;
    this.target = target;
    int columns = rows.length == 0 ? 0 : rows[0].length;
    cuts = new double[columns][];
    bins = new byte[columns][];
    IntStream.range(0, columns).parallel().forEach(column -> sortIntoBins(rows, column));
    odds = offset.clone();
    slope = new double[rows.length];
    curvature = new double[rows.length];
  }

  public static Trees fit(
      double[][] rows, double[] offset, double[] target, Link link, Settings settings) {
    return new Boosting(rows, offset, target, link, settings).trees();
  }

  private void sortIntoBins(double[][] rows, int column) {
    double[] sorted = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      sorted[i] = rows[i][column];
    }
    double[] values = sorted.clone();
    Arrays.sort(sorted);
    double[] found = new double[BINS - 1];
    int n = 0;
    for (int k = 1; k < BINS; k++) {
      int at = (int) ((long) k * sorted.length / BINS);
      // A cut lies between two values, so that a value that hardly differs falls on the same side.
      double below = at == 0 ? sorted[0] : sorted[at - 1];
      int above = firstAbove(sorted, below);
      if (above < sorted.length) {
        double cut = (below + sorted[above]) / 2;
        if (n == 0 || cut > found[n - 1]) {
          found[n++] = cut;
        }
      }
    }
    cuts[column] = Arrays.copyOf(found, n);
    byte[] bin = new byte[values.length];
    for (int i = 0; i < bin.length; i++) {
      bin[i] = (byte) binOf(cuts[column], values[i]);
    }
    bins[column] = bin;
  }

  private static int firstAbove(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] > value) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  // The number of cuts at or below the value.
  private static int binOf(double[] cuts, double value) {
    int at = Arrays.binarySearch(cuts, value);
    return at >= 0 ? at + 1 : -at - 1;
  }

  private Trees trees() {
    int inner = (1 << settings.depth()) - 1;
    int leaves = 1 << settings.depth();
    double[] columns = new double[settings.trees() * inner];
    double[] thresholds = new double[settings.trees() * inner];
    double[] values = new double[settings.trees() * leaves];
    int[] node = new int[odds.length];
    for (int tree = 0; tree < settings.trees(); tree++) {
      derive();
      Arrays.fill(node, 0);
      for (int level = 0; level < settings.depth(); level++) {
        grow(level, node, tree * inner, columns, thresholds);
      }
      fillLeaves(node, tree * leaves, values);
    }
    return new Trees(settings.depth(), Reals.of(columns), Reals.of(thresholds), Reals.of(values));
  }

  private void derive() {
    for (int i = 0; i < odds.length; i++) {
      double mean = link.mean(odds[i]);
      slope[i] = target[i] - mean;
      curvature[i] = link.curvature(mean);
    }
  }

  /// A node's best question: which column, after which bin, and how much it gains.
  private record Split(int column, int bin, double gain) {
    static final Split NONE = new Split(-1, 0, 0);
  }

  // Splits every node of one level; nodes are numbered 0 … 2^level − 1 within it.
  private void grow(int level, int[] node, int base, double[] columns, double[] thresholds) {
    int nodes = 1 << level;
    Split[][] best = new Split[bins.length][];
    IntStream.range(0, bins.length)
        .parallel()
        .forEach(column -> best[column] = splits(column, node, nodes));
    Split[] chosen = new Split[nodes];
    Arrays.fill(chosen, Split.NONE);
    for (Split[] ofColumn : best) {
      for (int k = 0; k < nodes; k++) {
        chosen[k] = ofColumn[k].gain() > chosen[k].gain() ? ofColumn[k] : chosen[k];
      }
    }
    for (int k = 0; k < nodes; k++) {
      int at = base + nodes - 1 + k;
      columns[at] = chosen[k].column();
      thresholds[at] = chosen[k].column() < 0 ? 0 : cuts[chosen[k].column()][chosen[k].bin()];
    }
    for (int i = 0; i < node.length; i++) {
      Split split = chosen[node[i]];
      boolean isRight = split.column() >= 0 && bins[split.column()][i] > split.bin();
      node[i] = 2 * node[i] + (isRight ? 1 : 0);
    }
  }

  private Split[] splits(int column, int[] node, int nodes) {
    byte[] bin = bins[column];
    double[] slopes = new double[nodes * BINS];
    double[] curvatures = new double[nodes * BINS];
    for (int i = 0; i < bin.length; i++) {
      int at = node[i] * BINS + bin[i];
      slopes[at] += slope[i];
      curvatures[at] += curvature[i];
    }
    Split[] best = new Split[nodes];
    for (int k = 0; k < nodes; k++) {
      best[k] = split(column, slopes, curvatures, k * BINS);
    }
    return best;
  }

  private Split split(int column, double[] slopes, double[] curvatures, int from) {
    double allSlope = 0;
    double allCurvature = 0;
    for (int b = 0; b < BINS; b++) {
      allSlope += slopes[from + b];
      allCurvature += curvatures[from + b];
    }
    double whole = score(allSlope, allCurvature);
    Split best = Split.NONE;
    double leftSlope = 0;
    double leftCurvature = 0;
    for (int b = 0; b < cuts[column].length; b++) {
      leftSlope += slopes[from + b];
      leftCurvature += curvatures[from + b];
      double rightCurvature = allCurvature - leftCurvature;
      if (leftCurvature < settings.leastCurvature() || rightCurvature < settings.leastCurvature()) {
        continue;
      }
      double gain =
          score(leftSlope, leftCurvature) + score(allSlope - leftSlope, rightCurvature) - whole;
      if (gain > best.gain() + 1e-9) {
        best = new Split(column, b, gain);
      }
    }
    return best;
  }

  private double score(double slopes, double curvatures) {
    return slopes * slopes / (curvatures + settings.penalty());
  }

  private void fillLeaves(int[] node, int base, double[] values) {
    int leaves = 1 << settings.depth();
    double[] slopes = new double[leaves];
    double[] curvatures = new double[leaves];
    for (int i = 0; i < node.length; i++) {
      slopes[node[i]] += slope[i];
      curvatures[node[i]] += curvature[i];
    }
    for (int leaf = 0; leaf < leaves; leaf++) {
      values[base + leaf] =
          settings.rate() * slopes[leaf] / (curvatures[leaf] + settings.penalty());
    }
    for (int i = 0; i < node.length; i++) {
      odds[i] += values[base + node[i]];
    }
  }
}
