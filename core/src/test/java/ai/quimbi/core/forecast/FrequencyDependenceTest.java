package ai.quimbi.core.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.stats.Chance;
import org.junit.jupiter.api.Test;

class FrequencyDependenceTest {
  private static final int NOW = 540;
  private static final int CENTS = 2;

  private static FrequencyDependence measured(Panel shop) {
    return SpendFit.compare(shop, NOW, CENTS, Family.PARETO_NBD).dependence();
  }

  private static SpendModel served(Panel shop) {
    return assertInstanceOf(Fit.Fitted.class, Fit.of(shop, NOW, CENTS)).model().spend();
  }

  @Test
  void no_slope_is_found_where_there_is_none_and_a_planted_one_is() {
    for (long seed = 1; seed <= 4; seed++) {
      FrequencyDependence none = measured(World.dearerTheOftener(1_500, 300, NOW, 0, seed));
      FrequencyDependence some = measured(World.dearerTheOftener(1_500, 300, NOW, 0.4, seed));

      assertEquals(0, none.slope(), 3 * none.standardError(), "" + none);
      assertEquals(0.4, some.slope(), 4 * some.standardError(), "" + some);
      assertTrue(some.isSure());
    }
  }

  @Test
  void a_dependence_that_foretells_values_serves() {
    Panel shop = World.dearerTheOftener(2_500, 300, NOW, 0.4, 1);
    SpendByFrequency served = assertInstanceOf(SpendByFrequency.class, served(shop));

    double typical = 10_000;
    double often = served.expected(20, 20 * typical, 400) / typical;
    double lately = served.expected(1, typical, 30);
    double longAgo = served.expected(1, typical, 500);
    // Of twenty purchases one knows what the next is worth. Of one not: who buys a second time soon
    // is likelier one of the frequent, who pay more.
    assertEquals(1, often, 0.1);
    assertTrue(lately > 1.05 * longAgo, lately + " and " + longAgo);
  }

  @Test
  void the_first_repeat_purchases_are_worth_what_such_a_model_says() {
    double came = 0;
    double plainly = 0;
    double bySlope = 0;
    for (long seed = 1; seed <= 3; seed++) {
      Panel shop = World.dearerTheOftener(3_000, 300, NOW, 0.4, seed);
      Origin at = Origin.of(shop, NOW - 90, 90);
      PurchaseModel purchases = PurchaseFit.probable(Family.NBD, at.x, at.recency, at.age).model();
      SpendModel plain = SpendFit.better(at.paid, 5_000).model();
      SpendModel by = SpendFit.byFrequency(at, purchases, 5_000).orElseThrow().model();
      for (int i = 0; i < at.size(); i++) {
        if (at.x[i] == 0) {
          Summary s = at.traits[i].summary();
          came += at.spend[i];
          plainly += at.orders[i] * plain.expected(1, s.netMinor(), s.age());
          bySlope += at.orders[i] * by.expected(1, s.netMinor(), s.age());
        }
      }
    }
    assertTrue(
        Math.abs(Math.log(bySlope / came)) < Math.abs(Math.log(plainly / came)),
        came + ": " + bySlope + " rather than " + plainly);
  }

  @Test
  void where_values_do_not_go_with_the_frequency_the_plain_model_serves() {
    for (long seed = 1; seed <= 3; seed++) {
      SpendModel plain = served(World.paretoNbd(1_000, 300, NOW, seed));
      assertFalse(plain instanceof SpendByFrequency, "" + plain);
    }
  }

  @Test
  void a_model_with_a_slope_is_the_same_after_it_was_written_and_read() {
    SpendModel model =
        new SpendByFrequency(
            new GammaGamma(4, 3.5, 3125), new FrequencyDependence(0.3, 0.02, 0.6, 60, -5));
    SpendModel read = SpendModel.of(model.label(), model.parameters());

    assertEquals(model, read);
    assertEquals(model.expected(7, 30_000, 90), read.expected(7, 30_000, 90));
    assertEquals(
        model.draw(7, 30_000, 90, 3, new Chance(1)), read.draw(7, 30_000, 90, 3, new Chance(1)));
  }

  @Test
  void draws_have_the_expectation() {
    SpendModel model =
        new SpendByFrequency(
            new GammaGamma(4, 3.5, 3125), new FrequencyDependence(0.3, 0.02, 0.6, 60, -5));
    Chance chance = new Chance(5);
    double sum = 0;
    for (int i = 0; i < 40_000; i++) {
      sum += model.draw(6, 24_000, 200, 2, chance);
    }
    assertEquals(2 * model.expected(6, 24_000, 200), sum / 40_000, 0.01 * sum / 40_000);
  }
}
