package ai.quimbi.core.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeasonTest {
  private static final int NOW = 540;
  private static final int HORIZON = 90;

  private static Optional<Season> season(Panel world, int now) {
    Origin origin = Origin.of(world.until(now), now, HORIZON);
    Estimate fit = PurchaseFit.probable(Family.PARETO_NBD, origin.x, origin.recency, origin.age);
    return Season.of(fit.model(), origin, Season.ORDERS);
  }

  @Test
  void a_wave_is_found_and_its_low_foretold() {
    for (long seed = 1; seed <= 3; seed++) {
      Season found = season(World.seasonal(600, 300, NOW, seed), NOW).orElseThrow();

      assertTrue(found.isSure(), "" + found);
      // The true rate falls to 0.63 of its mean; that the customers of now look better than they
      // are after a good half year is in the wave, too.
      assertEquals(-0.5, found.told(), 0.2);
    }
  }

  @Test
  void neither_chance_nor_a_change_for_good_is_a_wave() {
    for (long seed = 1; seed <= 4; seed++) {
      Season still = season(World.paretoNbd(600, 300, NOW, seed), NOW).orElseThrow();
      Season changed = season(World.regimeChange(600, 300, NOW, 340, seed), NOW).orElseThrow();

      assertFalse(still.isSure(), "" + still);
      assertFalse(changed.isSure(), "" + changed);
    }
  }

  @Test
  void less_than_a_year_tells_nothing_of_seasons() {
    assertTrue(season(World.seasonal(600, 200, 360, 1), 360).isEmpty());
  }
}
