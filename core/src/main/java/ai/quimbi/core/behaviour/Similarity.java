package ai.quimbi.core.behaviour;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Customers beside each other by their shares on the eight main axes: an exact search over all.
///
/// The distance of two customers is the mean over the axes of `½ Σ |u - v|`, in [0, 1]: the same
/// measure as [Drift], so "as different as" means the same over people as over time. Sums of whole
/// ten-thousandths are exact; equal distances are ordered by place.
public final class Similarity {
  private static final int BLOCK = 4_096;
  private static final double FARTHEST = 2.0 * Memberships.WHOLE * Axis.MAIN.size();

  private final int size;
  // Column by column, so that a block of customers is a straight run for the processor.
  private final short[][] columns;

  private Similarity(int size, short[][] columns) {
    this.size = size;
    this.columns = columns;
  }

  /// A customer at `place` in the index, `distance` away.
  public record Neighbour(int place, double distance) {}

  /// An index of `size` customers whose rows of [Axis#SEGMENTS] shares follow one another. Give
  /// them in the order of their ids, as ties are broken by place.
  public static Similarity of(short[] rows, int size) {
    short[][] columns = new short[Axis.MAIN_SEGMENTS][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < columns.length; j++) {
        columns[j][i] = rows[i * Axis.SEGMENTS + j];
      }
    }
    return new Similarity(size, columns);
  }

  public static Similarity of(List<Memberships> customers) {
    short[] rows = new short[customers.size() * Axis.SEGMENTS];
    for (int i = 0; i < customers.size(); i++) {
      customers.get(i).copyMain(rows, i * Axis.SEGMENTS);
    }
    return of(rows, customers.size());
  }

  public int size() {
    return size;
  }

  /// The `limit` customers nearest to the one at `place`, nearest first, without it.
  public List<Neighbour> nearest(int place, int limit) {
    int[] asked = new int[columns.length];
    for (int j = 0; j < asked.length; j++) {
      asked[j] = columns[j][place];
    }
    return nearest(asked, limit, place);
  }

  /// The `limit` customers nearest to somebody who need not be in the index.
  public List<Neighbour> nearest(Memberships memberships, int limit) {
    short[] row = new short[Axis.MAIN_SEGMENTS];
    memberships.copyMain(row, 0);
    int[] asked = new int[row.length];
    for (int j = 0; j < asked.length; j++) {
      asked[j] = row[j];
    }
    return nearest(asked, limit, -1);
  }

  private List<Neighbour> nearest(int[] asked, int limit, int without) {
    if (limit < 1) {
      return List.of();
    }
    // Keys of distance and place in one long; the farthest kept is on top.
    PriorityQueue<Long> kept = new PriorityQueue<>(Comparator.reverseOrder());
    long bar = Long.MAX_VALUE;
    int[] distances = new int[BLOCK];
    for (int from = 0; from < size; from += BLOCK) {
      int length = Math.min(BLOCK, size - from);
      Arrays.fill(distances, 0);
      for (int j = 0; j < asked.length; j++) {
        add(columns[j], from, length, asked[j], distances);
      }
      for (int i = 0; i < length; i++) {
        long key = ((long) distances[i] << 32) | (from + i);
        if (key < bar && from + i != without) {
          kept.add(key);
          if (kept.size() > limit) {
            kept.remove();
          }
          bar = kept.size() == limit ? kept.element() : Long.MAX_VALUE;
        }
      }
    }
    List<Neighbour> nearest = new ArrayList<>();
    while (!kept.isEmpty()) {
      long key = kept.remove();
      nearest.addFirst(new Neighbour((int) key, (double) (key >>> 32) / FARTHEST));
    }
    return nearest;
  }

  private static void add(short[] column, int from, int length, int asked, int[] distances) {
    for (int i = 0; i < length; i++) {
      distances[i] += Math.abs(column[from + i] - asked);
    }
  }
}
