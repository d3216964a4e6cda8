package ai.quimbi.core.forecast;

import java.util.Arrays;

/// Distinct times, ascending, zero among them, and where each stands. Whole days, the usual case,
/// are looked up in a table.
final class TimeIndex {
  static final int LIMIT = 1 << 21;
  private static final int TABLE_LIMIT = 1 << 16;

  private final double[] values;
  private final int[] table;

  private TimeIndex(double[] values, int[] table) {
    this.values = values;
    this.table = table;
  }

  static TimeIndex of(double[] a, double[] b) {
    boolean[] seen = new boolean[TABLE_LIMIT];
    seen[0] = true;
    if (markDays(a, seen) && markDays(b, seen)) {
      double[] values = new double[TABLE_LIMIT];
      int[] table = new int[TABLE_LIMIT];
      int n = 0;
      for (int day = 0; day < TABLE_LIMIT; day++) {
        if (seen[day]) {
          table[day] = n;
          values[n++] = day;
        }
      }
      return new TimeIndex(Arrays.copyOf(values, n), table);
    }
    double[] all = Arrays.copyOf(a, a.length + b.length + 1);
    System.arraycopy(b, 0, all, a.length, b.length);
    double[] values = Arrays.stream(all).sorted().distinct().toArray();
    if (values.length >= LIMIT) {
      throw new IllegalArgumentException(
          "more than " + LIMIT + " distinct times: round them to days");
    }
    return new TimeIndex(values, new int[0]);
  }

  // False as soon as a time is no whole day.
  private static boolean markDays(double[] times, boolean[] seen) {
    for (double time : times) {
      int day = (int) time;
      if (day != time || day < 0 || day >= TABLE_LIMIT) {
        return false;
      }
      seen[day] = true;
    }
    return true;
  }

  double[] values() {
    return values;
  }

  int of(double time) {
    return table.length > 0 ? table[(int) time] : Arrays.binarySearch(values, time);
  }
}
