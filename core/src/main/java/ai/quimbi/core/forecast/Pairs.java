package ai.quimbi.core.forecast;

import java.util.Arrays;

/// The distinct pairs of a count and a time, over both times of every group, and where each group's
/// two pairs stand.
final class Pairs {
  private static final int BITS = 21;
  private static final int TABLE_LIMIT = 1 << 23;
  private static final int BLOCK = 4096;

  final int[] x;
  final int[] time;
  final int[] ofRecency;
  final int[] ofAge;

  private Pairs(int[] x, int[] time, int[] ofRecency, int[] ofAge) {
    this.x = x;
    this.time = time;
    this.ofRecency = ofRecency;
    this.ofAge = ofAge;
  }

  static Pairs of(int[] xAt, int[] recencyAt, int[] ageAt, int counts, int times) {
    return (long) counts * times <= TABLE_LIMIT
        ? tabled(xAt, recencyAt, ageAt, counts, times)
        : sorted(xAt, recencyAt, ageAt);
  }

  private static Pairs tabled(int[] xAt, int[] recencyAt, int[] ageAt, int counts, int times) {
    boolean[] isSeen = new boolean[counts * times];
    for (int i = 0; i < xAt.length; i++) {
      isSeen[xAt[i] * times + recencyAt[i]] = true;
      isSeen[xAt[i] * times + ageAt[i]] = true;
    }
    int[] place = new int[isSeen.length];
    int distinct = 0;
    for (int cell = 0; cell < place.length; cell++) {
      place[cell] = distinct;
      distinct += isSeen[cell] ? 1 : 0;
    }
    int[] x = new int[distinct];
    int[] time = new int[distinct];
    for (int cell = 0, at = 0; at < distinct; cell++) {
      if (isSeen[cell]) {
        x[at] = cell / times;
        time[at++] = cell % times;
      }
    }
    int[] ofRecency = new int[xAt.length];
    int[] ofAge = new int[xAt.length];
    Blocks.each(
        xAt.length,
        BLOCK,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            ofRecency[i] = place[xAt[i] * times + recencyAt[i]];
            ofAge[i] = place[xAt[i] * times + ageAt[i]];
          }
        });
    return new Pairs(x, time, ofRecency, ofAge);
  }

  // Too many cells for a table: times that are no whole days.
  private static Pairs sorted(int[] xAt, int[] recencyAt, int[] ageAt) {
    long[] all = new long[2 * xAt.length];
    for (int i = 0; i < xAt.length; i++) {
      all[2 * i] = ((long) xAt[i] << BITS) | recencyAt[i];
      all[2 * i + 1] = ((long) xAt[i] << BITS) | ageAt[i];
    }
    long[] distinct = Arrays.stream(all).parallel().sorted().distinct().toArray();
    int[] x = new int[distinct.length];
    int[] time = new int[distinct.length];
    for (int i = 0; i < distinct.length; i++) {
      x[i] = (int) (distinct[i] >>> BITS);
      time[i] = (int) distinct[i] & ((1 << BITS) - 1);
    }
    int[] ofRecency = new int[xAt.length];
    int[] ofAge = new int[xAt.length];
    for (int i = 0; i < xAt.length; i++) {
      ofRecency[i] = Arrays.binarySearch(distinct, all[2 * i]);
      ofAge[i] = Arrays.binarySearch(distinct, all[2 * i + 1]);
    }
    return new Pairs(x, time, ofRecency, ofAge);
  }
}
