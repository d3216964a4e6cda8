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
