package ai.quimbi.core.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.customer.PurchaseDay;
import ai.quimbi.core.stats.Chance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What the server asks: churn and lifetime value of a profile on a day.
class ServingTest {
  private static final int TODAY = 20_000;
  private static final ForecastModel SHIPPED = ForecastModel.shipped(2);

  static Profile bought(int net, int... days) {
    return new Profile(
        IntStream.of(days).mapToObj(day -> new PurchaseDay(day, 1, net, 0, 0)).toList(),
        List.of(),
        Map.of());
  }

  static List<Profile> world(int customers, long seed) {
    Chance chance = new Chance(seed);
    List<Profile> profiles = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      int first = TODAY - 1 - chance.below(500);
      double rate = chance.gamma(0.8) / 60;
      double stop = chance.beta(0.8, 2.5);
      List<PurchaseDay> days = new ArrayList<>();
      days.add(new PurchaseDay(first, 1, 2000 + chance.below(6000), 0, 0));
      double at = first;
      boolean isAlive = true;
      while (isAlive) {
        at += Math.max(1, chance.exponential() / rate);
        if (at > TODAY) {
          break;
        }
        days.add(new PurchaseDay((int) at, 1, 2000 + chance.below(6000), 0, 0));
        isAlive = chance.uniform() > stop;
      }
      profiles.add(new Profile(days.stream().distinct().toList(), List.of(), Map.of()));
    }
    return profiles;
  }

  static ForecastModel fitted(List<Profile> world) {
    return switch (Fit.of(world, TODAY, 2)) {
      case Fit.Fitted(ForecastModel model) -> model;
      case Fit.NotEnough(_, String reason) -> throw new AssertionError(reason);
      case Fit.Failed(String reason) -> throw new AssertionError(reason);
    };
  }

  @Test
  void a_model_survives_its_own_text_and_an_altered_text_is_refused() {
    for (ForecastModel model : List.of(SHIPPED, fitted(world(300, 7)))) {
      String text = model.encode();
      assertEquals(model, ForecastModel.decode(text));
      assertEquals(text, ForecastModel.decode(text).encode());
      String altered = text.replace("\nhorizon ", "\nhorizon 1");
      assertThrows(IllegalArgumentException.class, () -> ForecastModel.decode(altered));
    }
  }

  @Test
  void the_order_of_customers_changes_no_answer_and_no_version() {
    List<Profile> world = world(400, 3);
    assertEquals(fitted(world).version(), fitted(world.reversed()).version());
  }

  @Test
  void silence_raises_churn_and_lowers_value() {
    ForecastModel model = fitted(world(500, 11));
    double lastScore = 0;
    double lastValue = Double.MAX_VALUE;
    for (int silent = 10; silent < 400; silent += 30) {
      Profile customer =
          bought(
              5000, TODAY - silent - 90, TODAY - silent - 60, TODAY - silent - 30, TODAY - silent);
      double score = CustomerForecast.of(customer, model, TODAY).churn();
      double value = CustomerForecast.of(customer, model, TODAY).value(12).doubleValue();
      assertTrue(score >= lastScore, score + " after " + lastScore);
      assertTrue(value <= lastValue, value + " after " + lastValue);
      lastScore = score;
      lastValue = value;
    }
    assertTrue(lastScore > 0.8);
  }

  @Test
  void the_factors_add_up_to_the_distance_from_the_reference_customer() {
    List<Profile> world = world(300, 5);
    ForecastModel model = fitted(world);
    for (Profile customer : world) {
      Churn churn = Churn.of(customer, model, TODAY);
      double sum = churn.factors().stream().mapToDouble(Factor::contribution).sum();
      assertEquals(churn.logOdds() - churn.referenceLogOdds(), sum, 1e-9);
      assertTrue(churn.factors().size() <= 5);
    }
  }

  @Test
  void the_quick_answers_equal_the_full_ones() {
    for (Profile customer : world(100, 9)) {
      assertEquals(
          Churn.of(customer, SHIPPED, TODAY).score(),
          CustomerForecast.of(customer, SHIPPED, TODAY).churn());
      assertEquals(
          LifetimeValue.of(customer, SHIPPED, TODAY, 12, 1).forecast(),
          CustomerForecast.of(customer, SHIPPED, TODAY).value(12));
    }
  }

  @Test
  void the_interval_holds_the_forecast_and_repeats_to_the_cent() {
    ForecastModel model = fitted(world(300, 2));
    for (Profile customer : world(60, 4)) {
      long seed = LifetimeValue.seedOf("cust_1", model);
      LifetimeValue once = LifetimeValue.of(customer, model, TODAY, 12, seed);
      assertEquals(once, LifetimeValue.of(customer, model, TODAY, 12, seed));
      assertTrue(once.lower().compareTo(once.forecast()) <= 0, once.toString());
      assertTrue(once.upper().compareTo(once.forecast()) >= 0, once.toString());
      assertEquals(2, once.forecast().scale());
    }
    assertNotEquals(LifetimeValue.seedOf("cust_1", model), LifetimeValue.seedOf("cust_2", model));
  }

  @Test
  void someone_without_orders_is_never_low_risk_and_says_why() {
    Churn churn = Churn.of(Profile.EMPTY, SHIPPED, TODAY);
    assertTrue(churn.level() != RiskLevel.LOW);
    assertEquals(DataSufficiency.NONE, churn.dataSufficiency());
    assertEquals(0, churn.confidence());
  }

  @Test
  void the_shipped_model_tells_a_regular_from_a_lapsed_customer() {
    int[] monthly = IntStream.range(0, 24).map(i -> TODAY - 5 - 30 * (23 - i)).toArray();
    Churn regular = Churn.of(bought(12_000, monthly), SHIPPED, TODAY);
    Churn lapsed = Churn.of(bought(2_000, TODAY - 700, TODAY - 640), SHIPPED, TODAY);
    assertEquals(RiskLevel.LOW, regular.level(), regular.toString());
    assertEquals(RiskLevel.HIGH, lapsed.level(), lapsed.toString());
    assertTrue(
        lapsed.factors().stream().anyMatch(f -> f.name().equals("days_since_last_purchase")));
  }

  @Test
  void nobody_is_not_enough_and_one_customer_is() {
    assertTrue(Fit.of(List.of(), TODAY, 2) instanceof Fit.NotEnough);
    assertTrue(Fit.of(List.of(bought(100, TODAY)), TODAY, 2) instanceof Fit.NotEnough);
    assertTrue(Fit.of(List.of(bought(100, TODAY - 9)), TODAY, 2) instanceof Fit.Fitted);
  }

  @Test
  void scores_of_many_at_once_equal_the_single_ones() {
    List<Profile> world = world(400, 12);
    int n = world.size();
    int[] x = new int[n];
    double[] recency = new double[n];
    double[] age = new double[n];
    double[] spend = new double[n];
    for (int i = 0; i < n; i++) {
      Summary s = Summary.of(world.get(i), TODAY);
      x[i] = s.frequency();
      recency[i] = s.recency();
      age[i] = s.age();
      spend[i] = s.netMinor();
    }
    BatchScores scores = BatchScores.of(SHIPPED, x, recency, age, spend, 365);
    for (int i = 0; i < n; i++) {
      assertEquals(
          CustomerForecast.of(world.get(i), SHIPPED, TODAY).churn(), scores.churn(i), 5.1e-5);
      assertEquals(
          CustomerForecast.of(world.get(i), SHIPPED, TODAY).value(12).doubleValue(),
          scores.value(i) / 100,
          0.0051);
    }
  }

  @Test
  void the_tenants_revenue_is_the_sum_of_its_customers() {
    List<Profile> world = world(300, 21);
    ForecastModel model = fitted(world);
    double sum =
        world.stream()
            .mapToDouble(p -> CustomerForecast.of(p, model, TODAY).value(6).doubleValue())
            .sum();
    Revenue revenue = Revenue.of(world, model, TODAY, 6);
    assertEquals(sum, revenue.expected().doubleValue(), 0.01 * world.size());
    assertTrue(revenue.lower().compareTo(revenue.expected()) < 0);
    assertTrue(revenue.upper().compareTo(revenue.expected()) > 0);
    assertEquals(revenue, Revenue.of(world, model, TODAY, 6));
  }

  @Test
  void the_next_purchase_of_a_regular_comes_within_her_usual_gaps_or_so() {
    int[] monthly = IntStream.range(0, 24).map(i -> TODAY - 5 - 30 * (23 - i)).toArray();
    NextPurchase next =
        CustomerForecast.of(bought(9_000, monthly), SHIPPED, TODAY).nextPurchase().orElseThrow();
    assertTrue(next.medianDays() >= 10 && next.medianDays() <= 60, next.toString());
    assertTrue(next.probability() > 0.8, next.toString());
    Profile lapsed = bought(2_000, TODAY - 4000, TODAY - 3990, TODAY - 3980, TODAY - 3970);
    assertTrue(CustomerForecast.of(lapsed, SHIPPED, TODAY).nextPurchase().isEmpty());
  }

  @Test
  void a_model_that_still_fits_shows_no_drift_and_one_whose_customers_left_does() {
    List<Profile> world = world(800, 33);
    int then = TODAY - 90;
    ForecastModel model =
        switch (Fit.of(world, then, 2)) {
          case Fit.Fitted(ForecastModel fitted) -> fitted;
          case Fit.NotEnough(_, String reason) -> throw new AssertionError(reason);
          case Fit.Failed(String reason) -> throw new AssertionError(reason);
        };
    assertTrue(!Drift.of(world, model, TODAY).orElseThrow().isDrifting());
    List<Profile> silent =
        world.stream()
            .map(
                p ->
                    new Profile(
                        p.purchaseDays().stream().filter(d -> d.day() <= then).toList(),
                        List.of(),
                        Map.of()))
            .toList();
    assertTrue(Drift.of(silent, model, TODAY).orElseThrow().isDrifting());
  }
}
