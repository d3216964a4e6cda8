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
  private static final int PAIRS = 256;

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
    return new Cohort(x, recency, age, true);
  }

  /// Every customer a group of its own, in the order of the columns, none with a weight: where what
  /// else is read of each costs so much that finding equal ones does not pay.
  static Cohort ungrouped(int[] x, double[] recency, double[] age) {
    return new Cohort(x, recency, age, false);
  }

  private Cohort(int[] x, double[] recency, double[] age, boolean isGrouped) {
    customers = x.length;
    countIndex = CountIndex.of(x);
    counts = countIndex.values();
    timeIndex = TimeIndex.of(recency, age);
    times = timeIndex.values();
    groupKeys = isGrouped ? keys(x, recency, age) : new long[0];
    weight = isGrouped ? weightsOfSorted(groupKeys) : new double[0];
    int groups = isGrouped ? weight.length : customers;
    xAt = new int[groups];
    recencyAt = new int[groups];
    ageAt = new int[groups];
    Blocks.each(
        groups,
        BLOCK,
        (from, to) -> {
          for (int g = from; g < to; g++) {
            long key = isGrouped ? groupKeys[g] : key(x[g], recency[g], age[g]);
            xAt[g] = (int) (key >>> (2 * BITS));
            ageAt[g] = (int) (key >>> BITS) & (LIMIT - 1);
            recencyAt[g] = (int) key & (LIMIT - 1);
          }
        });
    Pairs pairs = Pairs.of(xAt, recencyAt, ageAt, counts.length, times.length);
    pairX = pairs.x;
    pairTime = pairs.time;
    recencyPair = pairs.ofRecency;
    agePair = pairs.ofAge;
  }

  // Sorts the keys, moves the distinct ones to the front, and tells how often each stood there.
  private static double[] weightsOfSorted(long[] keys) {
    Arrays.parallelSort(keys);
    double[] weights = new double[keys.length];
    int groups = 0;
    for (long key : keys) {
      if (groups == 0 || key != keys[groups - 1]) {
        keys[groups++] = key;
      }
      weights[groups - 1]++;
    }
    return Arrays.copyOf(weights, groups);
  }

  private long[] keys(int[] x, double[] recency, double[] age) {
    long[] keys = new long[x.length];
    Blocks.each(
        keys.length,
        BLOCK,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            keys[i] = key(x[i], recency[i], age[i]);
          }
        });
    return keys;
  }

  private long key(int x, double recency, double age) {
    long xi = countIndex.of(x);
    long ri = timeIndex.of(x == 0 ? 0 : recency);
    long ti = timeIndex.of(age);
    return (xi << (2 * BITS)) | (ti << BITS) | ri;
  }

  /// The group of each customer of the columns this cohort was made from.
  int[] groupsOf(int[] x, double[] recency, double[] age) {
    long[] keys = keys(x, recency, age);
    int[] groups = new int[keys.length];
    Blocks.each(
        groups.length,
        BLOCK,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            groups[i] = Arrays.binarySearch(groupKeys, 0, groups(), keys[i]);
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

  /// `terms` for every distinct (x, time) pair, its time moved `later`: asked of one count and many
  /// ascending times together.
  double[] perPair(double later, PairTerms terms) {
    double[] table = new double[pairX.length];
    Blocks.each(
        table.length,
        PAIRS,
        (from, to) -> {
          for (int at = from; at < to; ) {
            int x = pairX[at];
            int end = at + 1;
            while (end < to && pairX[end] == x) {
              end++;
            }
            double[] found = terms.at(counts[x], timesOf(at, end, later));
            System.arraycopy(found, 0, table, at, found.length);
            at = end;
          }
        });
    return table;
  }

  private double[] timesOf(int from, int to, double later) {
    double[] of = new double[to - from];
    for (int i = 0; i < of.length; i++) {
      of[i] = times[pairTime[from + i]] + later;
    }
    return of;
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
  interface PairTerms {
    double[] at(int x, double[] times);
  }

  private static int blocks(int n) {
    return (n + BLOCK - 1) / BLOCK;
  }
}
