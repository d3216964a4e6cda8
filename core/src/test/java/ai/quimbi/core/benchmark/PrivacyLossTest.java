package ai.quimbi.core.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.stats.Chance;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// From 30 companies on: over a million draws each of two industries that differ in one company, no
/// outcome is more than e^ε times likelier in one than in the other.
class PrivacyLossTest {
  private static final int DRAWS = 1_000_000;
  // Rarer outcomes say nothing about ratios; the others' sampling error is below the tolerance.
  private static final int COMMON = 2_000;
  private static final double TOLERANCE = 0.12;

  /// Thirty companies in even ratios, and the same with the lowest gone to the top: the farthest
  /// that one company can go.
  private static final double[] ONE = PrivateQuantiles.grid(new Range(100, 900), 30);

  private static final double[] OTHER = ONE.clone();

  static {
    OTHER[0] = 900;
  }

  /// The largest ratio of the frequencies of an outcome, either way.
  private static double worst(Function<Noise, Object> one, Function<Noise, Object> other) {
    Map<Object, Integer> here = frequencies(one, 1);
    Map<Object, Integer> there = frequencies(other, 2);
    return Math.max(worst(here, there), worst(there, here));
  }

  private static double worst(Map<Object, Integer> here, Map<Object, Integer> there) {
    double worst = 0;
    int looked = 0;
    for (Map.Entry<Object, Integer> outcome : here.entrySet()) {
      if (outcome.getValue() >= COMMON) {
        int count = there.getOrDefault(outcome.getKey(), 0);
        worst = Math.max(worst, (double) outcome.getValue() / Math.max(1, count));
        looked++;
      }
    }
    assertTrue(looked >= 5, "outcomes common enough: " + looked);
    return worst;
  }

  private static Map<Object, Integer> frequencies(Function<Noise, Object> mechanism, long seed) {
    Noise noise = new Chance(seed)::bits;
    Map<Object, Integer> counts = new HashMap<>();
    for (int i = 0; i < DRAWS; i++) {
      counts.merge(mechanism.apply(noise), 1, Integer::sum);
    }
    return counts;
  }

  private static Function<Noise, Object> quartiles(double[] figures, double epsilon) {
    double[] grid = PrivateQuantiles.grid(new Range(100, 900), 7);
    PrivateQuantiles quantiles =
        PrivateQuantiles.of(figures, grid, new double[] {0.25, 0.5, 0.75}, epsilon);
    return noise -> {
      double[] q = quantiles.drawn(noise);
      return Math.round(q[0]) + " " + Math.round(q[1]) + " " + Math.round(q[2]);
    };
  }

  private static Function<Noise, Object> mean(double[] figures, double epsilon) {
    PrivateMean mean = PrivateMean.of(figures, new Range(100, 900), epsilon);
    return noise -> Math.round(mean.drawn(noise) / 10);
  }

  private static Function<Noise, Object> release(double[] figures) {
    PrivateFigures all = PrivateFigures.of(figures, new Range(50, 2_000), Double.MAX_VALUE);
    return noise -> {
      Figures drawn = all.drawn(noise);
      return Math.round(drawn.p50() / 50) + " " + Math.round(drawn.mean() / 50);
    };
  }

  @Test
  void quantiles_keep_their_epsilon() {
    double epsilon = PrivateFigures.QUANTILES;
    double worst = worst(quartiles(ONE, epsilon), quartiles(OTHER, epsilon));
    assertTrue(worst <= Math.exp(epsilon) * (1 + TOLERANCE), "ratio " + worst);
  }

  @Test
  void means_keep_their_epsilon() {
    double epsilon = PrivateFigures.MEAN;
    double worst = worst(mean(ONE, epsilon), mean(OTHER, epsilon));
    assertTrue(worst <= Math.exp(epsilon) * (1 + TOLERANCE), "ratio " + worst);
  }

  @Test
  void a_whole_release_of_a_measure_keeps_its_epsilon() {
    double epsilon = PrivateFigures.EPSILON / 2;
    double worst = worst(release(ONE), release(OTHER));
    assertTrue(worst <= Math.exp(epsilon) * (1 + TOLERANCE), "ratio " + worst);
    assertEquals(4, Released.Method.DIFFERENTIAL_PRIVACY.epsilon());
  }

  /// A mechanism that spends four times what it says is caught.
  @Test
  void the_tester_finds_a_mechanism_that_spends_more() {
    double said = PrivateFigures.MEAN;
    double worst = worst(mean(ONE, 4 * said), mean(OTHER, 4 * said));
    assertTrue(worst > Math.exp(said) * (1 + TOLERANCE), "ratio " + worst);
  }

  @Test
  void a_customer_is_hidden_in_the_company_s_own_contribution() {
    long cap = 2_000_00;
    // A hundred customers; one of them worth nothing and loyal, or worth the cap and lost.
    CustomerTotals one = new CustomerTotals(100, cap, 4_000_000, 300_000);
    CustomerTotals other = new CustomerTotals(100, cap, 4_000_000 + cap, 310_000);
    double worst = worst(contributed(one), contributed(other));
    assertTrue(worst <= Math.exp(CustomerTotals.EPSILON) * (1 + TOLERANCE), "ratio " + worst);
  }

  private static Function<Noise, Object> contributed(CustomerTotals totals) {
    return noise -> {
      Contribution given = totals.noised("owner", 100, 1, noise);
      return Math.round(given.ltv() / 10) + " " + Math.round(given.churn() * 50);
    };
  }
}
