package ai.quimbi.core.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SimilarityTest {
  private static List<Memberships> shop(int customers) {
    PlantedWorld world = new PlantedWorld(21, 0.3);
    BehaviourModel model = BehaviourModel.shipped(2);
    List<Memberships> shop = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      shop.add(Behaviour.of(world.customer(i).profile(), model, PlantedWorld.TODAY).memberships());
    }
    return shop;
  }

  @Test
  void the_nearest_are_those_a_full_sort_finds() {
    // More than one block, and not a whole number of them.
    List<Memberships> shop = shop(5_000);
    Similarity similarity = Similarity.of(shop);
    for (int asked : new int[] {0, 17, 4_095, 4_096, 4_999}) {
      List<Integer> sorted =
          IntStream.range(0, shop.size())
              .filter(i -> i != asked)
              .boxed()
              .sorted(
                  Comparator.<Integer>comparingLong(i -> parts(shop.get(asked), shop.get(i)))
                      .thenComparing(Comparator.naturalOrder()))
              .limit(25)
              .toList();
      List<Similarity.Neighbour> nearest = similarity.nearest(asked, 25);

      assertEquals(sorted, nearest.stream().map(Similarity.Neighbour::place).toList());
      for (Similarity.Neighbour neighbour : nearest) {
        assertEquals(
            Drift.between(shop.get(asked), shop.get(neighbour.place())).overall(),
            neighbour.distance(),
            1e-4);
      }
    }
  }

  private static long parts(Memberships a, Memberships b) {
    long parts = 0;
    for (Axis axis : Axis.MAIN) {
      for (int j = 0; j < axis.size(); j++) {
        parts += Math.abs(a.parts(axis, j) - b.parts(axis, j));
      }
    }
    return parts;
  }

  @Test
  void equals_are_given_in_order_and_limits_are_kept() {
    Memberships one = shop(1).getFirst();
    Similarity similarity = Similarity.of(List.of(one, one, one, one));

    assertEquals(
        List.of(0, 1, 3),
        similarity.nearest(2, 10).stream().map(Similarity.Neighbour::place).toList());
    assertEquals(2, similarity.nearest(one, 2).size());
    assertEquals(List.of(), similarity.nearest(0, 0));
    assertTrue(Similarity.of(List.of()).nearest(one, 5).isEmpty());
  }
}
