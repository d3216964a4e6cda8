package ai.quimbi.core.stats;

/// How far two ways of sorting the same things into groups agree.
public final class Agreement {
  private Agreement() {}

  /// The adjusted Rand index (Hubert & Arabie 1985): 1 where the groups are the same up to their
  /// names, about 0 where they agree as chance would. Groups are numbered from 0. Two sortings that
  /// each put everything into one group agree fully.
  public static double adjustedRand(int[] a, int[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(a.length + " things in one sorting, " + b.length);
    }
    int width = groups(b);
    long[] cells = new long[Math.multiplyExact(groups(a), width)];
    long[] rows = new long[groups(a)];
    long[] columns = new long[width];
    for (int i = 0; i < a.length; i++) {
      cells[a[i] * width + b[i]]++;
      rows[a[i]]++;
      columns[b[i]]++;
    }
    double together = pairs(cells);
    double inA = pairs(rows);
    double inB = pairs(columns);
    double all = 0.5 * a.length * (a.length - 1.0);
    double expected = all > 0 ? inA * inB / all : 0;
    double most = (inA + inB) / 2;
    return most == expected ? 1 : (together - expected) / (most - expected);
  }

  private static int groups(int[] sorting) {
    int groups = 1;
    for (int group : sorting) {
      groups = Math.max(groups, group + 1);
    }
    return groups;
  }

  private static double pairs(long[] counts) {
    double pairs = 0;
    for (long count : counts) {
      pairs += 0.5 * count * (count - 1.0);
    }
    return pairs;
  }
}
