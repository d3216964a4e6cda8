package ai.quimbi.core.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SegmentationQualityTest {
  private static Features shop(int customers, double noise) {
    PlantedWorld world = new PlantedWorld(31, noise);
    Features.Builder builder = new Features.Builder(PlantedWorld.TODAY, customers);
    for (int i = 0; i < customers; i++) {
      builder.add(world.customer(i).profile());
    }
    return builder.build();
  }

  private static SegmentationQuality quality(Features features) {
    BehaviourModel model = BehaviourModel.fit(features, PlantedWorld.TODAY, 2);
    return SegmentationQuality.of(features, model, PlantedWorld.TODAY, 5);
  }

  @Test
  void refits_on_halves_agree_even_where_customers_are_noisy() {
    SegmentationQuality quality = quality(shop(5_000, 0.3));

    assertTrue(quality.stability() >= 0.8, "stability " + quality.stability());
    quality
        .axes()
        .forEach(
            (axis, one) -> {
              assertEquals(5_000, one.sizes().values().stream().mapToInt(Integer::intValue).sum());
              assertTrue(
                  Double.isNaN(one.silhouette()) || Math.abs(one.silhouette()) <= 1,
                  axis.label() + " " + one);
            });
  }

  @Test
  void clear_segments_stand_apart_and_blurred_ones_less() {
    double clear = silhouette(quality(shop(3_000, 0.02)));
    double blurred = silhouette(quality(shop(3_000, 0.5)));

    assertTrue(clear > 0.5, "clear " + clear);
    assertTrue(blurred < clear, "blurred " + blurred);
  }

  private static double silhouette(SegmentationQuality quality) {
    return quality.axes().sequencedValues().getFirst().silhouette();
  }

  @Test
  void a_tenant_without_customers_is_answered() {
    SegmentationQuality quality = quality(shop(0, 0));

    assertEquals(0, quality.customers());
    assertEquals(0, quality.lowConfidenceShare());
  }

  @Test
  void the_same_seed_gives_the_same_quality() {
    Features features = shop(800, 0.3);

    assertEquals(quality(features), quality(features));
  }
}
