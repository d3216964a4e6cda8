package ai.quimbi.core.behaviour;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.behaviour.PlantedWorld.Planted;
import ai.quimbi.core.stats.Agreement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Known segments are found again.
final class PlantedWorldTest {
  private static final int CUSTOMERS = 6_000;
  private static final double[] NOISE = {0.02, 0.1, 0.2, 0.35, 0.5};

  @Test
  void planted_segments_are_found_again_and_noise_only_hurts() {
    double[][] found = new double[NOISE.length][];
    for (int level = 0; level < NOISE.length; level++) {
      found[level] = agreement(new PlantedWorld(7, NOISE[level]));
    }
    for (Axis axis : Axis.MAIN) {
      int a = axis.index();
      assertTrue(found[0][a] >= 0.9, axis.label() + " at the lowest noise: " + found[0][a]);
      assertTrue(found[NOISE.length - 1][a] < found[0][a], axis.label());
    }
  }

  private static double[] agreement(PlantedWorld world) {
    List<Planted> customers = new ArrayList<>();
    Features.Builder builder = new Features.Builder(PlantedWorld.TODAY, CUSTOMERS);
    for (int i = 0; i < CUSTOMERS; i++) {
      Planted customer = world.customer(i);
      customers.add(customer);
      builder.add(customer.profile());
    }
    Features features = builder.build();
    BehaviourModel model = BehaviourModel.fit(features, PlantedWorld.TODAY, 2);
    short[] rows = new short[CUSTOMERS * Axis.SEGMENTS];
    model.memberships(features, rows);
    double[] agreement = new double[Axis.MAIN.size()];
    for (Axis axis : Axis.MAIN) {
      int[] told =
          IntStream.range(0, CUSTOMERS).filter(i -> isTold(axis, features, i, model)).toArray();
      int[] planted =
          IntStream.of(told).map(i -> customers.get(i).segments().get(axis.index())).toArray();
      int[] found =
          IntStream.of(told).map(i -> SegmentationQuality.dominant(rows, axis, i)).toArray();
      agreement[axis.index()] = Agreement.adjustedRand(planted, found);
    }
    return agreement;
  }

  // A history that cannot show an axis (two purchases have no cadence, a month no yearly rate) is
  // not counted for it; spend and tenure are always shown.
  private static boolean isTold(Axis axis, Features features, int i, BehaviourModel model) {
    return switch (axis) {
      case PURCHASE_VALUE, SHOPPING_MATURITY -> true;
      case PURCHASE_FREQUENCY -> features.get(i, Feature.TENURE_DAYS) >= 500;
      default ->
          Coordinates.evidence(axis, features.rows(), features.at(i), model.yardstick()) >= 0.75;
    };
  }
}
