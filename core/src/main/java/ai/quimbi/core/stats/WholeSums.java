package ai.quimbi.core.stats;

import java.util.stream.IntStream;

/// Sums over many points in whole units of 2⁻³⁰, which add up to the same in any order: neither the
/// order of the points nor the number of threads changes a bit of the result. That holds while
/// every addend is below 64 and there are fewer than 134 million of them.
final class WholeSums {
  private static final double UNIT = 1 << 30;
  private static final int CHUNK = 16_384;

  private WholeSums() {}

  /// Adds the points from `from` to `to` (exclusive) into its row of sums.
  interface Chunk {
    void addTo(long[] sums, int from, int to);
  }

  static long whole(double value) {
    return (long) (value * UNIT);
  }

  static long[] over(int points, int width, Chunk chunk) {
    return IntStream.range(0, (points + CHUNK - 1) / CHUNK)
        .parallel()
        .mapToObj(
            number -> {
              long[] sums = new long[width];
              chunk.addTo(sums, number * CHUNK, Math.min(points, (number + 1) * CHUNK));
              return sums;
            })
        .reduce(new long[width], WholeSums::plus);
  }

  private static long[] plus(long[] a, long[] b) {
    long[] sum = new long[a.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.addExact(a[i], b[i]);
    }
    return sum;
  }
}
