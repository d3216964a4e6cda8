package ai.quimbi.core.stats;

import java.util.Arrays;

/// A sum of binary trees of one depth. Inner nodes stand level by level, tree after tree: which
/// column is asked (−1: none, go left) and whether its value is at or above the threshold (right).
public record Trees(int depth, Reals columns, Reals thresholds, Reals leaves) {
  public static final Trees NONE = new Trees(1, Reals.NONE, Reals.NONE, Reals.NONE);

  public Trees {
    int inner = (1 << depth) - 1;
    int trees = columns.size() / inner;
    if (depth < 1
        || columns.size() != trees * inner
        || thresholds.size() != columns.size()
        || leaves.size() != trees << depth
        || !leaves.areFinite()) {
      throw new IllegalArgumentException(
          "no trees of depth %d: %d nodes, %d leaves"
              .formatted(depth, columns.size(), leaves.size()));
    }
  }

  public int count() {
    return leaves.size() >> depth;
  }

  /// The sum of all trees' leaves for a row.
  public double at(double[] row) {
    double sum = 0;
    for (int tree = 0; tree < count(); tree++) {
      sum += at(tree, row);
    }
    return sum;
  }

  /// The sums of all trees' leaves for `n` rows that stand in columns, each added up as [#at] adds:
  /// tree after tree over all rows, so that a tree's nodes stay at hand.
  public double[] ofColumns(double[][] rows, int n) {
    double[] sums = new double[n];
    int inner = (1 << depth) - 1;
    double[][] asked = new double[inner][];
    double[] above = new double[inner];
    double[] leaf = leaves.toArray();
    for (int tree = 0; tree < count(); tree++) {
      for (int k = 0; k < inner; k++) {
        int column = (int) columns.get(tree * inner + k);
        asked[k] = rows[Math.max(0, column)];
        // Nothing is at or above NaN: where no column is asked, go left.
        above[k] = column < 0 ? Double.NaN : thresholds.get(tree * inner + k);
      }
      if (depth == 3) {
        addOfDepthThree(asked, above, leaf, tree << depth, sums, n);
      } else {
        addOfAnyDepth(asked, above, leaf, tree << depth, sums, n);
      }
    }
    return sums;
  }

  private void addOfAnyDepth(
      double[][] asked, double[] above, double[] leaf, int base, double[] sums, int n) {
    for (int i = 0; i < n; i++) {
      int node = 0;
      for (int level = 0; level < depth; level++) {
        int at = (1 << level) - 1 + node;
        node = 2 * node + (asked[at][i] >= above[at] ? 1 : 0);
      }
      sums[i] += leaf[base + node];
    }
  }

  // The same without a loop over levels: all seven questions are asked, none waits for another, and
  // the processor need not guess. Most of scoring a shop is this loop.
  private static void addOfDepthThree(
      double[][] asked, double[] above, double[] leaf, int base, double[] sums, int n) {
    double[] a = asked[0];
    double[] b = asked[1];
    double[] c = asked[2];
    double[] d = asked[3];
    double[] e = asked[4];
    double[] f = asked[5];
    double[] g = asked[6];
    double fromA = above[0];
    double fromB = above[1];
    double fromC = above[2];
    double fromD = above[3];
    double fromE = above[4];
    double fromF = above[5];
    double fromG = above[6];
    for (int i = 0; i < n; i++) {
      int first = a[i] >= fromA ? 1 : 0;
      int left = b[i] >= fromB ? 1 : 0;
      int right = c[i] >= fromC ? 1 : 0;
      int third =
          (d[i] >= fromD ? 1 : 0)
              | (e[i] >= fromE ? 2 : 0)
              | (f[i] >= fromF ? 4 : 0)
              | (g[i] >= fromG ? 8 : 0);
      int second = 2 * first + ((left & (1 - first)) | (right & first));
      sums[i] += leaf[base + 2 * second + ((third >> second) & 1)];
    }
  }

  /// One tree's leaf for a row.
  public double at(int tree, double[] row) {
    int base = tree * ((1 << depth) - 1);
    int node = 0;
    for (int level = 0; level < depth; level++) {
      int at = base + (1 << level) - 1 + node;
      int column = (int) columns.get(at);
      node = 2 * node + (column >= 0 && row[column] >= thresholds.get(at) ? 1 : 0);
    }
    return leaves.get((tree << depth) + node);
  }

  /// The first `trees` of them.
  public Trees first(int trees) {
    if (trees >= count()) {
      return this;
    }
    int inner = (1 << depth) - 1;
    return new Trees(
        depth,
        head(columns, trees * inner),
        head(thresholds, trees * inner),
        head(leaves, trees << depth));
  }

  private static Reals head(Reals values, int count) {
    return Reals.of(Arrays.copyOf(values.toArray(), count));
  }
}
