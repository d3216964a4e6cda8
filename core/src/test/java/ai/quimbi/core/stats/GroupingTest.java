package ai.quimbi.core.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Fuzzy means and the measures that judge a grouping.
final class GroupingTest {
  @Test
  void the_adjusted_rand_index_has_its_hand_counted_values() {
    assertEquals(1, Agreement.adjustedRand(new int[] {0, 0, 1, 1}, new int[] {1, 1, 0, 0}));
    // One pair agrees of the 2 and the 1 there are, out of 6: (1 - 1/3) / (3/2 - 1/3) = 4/7.
    assertEquals(
        4 / 7.0, Agreement.adjustedRand(new int[] {0, 0, 1, 1}, new int[] {0, 0, 1, 2}), 1e-15);
    assertEquals(0, Agreement.adjustedRand(new int[] {0, 0, 0, 0}, new int[] {0, 1, 2, 3}));
    assertEquals(1, Agreement.adjustedRand(new int[0], new int[0]));
  }

  @Test
  void the_silhouette_has_its_hand_counted_value() {
    // Pairs at 0, 1 and at 10, 11: of the outer points 1 - 1/10.5, of the inner ones 1 - 1/9.5.
    double mean = ((1 - 1 / 10.5) + (1 - 1 / 9.5)) / 2;
    assertEquals(
        mean, Silhouette.mean(new double[] {0, 1, 10, 11}, 1, new int[] {0, 0, 1, 1}, 2), 1e-15);
    assertTrue(Double.isNaN(Silhouette.mean(new double[] {0, 1}, 1, new int[] {0, 0}, 2)));
  }

  @Test
  void quantiles_are_those_of_type_seven() {
    double[] sorted = {1, 2, 4, 8};
    assertEquals(3, Ranks.quantile(sorted, 0.5));
    assertEquals(1, Ranks.quantile(sorted, 0));
    assertEquals(8, Ranks.quantile(sorted, 1));
    assertEquals(1.75, Ranks.quantile(sorted, 0.25), 1e-15);
  }

  @Test
  void on_a_line_the_neighbours_share_and_the_ends_keep_everything() {
    double[] centres = {0, 1, 3};
    double[] u = new double[3];
    FuzzyLine.shares(-5, centres, u);
    assertArrayEquals(new double[] {1, 0, 0}, u);
    FuzzyLine.shares(2, centres, u);
    assertArrayEquals(new double[] {0, 0.5, 0.5}, u);
    FuzzyLine.shares(99, centres, u);
    assertArrayEquals(new double[] {0, 0, 1}, u);
  }

  @Test
  void centres_on_a_line_find_their_heaps_and_stay_in_their_bounds() {
    SplittableRandom random = new SplittableRandom(4);
    double[] x = new double[3_000];
    double[] w = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = 10 * (i % 3) + random.nextGaussian();
      w[i] = 1;
    }
    WeightedPoints points = new WeightedPoints(x, w, 1);
    double[] free = {-9, -9, -9};
    double[] wide = {99, 99, 99};
    double[] start = {4, 8, 16};

    assertArrayEquals(new double[] {0, 10, 20}, FuzzyLine.fit(points, start, free, wide, 0.1), 0.5);
    double[] pinned =
        FuzzyLine.fit(points, start, new double[] {3, 6, 12}, new double[] {5, 9, 16}, 0.1);
    assertEquals(3, pinned[0]);
    assertEquals(16, pinned[2]);
  }

  @Test
  void prototypes_find_their_heaps_in_the_plane() {
    SplittableRandom random = new SplittableRandom(5);
    double[] x = new double[4_000];
    double[] w = new double[2_000];
    for (int i = 0; i < w.length; i++) {
      x[2 * i] = (i % 2 == 0 ? 1 : 5) + 0.2 * random.nextGaussian();
      x[2 * i + 1] = (i % 2 == 0 ? 5 : 1) + 0.2 * random.nextGaussian();
      w[i] = 1;
    }
    double[] fitted =
        FuzzyMeans.fit(
            new WeightedPoints(x, w, 2),
            new double[] {2, 4, 4, 2},
            new double[] {0, 0, 0, 0},
            new double[] {9, 9, 9, 9},
            new double[] {1, 1});

    assertArrayEquals(new double[] {1, 5, 5, 1}, fitted, 0.05);
  }

  @Test
  void points_without_weight_move_nothing() {
    WeightedPoints points = new WeightedPoints(new double[] {7, 8}, new double[] {0, 0}, 1);
    double[] start = {1, 2};

    assertArrayEquals(
        start, FuzzyLine.fit(points, start, new double[] {-9, -9}, new double[] {9, 9}, 0.1));
  }
}
