package ai.quimbi.core.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.customer.ContactDay;
import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.customer.PurchaseDay;
import ai.quimbi.core.stats.Chance;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A shop whose customers buy at regular gaps of their own until they stop: what the purchase
/// models of the literature cannot see and a second stage can.
class SecondStageTest {
  private static final int TODAY = 20_000;
  private static List<Profile> shop = List.of();
  private static ForecastModel model = ForecastModel.shipped(2);

  @BeforeAll
  static void openShop() {
    shop = regulars(900, 5);
    model =
        switch (Fit.of(shop, TODAY, 2)) {
          case Fit.Fitted(ForecastModel fitted) -> fitted;
          case Fit.NotEnough(_, String reason) -> throw new AssertionError(reason);
          case Fit.Failed(String reason) -> throw new AssertionError(reason);
        };
  }

  private static List<Profile> regulars(int customers, long seed) {
    Chance chance = new Chance(seed);
    List<Profile> profiles = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      double gap = 15 + 60 * chance.uniform();
      double stop = TODAY - 700 + 1500 * chance.uniform();
      double at = TODAY - 1 - chance.below(600);
      List<PurchaseDay> days = new ArrayList<>();
      while (at <= Math.min(stop, TODAY)) {
        days.add(new PurchaseDay((int) at, 1, 1000 + chance.below(4000), chance.below(300), 0));
        at += gap * (0.8 + 0.4 * chance.uniform());
      }
      boolean complained = chance.uniform() < 0.2 && !days.isEmpty();
      if (!days.isEmpty()) {
        List<ContactDay> contacts =
            complained
                ? List.of(new ContactDay(days.getFirst().day(), "support_ticket", "email", 1))
                : List.of();
        profiles.add(new Profile(days, contacts, Map.of()));
      }
    }
    return profiles;
  }

  @Test
  void regularity_is_learned_and_the_stage_kept() {
    assertTrue(model.adjustment().hasSecondStage(), model.adjustment().toString());
    assertTrue(model.adjustment().buying().trees().count() > 0, "no trees");
    Quality quality = model.quality().orElseThrow();
    assertTrue(quality.logScore() < 0.8 * quality.naiveLogScore(), quality.toString());
  }

  @Test
  void batch_scores_equal_the_single_ones_through_the_second_stage() {
    Panel.Builder panel = Panel.builder();
    shop.forEach(profile -> panel.add(profile, TODAY));
    Panel built = panel.build();
    double days = LifetimeValue.days(12);
    BatchScores scores = BatchScores.of(model, built, TODAY, days);
    assertEquals(shop.size(), scores.size());
    for (int i = 0; i < scores.size(); i++) {
      Panel.History history = built.histories().get(i);
      Traits traits = Traits.of(history, model, TODAY);
      double odds = RiskScore.logOdds(traits, model);
      assertEquals(ai.quimbi.core.stats.Special.logistic(odds), scores.churn(i));
      double value = new CustomerForecast(traits, model).meanNetMinor(days);
      assertEquals(value, scores.value(i));
    }
    assertThrows(
        IllegalArgumentException.class,
        () ->
            BatchScores.of(
                model, new int[1], new double[1], new double[] {9}, new double[1], days));
  }

  @Test
  void the_factors_add_up_through_trees_and_calibration() {
    for (Profile customer : shop.subList(0, 150)) {
      Churn churn = Churn.of(customer, model, TODAY);
      double sum = churn.factors().stream().mapToDouble(Factor::contribution).sum();
      assertEquals(churn.logOdds() - churn.referenceLogOdds(), sum, 1e-8);
      assertEquals(CustomerForecast.of(customer, model, TODAY).churn(), churn.score());
    }
  }

  @Test
  void silence_of_decades_names_recency_and_the_factors_still_add_up() {
    for (ForecastModel any : List.of(model, ForecastModel.shipped(2))) {
      for (int years : new int[] {3, 10, 30, 50}) {
        int last = TODAY - 365 * years;
        Profile gone = ServingTest.bought(3000, last - 90, last - 60, last - 30, last);
        Churn churn = Churn.of(gone, any, TODAY);
        assertTrue(churn.score() > 0.9, years + " years: " + churn.score());
        double sum = churn.factors().stream().mapToDouble(Factor::contribution).sum();
        assertEquals(churn.logOdds() - churn.referenceLogOdds(), sum, 1e-8);
        Factor silence =
            churn.factors().stream()
                .filter(f -> f.name().equals("days_since_last_purchase"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(years + " years: " + churn.factors()));
        assertEquals(Factor.Direction.INCREASES_RISK, silence.direction());
      }
    }
  }

  @Test
  void a_model_stored_before_trees_still_loads_and_answers_as_it_did() throws IOException {
    ForecastModel old;
    try (InputStream in = SecondStageTest.class.getResourceAsStream("model-1.txt")) {
      old = ForecastModel.decode(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    // What the program that wrote the file answered for this customer.
    Profile customer = ServingTest.bought(5000, TODAY - 130, TODAY - 100, TODAY - 70, TODAY - 40);
    assertEquals(0.3483, CustomerForecast.of(customer, old, TODAY).churn());
    LifetimeValue value = LifetimeValue.of(customer, old, TODAY, 12, 7);
    assertEquals("176.22", value.forecast().toPlainString());
    assertEquals("875.09", value.upper().toPlainString());
    assertEquals(old, ForecastModel.decode(old.encode()));
  }
}
