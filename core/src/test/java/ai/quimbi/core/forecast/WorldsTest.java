package ai.quimbi.core.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.stats.Chance;
import ai.quimbi.core.stats.Reals;
import ai.quimbi.core.stats.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Shops whose truth is known. A few seeds here; 200 each in the battery, or as many as
/// `-Dworlds.seeds=N` says: `./quimbi test --battery worlds -Dworlds.seeds=20
/// -Dtest='WorldsTest#battery_seasonal'`.
class WorldsTest {
  private static final int JOIN = 300;
  private static final int NOW = 540;
  private static final int HORIZON = 90;
  private static final int END = NOW + HORIZON;
  private static final int SEEDS = Integer.getInteger("worlds.seeds", 200);

  /// What a run over many seeds adds up to.
  private static final class Tally {
    private int parameters;
    private int within;
    private double calibrationError;
    private double pooledCalibrationError;
    private double totalsCovered;
    private double forecast;
    private double actual;
    private double covered;
    private int runs;

    double shareWithin() {
      return (double) within / parameters;
    }
  }

  private static void parameters(Tally tally, Family family, double[] truth, long seed) {
    // Continuous time: the models know no days, and rounding to days is not what is tested here.
    Chance chance = new Chance(seed);
    int n = 1500;
    int[] x = new int[n];
    double[] recency = new double[n];
    double[] age = new double[n];
    for (int i = 0; i < n; i++) {
      age[i] = NOW - chance.below(JOIN);
      double rate = chance.gamma(truth[0]) / truth[1];
      boolean isPareto = family == Family.PARETO_NBD;
      double life = isPareto ? chance.exponential() / (chance.gamma(truth[2]) / truth[3]) : 1e300;
      double stop = isPareto ? 0 : chance.beta(truth[2], truth[3]);
      double until = Math.min(age[i], life);
      double at = chance.exponential() / rate;
      while (at <= until) {
        x[i]++;
        recency[i] = at;
        at = chance.uniform() < stop ? Double.MAX_VALUE : at + chance.exponential() / rate;
      }
    }
    Estimate fit = PurchaseFit.likeliest(family, x, recency, age);
    for (int i = 0; i < truth.length; i++) {
      double off = Math.log(fit.model().parameters().get(i) / truth[i]);
      tally.parameters++;
      tally.within += Math.abs(off) <= 2 * fit.covariance().standardError(i) ? 1 : 0;
    }
  }

  /// One world's forecasts beside what happened.
  private record Outcome(
      double forecast,
      double actual,
      Reals probabilities,
      List<Boolean> bought,
      double pit,
      boolean isTotalCovered) {
    static Outcome of(Panel world, int origins) {
      Backtest backtest =
          Backtest.of(world, NOW, HORIZON, 2, Optional.empty(), Optional.of(origins));
      Backtest.Aggregate all = backtest.spend();
      return new Outcome(
          Arrays.stream(backtest.column(Backtest.Row::expectedOrders)).sum(),
          Arrays.stream(backtest.column(Backtest.Row::orders)).sum(),
          Reals.of(backtest.column(Backtest.Row::pPurchase)),
          backtest.rows().stream().map(row -> row.orders() > 0).toList(),
          backtest.pitCoverage(),
          all.actual() >= all.lower() && all.actual() <= all.upper());
    }
  }

  // Worlds are independent and may run side by side; their order, and so every sum, is kept.
  private static Tally forecasts(LongFunction<Panel> world, int from, int to) {
    List<Outcome> outcomes =
        LongStream.range(from, to)
            .parallel()
            .mapToObj(seed -> Outcome.of(world.apply(seed), 3))
            .toList();
    Tally tally = new Tally();
    List<Double> probabilities = new ArrayList<>();
    List<Boolean> bought = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      tally.forecast += outcome.forecast();
      tally.actual += outcome.actual();
      tally.covered += outcome.pit();
      tally.totalsCovered += outcome.isTotalCovered() ? 1 : 0;
      tally.runs++;
      double[] p = outcome.probabilities().toArray();
      tally.calibrationError += Scores.calibrationError(p, flags(outcome.bought()));
      Arrays.stream(p).forEach(probabilities::add);
      bought.addAll(outcome.bought());
    }
    tally.pooledCalibrationError =
        Scores.calibrationError(
            probabilities.stream().mapToDouble(Double::doubleValue).toArray(), flags(bought));
    return tally;
  }

  private static boolean[] flags(List<Boolean> list) {
    boolean[] flags = new boolean[list.size()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = list.get(i);
    }
    return flags;
  }

  private static void assertHonest(String world, Tally tally, double aggregateTolerance) {
    double error = tally.forecast / tally.actual - 1;
    double covered = tally.covered / tally.runs;
    String told =
        ("%s: aggregate error %+.3f, ECE %.4f of all runs together and %.4f on average,"
                + " PIT coverage %.3f, totals covered %.3f, %d runs")
            .formatted(
                world,
                error,
                tally.pooledCalibrationError,
                tally.calibrationError / tally.runs,
                covered,
                tally.totalsCovered / tally.runs,
                tally.runs);
    System.out.println(told);
    assertTrue(Math.abs(error) <= aggregateTolerance, told);
    assertTrue(tally.pooledCalibrationError <= 0.03, told);
    assertTrue(covered >= 0.92 && covered <= 0.98, told);
  }

  @Test
  void in_worlds_that_obey_the_model_estimates_lie_within_two_standard_errors() {
    Tally tally = new Tally();
    for (long seed = 1; seed <= 8; seed++) {
      parameters(tally, Family.BG_NBD, new double[] {0.5, 60, 0.8, 2.5}, seed);
      parameters(tally, Family.PARETO_NBD, new double[] {0.6, 60, 0.6, 90}, seed);
    }
    // 64 dependent trials of 95 %: eight misses have a chance below one in a hundred.
    assertTrue(tally.shareWithin() >= 0.87, "within two standard errors " + tally.shareWithin());
  }

  @Test
  void forecasts_are_calibrated_where_customers_stop_after_purchases() {
    assertHonest("bg-nbd", forecasts(s -> World.bgNbd(2000, JOIN, END, s), 1, 3), 0.05);
  }

  @Test
  void forecasts_are_calibrated_where_customers_live_a_random_time() {
    assertHonest("pareto-nbd", forecasts(s -> World.paretoNbd(2000, JOIN, END, s), 1, 3), 0.05);
  }

  @Test
  void a_world_without_dropout_is_named_and_forecast_right() {
    Panel panel = World.noDropout(1500, JOIN, END, 5);
    Origin now = Origin.of(panel, NOW, HORIZON);
    Estimate bg = PurchaseFit.likeliest(Family.BG_NBD, now.x, now.recency, now.age);
    assertTrue(
        bg.degeneracy().isEmpty() || bg.degeneracy().get().contains("dropout"),
        bg.degeneracy().toString());
    Estimate nbd = PurchaseFit.likeliest(Family.NBD, now.x, now.recency, now.age);
    assertEquals(nbd.logLikelihood(), bg.logLikelihood(), 3);
    // A calibration error of one run alone is mostly chance.
    assertHonest("no dropout", forecasts(s -> World.noDropout(1500, JOIN, END, s), 5, 8), 0.08);
  }

  // Without what the second stage says in sum, the total is 7 % too high.
  @Test
  void subscribers_are_forecast_right_on_the_whole() {
    assertHonest(
        "subscription", forecasts(s -> World.subscription(600, JOIN, END, s), 1, 11), 0.05);
  }

  // Without the wave, the total is 60 % too high.
  @Test
  void a_yearly_wave_is_found_in_a_year_and_a_half() {
    assertHonest("seasonal", forecasts(s -> World.seasonal(600, JOIN, END, s), 1, 9), 0.05);
  }

  @Test
  @Tag("battery")
  @Tag("battery-worlds")
  void battery_parameters() {
    Tally bg = new Tally();
    Tally pareto = new Tally();
    for (long seed = 1; seed <= SEEDS; seed++) {
      parameters(bg, Family.BG_NBD, new double[] {0.5, 60, 0.8, 2.5}, seed);
      parameters(pareto, Family.PARETO_NBD, new double[] {0.6, 60, 0.6, 90}, seed);
    }
    System.out.println("within two standard errors: bg-nbd " + bg.shareWithin());
    System.out.println("within two standard errors: pareto-nbd " + pareto.shareWithin());
    assertTrue(bg.shareWithin() >= 0.92 && bg.shareWithin() <= 0.98);
    assertTrue(pareto.shareWithin() >= 0.92 && pareto.shareWithin() <= 0.98);
  }

  // 600 customers each: 200 runs of a world in minutes.
  private static void battery(String name, LongFunction<Panel> world) {
    assertHonest(name, forecasts(world, 1, 1 + SEEDS), 0.05);
  }

  @Test
  @Tag("battery")
  @Tag("battery-worlds")
  void battery_bg_nbd() {
    battery("bg nbd", s -> World.bgNbd(600, JOIN, END, s));
  }

  @Test
  @Tag("battery")
  @Tag("battery-worlds")
  void battery_pareto_nbd() {
    battery("pareto nbd", s -> World.paretoNbd(600, JOIN, END, s));
  }

  @Test
  @Tag("battery")
  @Tag("battery-worlds")
  void battery_no_dropout() {
    battery("no dropout", s -> World.noDropout(600, JOIN, END, s));
  }

  @Test
  @Tag("battery")
  @Tag("battery-worlds")
  void battery_subscription() {
    battery("subscription", s -> World.subscription(600, JOIN, END, s));
  }

  @Test
  @Tag("battery")
  @Tag("battery-worlds")
  void battery_seasonal() {
    battery("seasonal", s -> World.seasonal(600, JOIN, END, s));
  }

  @Test
  @Tag("battery")
  @Tag("battery-worlds")
  void battery_regime_change() {
    battery("regime change", s -> World.regimeChange(600, JOIN, END, NOW - 200, s));
  }
}
