package ai.quimbi.core.forecast;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Distinct whole numbers, ascending, and where each stands among them.
final class CountIndex {
  private static final int TABLE_LIMIT = 1 << 16;

  private final int[] values;
  // Where the numbers are small, a table from number to place; else empty.
  private final int[] table;

  private CountIndex(int[] values, int[] table) {
    this.values = values;
    this.table = table;
  }

  static CountIndex of(int[] numbers) {
    int max = 0;
    for (int number : numbers) {
      max = Math.max(max, number);
    }
    if (max >= TABLE_LIMIT) {
      return new CountIndex(Arrays.stream(numbers).sorted().distinct().toArray(), new int[0]);
    }
    boolean[] seen = new boolean[max + 1];
    for (int number : numbers) {
      seen[number] = true;
    }
    int[] values = IntStream.rangeClosed(0, max).filter(i -> seen[i]).toArray();
    int[] table = new int[max + 1];
    for (int i = 0; i < values.length; i++) {
      table[values[i]] = i;
    }
    return new CountIndex(values, table);
  }

  int[] values() {
    return values;
  }

  int of(int number) {
    return table.length > 0 ? table[number] : Arrays.binarySearch(values, number);
  }
}
