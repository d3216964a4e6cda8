package ai.quimbi.core.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.stats.Chance;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Laws every purchase model obeys, over seeded random parameters and histories.
class ModelLawsTest {

  private interface Law {
    void check(PurchaseModel model, int x, double recency, double age, double horizon);
  }

  private static void forAll(int cases, Law law) {
    Chance chance = new Chance(17);
    for (int i = 0; i < cases; i++) {
      Family family = List.of(Family.values()).get(chance.below(4));
      double[] p = new double[family.parameterNames().size()];
      for (int k = 0; k < p.length; k++) {
        p[k] = Math.exp(2.5 * chance.normal()) * (k == 1 ? 30 : 1);
      }
      double age = 1 + chance.below(800);
      int x = chance.below(3) == 0 ? 0 : chance.below(60);
      double recency = x == 0 ? 0 : age * chance.uniform();
      law.check(family.with(p), x, recency, age, 1 + chance.below(400));
    }
  }

  @Test
  void probabilities_are_probabilities_and_everything_is_finite() {
    forAll(
        3000,
        (m, x, recency, age, horizon) -> {
          double alive = m.pAlive(x, recency, age);
          double none = m.pNone(x, recency, age, horizon);
          double expected = m.expected(x, recency, age, horizon);
          String told = m + " x=" + x + " t_x=" + recency + " T=" + age + " t=" + horizon;
          assertTrue(alive >= 0 && alive <= 1 + 1e-12, told);
          assertTrue(none >= 0 && none <= 1 + 1e-12, told);
          assertTrue(expected >= 0 && Double.isFinite(expected), told);
          assertTrue(Double.isFinite(m.logLikelihood(x, recency, age)), told);
          assertTrue(expected >= (1 - none) * (1 - 1e-6) - 1e-12, told + " " + expected);
        });
  }

  @Test
  void one_history_asked_often_answers_as_it_does_asked_once() {
    forAll(
        500,
        (m, x, recency, age, horizon) -> {
          PurchaseModel.Survival survival = m.survival(x, recency, age);
          for (double days : new double[] {horizon, horizon / 3, horizon}) {
            assertEquals(m.pNone(x, recency, age, days), survival.pNone(days), m.toString());
          }
          assertEquals(m.pAlive(x, recency, age), survival.pAlive(), m.toString());
        });
  }

  @Test
  void a_longer_horizon_never_means_fewer_purchases() {
    forAll(
        1500,
        (m, x, recency, age, horizon) -> {
          assertTrue(
              m.expected(x, recency, age, horizon)
                  <= m.expected(x, recency, age, 1.5 * horizon) * (1 + 1e-9),
              m.toString());
          assertTrue(
              m.pNone(x, recency, age, horizon)
                  >= m.pNone(x, recency, age, 1.5 * horizon) * (1 - 1e-9),
              m.toString());
        });
  }

  @Test
  void the_counts_probabilities_sum_to_one_and_to_the_expectation() {
    PurchaseModel[] models = {
      Family.NBD.with(0.6, 60),
      Family.BG_NBD.with(0.6, 60, 0.8, 2.5),
      Family.MBG_NBD.with(0.6, 60, 0.8, 2.5),
      Family.PARETO_NBD.with(0.6, 60, 0.6, 90)
    };
    for (PurchaseModel m : models) {
      double sum = 0;
      double mean = 0;
      for (int n = 0; n < 150; n++) {
        double p = m.pCount(n, 3, 100, 200, 90);
        sum += p;
        mean += n * p;
      }
      assertEquals(1, sum, 1e-9, m.toString());
      assertEquals(m.expected(3, 100, 200, 90), mean, 1e-8, m.toString());
    }
  }

  @Test
  void the_series_and_the_quadrature_of_the_geometric_future_agree() {
    // Just below and above the number of terms where the code changes from one to the other.
    double below = new GeometricFuture(2, 60, 0.8, 3).expected();
    double above = new GeometricFuture(2, 61, 0.8, 3).expected();
    double slope = new GeometricFuture(2, 60.5, 0.8, 3).expected();
    assertEquals(slope, (below + above) / 2, 1e-3 * slope);
  }

  @Test
  void draws_have_the_expectation_that_the_formula_says() {
    Chance chance = new Chance(5);
    for (Family family : Family.values()) {
      PurchaseModel m = Prior.model(family);
      double sum = 0;
      int n = 40_000;
      for (int i = 0; i < n; i++) {
        sum += m.drawIfAlive(3, 200, 120, chance);
      }
      double expected = m.expectedIfAlive(3, 200, 120);
      assertEquals(expected, sum / n, 0.03 * expected, family.label());
    }
  }
}
