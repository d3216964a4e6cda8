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

  private final CountIndex countIndex;
  private final TimeIndex timeIndex;
  private final long[] groupKeys;

  static Cohort of(int[] x, double[] recency, double[] age) {
    return new Cohort(x, recency, age);
  }

  private Cohort(int[] x, double[] recency, double[] age) {
    customers = x.length;
    countIndex = CountIndex.of(x);
    counts = countIndex.values();
    timeIndex = TimeIndex.of(recency, age);
    times = timeIndex.values();
    long[] keys = keys(x, recency, age);
    Arrays.parallelSort(keys);
    int groups = 0;
    for (int i = 0; i < customers; i++) {
      groups += i == 0 || keys[i] != keys[i - 1] ? 1 : 0;
    }
    xAt = new int[groups];
    recencyAt = new int[groups];
    ageAt = new int[groups];
    weight = new double[groups];
    groupKeys = new long[groups];
    int g = -1;
    for (int i = 0; i < customers; i++) {
      if (i == 0 || keys[i] != keys[i - 1]) {
        g++;
        groupKeys[g] = keys[i];
        xAt[g] = (int) (keys[i] >>> (2 * BITS));
        ageAt[g] = (int) (keys[i] >>> BITS) & (LIMIT - 1);
        recencyAt[g] = (int) keys[i] & (LIMIT - 1);
      }
      weight[g]++;
    }
    Pairs pairs = Pairs.of(xAt, recencyAt, ageAt, counts.length, times.length);
    pairX = pairs.x;
    pairTime = pairs.time;
    recencyPair = pairs.ofRecency;
    agePair = pairs.ofAge;
  }

  private long[] keys(int[] x, double[] recency, double[] age) {
    long[] keys = new long[x.length];
    IntStream.range(0, blocks(x.length))
        .parallel()
        .forEach(
            block -> {
              int end = Math.min(keys.length, (block + 1) * BLOCK);
              for (int i = block * BLOCK; i < end; i++) {
                long xi = countIndex.of(x[i]);
                long ri = timeIndex.of(x[i] == 0 ? 0 : recency[i]);
                long ti = timeIndex.of(age[i]);
                keys[i] = (xi << (2 * BITS)) | (ti << BITS) | ri;
              }
            });
    return keys;
  }

  /// The group of each customer of the columns this cohort was made from.
  int[] groupsOf(int[] x, double[] recency, double[] age) {
    long[] keys = keys(x, recency, age);
    int[] groups = new int[keys.length];
    IntStream.range(0, blocks(keys.length))
        .parallel()
        .forEach(
            block -> {
              int end = Math.min(groups.length, (block + 1) * BLOCK);
              for (int i = block * BLOCK; i < end; i++) {
                groups[i] = Arrays.binarySearch(groupKeys, keys[i]);
              }
            });
    return groups;
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

  private static int blocks(int n) {
    return (n + BLOCK - 1) / BLOCK;
  }
}
