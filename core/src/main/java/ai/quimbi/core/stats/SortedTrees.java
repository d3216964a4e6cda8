package ai.quimbi.core.stats;

import java.util.Arrays;

/// [Trees] over many rows at once, the same sums bit for bit. Each column's distinct thresholds are
/// sorted once; a value's rank is how many of them it is at or above, and every question of every
/// tree is then a comparison of small whole numbers, which a processor makes for dozens of rows
/// together. Loops are kept in the forms that the compiler turns into such code.
///
/// Works in arrays of its own: for one thread at a time.
public final class SortedTrees {
  private static final int DEPTH = 3;
  private static final int NODES = 7;
  private static final int LEAVES = 8;
  private static final int TOGETHER = 4;

  // Ranks and places stay below 2^12, so that the upper bits of their differences are all the sign.
  private static final int MOST_THRESHOLDS = (1 << 12) - 1;
  private static final int FIRST = 0x8000;
  private static final int SECOND = 0x4000;
  private static final int THIRD = 0x2000;
  private static final int LEAF_SHIFT = 13;

  private final Trees trees;
  // By column: a number just below each threshold asked of it, ascending.
  private final double[][] below;
  // By node, tree after tree: the column asked, and the place of its threshold. After the trees
  // come some that ask nothing and add zero, up to a multiple of those added together.
  private final int[] columns;
  private final short[] places;
  private final double[] leaves;

  private final double[] signs;
  private final short[][] ranks;
  private final char[][] found;

  /// For up to so many rows at a time.
  public SortedTrees(Trees trees, int rows) {
    this.trees = trees;
    int padded = (trees.count() + TOGETHER - 1) / TOGETHER * TOGETHER;
    columns = new int[padded * NODES];
    places = new short[padded * NODES];
    leaves = Arrays.copyOf(trees.leaves().toArray(), padded * LEAVES);
    below = below(trees);
    // Where no column is asked, no rank is high enough: go left.
    Arrays.fill(places, (short) MOST_THRESHOLDS);
    for (int k = 0; trees.depth() == DEPTH && k < trees.columns().size(); k++) {
      int column = (int) trees.columns().get(k);
      if (column >= 0) {
        columns[k] = column;
        double least = Math.nextDown(trees.thresholds().get(k));
        places[k] = (short) Arrays.binarySearch(below[column], least);
      }
    }
    signs = new double[rows];
    ranks = new short[below.length][rows];
    found = new char[TOGETHER][rows];
  }

  private static double[][] below(Trees trees) {
    double[] asked = trees.columns().toArray();
    double[][] below = new double[1 + (int) Arrays.stream(asked).max().orElse(0)][];
    for (int column = 0; column < below.length; column++) {
      double[] found = new double[asked.length];
      int n = 0;
      for (int k = 0; k < asked.length; k++) {
        if (asked[k] == column) {
          found[n++] = Math.nextDown(trees.thresholds().get(k));
        }
      }
      below[column] = Arrays.stream(found, 0, n).sorted().distinct().toArray();
      if (n >= MOST_THRESHOLDS) {
        throw new IllegalArgumentException(n + " questions to one column");
      }
    }
    return below;
  }

  /// Adds to the sums of the first `n` rows, which stand in columns of finite numbers, what
  /// [Trees#at] says of each.
  public void addTo(double[] sums, double[][] rows, int n) {
    double[] grown = new double[n];
    if (trees.depth() == DEPTH) {
      grow(rows, grown, n);
    } else {
      double[] row = new double[rows.length];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < row.length; j++) {
          row[j] = rows[j][i];
        }
        grown[i] = trees.at(row);
      }
    }
    for (int i = 0; i < n; i++) {
      sums[i] += grown[i];
    }
  }

  private void grow(double[][] rows, double[] grown, int n) {
    for (int column = 0; column < below.length; column++) {
      if (below[column].length > 0) {
        rank(rows[column], below[column], ranks[column], n);
      }
    }
    for (int tree = 0; tree < leaves.length / LEAVES; tree += TOGETHER) {
      for (int k = 0; k < TOGETHER; k++) {
        find((tree + k) * NODES, found[k], n);
      }
      add(tree * LEAVES, grown, n);
    }
  }

  // A value is at or above a threshold where it is above the number just below, of which it can
  // equal one at most: of k signs that add up to s, (k + s) / 2 are positive, rounded down.
  private void rank(double[] values, double[] below, short[] ranks, int n) {
    Arrays.fill(signs, 0, n, below.length);
    for (double each : below) {
      for (int i = 0; i < n; i++) {
        signs[i] += Math.signum(values[i] - each);
      }
    }
    for (int i = 0; i < n; i++) {
      ranks[i] = (short) ((int) signs[i] >> 1);
    }
  }

  // Which leaf of a tree each row falls into, in the three upper bits. Every row is asked all seven
  // questions; `place − rank` is negative where the value is at or above the threshold, and the
  // signs of the upper answers choose among the lower ones, bit by bit.
  private void find(int node, char[] found, int n) {
    short[] a = ranks[columns[node]];
    short[] b = ranks[columns[node + 1]];
    short[] c = ranks[columns[node + 2]];
    short[] d = ranks[columns[node + 3]];
    short[] e = ranks[columns[node + 4]];
    short[] f = ranks[columns[node + 5]];
    short[] g = ranks[columns[node + 6]];
    short ofA = places[node];
    short ofB = places[node + 1];
    short ofC = places[node + 2];
    short ofD = places[node + 3];
    short ofE = places[node + 4];
    short ofF = places[node + 5];
    short ofG = places[node + 6];
    for (int i = 0; i < n; i++) {
      int first = ofA - a[i];
      int left = ofB - b[i];
      int right = ofC - c[i];
      int belowLeft = choice(ofD - d[i], ofE - e[i], left);
      int belowRight = choice(ofF - f[i], ofG - g[i], right);
      int second = choice(left, right, first);
      int third = choice(belowLeft, belowRight, first);
      found[i] = (char) ((first & FIRST) | (second & SECOND) | (third & THIRD));
    }
  }

  // The bits of `no` where those of `answer` are 0, else of `yes`.
  private static int choice(int no, int yes, int answer) {
    return no ^ ((no ^ yes) & answer);
  }

  // Four trees' leaves, one after the other.
  private void add(int leaf, double[] sums, int n) {
    // Of a length the compiler knows, so that it need not check each look-up.
    double[] values = new double[TOGETHER * LEAVES];
    System.arraycopy(leaves, leaf, values, 0, values.length);
    char[] a = found[0];
    char[] b = found[1];
    char[] c = found[2];
    char[] d = found[3];
    for (int i = 0; i < n; i++) {
      sums[i] =
          sums[i]
              + values[a[i] >>> LEAF_SHIFT]
              + values[LEAVES + (b[i] >>> LEAF_SHIFT)]
              + values[2 * LEAVES + (c[i] >>> LEAF_SHIFT)]
              + values[3 * LEAVES + (d[i] >>> LEAF_SHIFT)];
    }
  }
}
