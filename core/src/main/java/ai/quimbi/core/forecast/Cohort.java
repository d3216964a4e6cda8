package ai.quimbi.core.forecast;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Many customers' (x, t_x, T), with equal ones counted once: at day resolution a million customers
/// are a few hundred thousand histories, and those without repeat purchases differ by T only.
///
/// Distinct counts and times are numbered, so that whatever depends on one of them alone (or on a
/// pair) is computed once and looked up.
final class Cohort {
  private static final int BITS = 21;
  private static final int LIMIT = 1 << BITS;
  private static final int BLOCK = 4096;

  final int customers;
  /// Distinct numbers of repeat purchases and distinct times, ascending.
  final int[] counts;
  final double[] times;
  /// Per group: where its x, t_x and T stand in the two tables, and how many customers it has.
  final int[] xAt;
  final int[] recencyAt;
  final int[] ageAt;
  final double[] weight;
  /// The distinct pairs (x, t) over both t_x and T, and where each group's two pairs stand.
  final int[] pairX;
  final int[] pairTime;
  final int[] recencyPair;
  final int[] agePair;

  static Cohort of(int[] x, double[] recency, double[] age) {
    return new Cohort(x, recency, age);
  }

  private Cohort(int[] x, double[] recency, double[] age) {
    customers = x.length;
    counts = distinct(x);
    times = distinct(recency, age);
    long[] keys = new long[customers];
    IntStream.range(0, blocks(customers))
        .parallel()
        .forEach(
            block -> {
              int end = Math.min(customers, (block + 1) * BLOCK);
              for (int i = block * BLOCK; i < end; i++) {
                long xi = Arrays.binarySearch(counts, x[i]);
                long ri = indexOf(x[i] == 0 ? 0 : recency[i]);
                long ti = indexOf(age[i]);
                keys[i] = (xi << (2 * BITS)) | (ti << BITS) | ri;
              }
            });
    Arrays.parallelSort(keys);
    int groups = 0;
    for (int i = 0; i < customers; i++) {
      groups += i == 0 || keys[i] != keys[i - 1] ? 1 : 0;
    }
    xAt = new int[groups];
    recencyAt = new int[groups];
    ageAt = new int[groups];
    weight = new double[groups];
    int g = -1;
    for (int i = 0; i < customers; i++) {
      if (i == 0 || keys[i] != keys[i - 1]) {
        g++;
        xAt[g] = (int) (keys[i] >>> (2 * BITS));
        ageAt[g] = (int) (keys[i] >>> BITS) & (LIMIT - 1);
        recencyAt[g] = (int) keys[i] & (LIMIT - 1);
      }
      weight[g]++;
    }
    long[] pairs = new long[2 * groups];
    for (int i = 0; i < groups; i++) {
      pairs[2 * i] = pairKey(xAt[i], recencyAt[i]);
      pairs[2 * i + 1] = pairKey(xAt[i], ageAt[i]);
    }
    long[] sorted = pairs.clone();
    Arrays.parallelSort(sorted);
    int distinctPairs = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[distinctPairs++] = sorted[i];
      }
    }
    pairX = new int[distinctPairs];
    pairTime = new int[distinctPairs];
    for (int i = 0; i < distinctPairs; i++) {
      pairX[i] = (int) (sorted[i] >>> BITS);
      pairTime[i] = (int) sorted[i] & (LIMIT - 1);
    }
    recencyPair = new int[groups];
    agePair = new int[groups];
    int found = distinctPairs;
    IntStream.range(0, blocks(groups))
        .parallel()
        .forEach(
            block -> {
              int end = Math.min(recencyPair.length, (block + 1) * BLOCK);
              for (int i = block * BLOCK; i < end; i++) {
                recencyPair[i] = Arrays.binarySearch(sorted, 0, found, pairs[2 * i]);
                agePair[i] = Arrays.binarySearch(sorted, 0, found, pairs[2 * i + 1]);
              }
            });
  }

  private static long pairKey(int xIndex, int timeIndex) {
    return ((long) xIndex << BITS) | timeIndex;
  }

  int groups() {
    return xAt.length;
  }

  /// The sum of `weight × term(group)` over all groups, in blocks of fixed size whose sums are
  /// added in order: the result does not depend on the number of threads.
  double sum(GroupTerm term) {
    double[] sums =
        IntStream.range(0, blocks(groups()))
            .parallel()
            .mapToDouble(
                block -> {
                  int end = Math.min(groups(), (block + 1) * BLOCK);
                  double part = 0;
                  for (int i = block * BLOCK; i < end; i++) {
                    part += weight[i] * term.at(i);
                  }
                  return part;
                })
            .toArray();
    double sum = 0;
    for (double part : sums) {
      sum += part;
    }
    return sum;
  }

  /// `term` for every distinct (x, time) pair.
  double[] perPair(PairTerm term) {
    double[] table = new double[pairX.length];
    IntStream.range(0, (table.length + 255) / 256)
        .parallel()
        .forEach(
            block -> {
              int end = Math.min(table.length, (block + 1) * 256);
              for (int i = block * 256; i < end; i++) {
                table[i] = term.at(counts[pairX[i]], times[pairTime[i]]);
              }
            });
    return table;
  }

  /// Customers with at least one repeat purchase.
  long repeaters() {
    double sum = 0;
    for (int i = 0; i < groups(); i++) {
      sum += counts[xAt[i]] > 0 ? weight[i] : 0;
    }
    return (long) sum;
  }

  @FunctionalInterface
  interface GroupTerm {
    double at(int group);
  }

  @FunctionalInterface
  interface PairTerm {
    double at(int x, double time);
  }

  private int indexOf(double time) {
    return Arrays.binarySearch(times, time);
  }

  private static int blocks(int n) {
    return (n + BLOCK - 1) / BLOCK;
  }

  private static int[] distinct(int[] values) {
    int max = Arrays.stream(values).max().orElse(0);
    if (max <= 4 * values.length + 1024) {
      boolean[] seen = new boolean[max + 1];
      for (int value : values) {
        seen[value] = true;
      }
      return IntStream.rangeClosed(0, max).filter(i -> seen[i]).toArray();
    }
    return Arrays.stream(values).sorted().distinct().toArray();
  }

  private static double[] distinct(double[] a, double[] b) {
    double[] whole = distinctDays(a, b);
    if (whole.length > 0) {
      return whole;
    }
    double[] all = Arrays.copyOf(a, a.length + b.length + 1);
    System.arraycopy(b, 0, all, a.length, b.length);
    double[] distinct = Arrays.stream(all).sorted().distinct().toArray();
    if (distinct.length >= LIMIT) {
      throw new IllegalArgumentException(
          "more than " + LIMIT + " distinct times: round them to days");
    }
    return distinct;
  }

  // Whole days need no sorting; an empty answer means that not all times are whole days.
  private static double[] distinctDays(double[] a, double[] b) {
    boolean[] seen = new boolean[1 << 16];
    seen[0] = true;
    for (double[] times : new double[][] {a, b}) {
      for (double time : times) {
        int day = (int) time;
        if (day != time || day < 0 || day >= seen.length) {
          return new double[0];
        }
        seen[day] = true;
      }
    }
    return IntStream.range(0, seen.length).filter(i -> seen[i]).mapToDouble(i -> i).toArray();
  }
}
