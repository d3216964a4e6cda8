package ai.quimbi.server.app.forecast;

import ai.quimbi.core.forecast.Adjustment;
import ai.quimbi.core.forecast.Backtest;
import ai.quimbi.core.forecast.Peers;
import ai.quimbi.core.stats.Calibration;
import ai.quimbi.core.stats.Scores;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How a backtest went, in numbers.
record BacktestReport(
    Backtest backtest,
    Purchases purchases,
    List<Peers.Comparison> bestPeers,
    List<List<Peers.Comparison>> givenPeers,
    double readSeconds,
    double fitSeconds) {

  private static final double LIKELY = 0.5;
  private static final double CENTS = 100;
  private static final String GIVEN = "peer_predictions";

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("customers", backtest.rows().size());
    map.put("model", backtest.model().purchases().family().label());
    map.put("orders", orders(backtest.column(Backtest.Row::expectedOrders)));
    map.put("bought", bought(backtest.column(Backtest.Row::pPurchase)));
    if (purchases.haveAmounts()) {
      map.put("spend", spend());
    }
    map.put("naive", naive());
    if (!bestPeers.isEmpty()) {
      map.put("best_peer", beside(bestPeers));
    }
    if (!givenPeers.isEmpty()) {
      Map<String, Object> given = new LinkedHashMap<>();
      givenPeers.forEach(peer -> given.put(peer.getFirst().peer(), beside(peer)));
      map.put(GIVEN, given);
    }
    map.put("learned", learned());
    Map<String, Object> seconds = new LinkedHashMap<>();
    seconds.put("read", readSeconds);
    seconds.put("fit", fitSeconds);
    map.put("seconds", seconds);
    return map;
  }

  Map<String, Object> orders(double[] forecast) {
    double[] actual = backtest.column(Backtest.Row::orders);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("mae", Scores.meanAbsoluteError(forecast, actual));
    map.put("rmse", Scores.rootMeanSquareError(forecast, actual));
    put(map, "aggregate_error_pct", Scores.aggregateErrorPercent(forecast, actual));
    put(map, "spearman", Scores.spearman(forecast, actual));
    put(map, "top_decile_capture", Scores.topDecileCapture(forecast, actual));
    return map;
  }

  Map<String, Object> bought(double[] probability) {
    boolean[] bought = backtest.bought();
    Map<String, Object> map = new LinkedHashMap<>();
    put(map, "auc", Scores.auc(probability, bought));
    map.put("brier", Scores.brier(probability, bought));
    map.put("ece", Scores.calibrationError(probability, bought));
    map.put("log_loss", Scores.logLoss(probability, bought));
    return map;
  }

  private Map<String, Object> spend() {
    double[] forecast = inUnits(backtest.column(Backtest.Row::expectedSpend));
    double[] actual = inUnits(backtest.column(Backtest.Row::spend));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("mae", Scores.meanAbsoluteError(forecast, actual));
    map.put("rmse", Scores.rootMeanSquareError(forecast, actual));
    put(map, "aggregate_error_pct", Scores.aggregateErrorPercent(forecast, actual));
    put(map, "coverage_95", backtest.coverage(row -> true));
    put(map, "coverage_95_likely_buyers", backtest.coverage(row -> row.pPurchase() >= LIKELY));
    put(map, "coverage_95_buyers", backtest.coverage(row -> row.orders() > 0));
    map.put("coverage_95_by_value_decile", backtest.coverageByValueDecile());
    put(map, "pit_coverage_95", backtest.pitCoverage());
    put(map, "mean_width_95", meanWidth());
    Backtest.Aggregate all = backtest.spend();
    map.put("aggregate_interval_95", List.of(all.lower() / CENTS, all.upper() / CENTS));
    map.put("aggregate_actual", all.actual() / CENTS);
    return map;
  }

  private static Map<String, Object> beside(List<Peers.Comparison> peers) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Peers.Comparison c : peers) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("model", c.peer());
      one.put("value", c.theirs());
      one.put("ours", c.ours());
      one.put("ours_less_theirs_95", List.of(c.lower(), c.upper()));
      map.put(c.metric().name().toLowerCase(Locale.ROOT), one);
    }
    return map;
  }

  // What earlier origins taught, in words and numbers.
  private Map<String, Object> learned() {
    Adjustment a = backtest.model().adjustment();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("spend_model", backtest.model().spend().label());
    map.put("buying_weights", a.buying().weights().size());
    map.put("buying_trees", a.buying().trees().count());
    map.put("counting_weights", a.counting().weights().size());
    map.put("counting_trees", a.counting().trees().count());
    map.put(
        "calibration",
        switch (a.calibration()) {
          case Calibration.Beta beta -> beta.equals(Calibration.NONE) ? "none" : "beta";
          case Calibration.Isotonic isotonic -> "isotonic in " + isotonic.from().size();
        });
    map.put("log_odds_moved", a.intercept());
    map.put("purchases_level", a.level());
    map.put("value_level", a.valueLevel());
    map.put("period_spread", a.period().spread());
    map.put("checked_days", a.checkedDays());
    return map;
  }

  private double meanWidth() {
    return backtest.rows().stream()
        .mapToDouble(row -> (row.spendUpper() - row.spendLower()) / CENTS)
        .average()
        .orElse(Double.NaN);
  }

  // Two forecasts anyone can make: everybody as the average customer was in as many days before,
  // and nothing at all.
  private Map<String, Object> naive() {
    int day = backtest.day();
    int before = day - backtest.horizonDays();
    double orders = 0;
    double buyers = 0;
    double customers = 0;
    for (var days : purchases.byCustomer().values()) {
      if (days.firstKey() <= day) {
        int n = days.headMap(day, true).tailMap(Math.max(before, days.firstKey()), false).size();
        customers++;
        orders += n;
        buyers += n > 0 ? 1 : 0;
      }
    }
    double[] mean = filled(orders / customers);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("orders", orders(mean));
    map.put("bought", bought(filled(Math.clamp(buyers / customers, 1e-6, 1 - 1e-6))));
    map.put("zero_orders", orders(filled(0)));
    return map;
  }

  private double[] filled(double value) {
    double[] filled = new double[backtest.rows().size()];
    Arrays.fill(filled, value);
    return filled;
  }

  private static double[] inUnits(double[] cents) {
    return Arrays.stream(cents).map(value -> value / CENTS).toArray();
  }

  // What cannot be said (a rate of nothing, a rank among equals) is left out.
  private static void put(Map<String, Object> map, String name, double value) {
    if (Double.isFinite(value)) {
      map.put(name, value);
    }
  }

  String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%,d customers known on %s, the %d days after it, %s%n"
            .formatted(
                backtest.rows().size(),
                LocalDate.ofEpochDay(backtest.day()),
                backtest.horizonDays(),
                backtest.model().purchases().family().label()));
    toMap()
        .forEach(
            (name, value) -> {
              if (name.equals(GIVEN) && value instanceof Map<?, ?> peers) {
                peers.forEach((peer, scores) -> section(text, "beside " + peer, scores));
              } else {
                section(text, name, value);
              }
            });
    return text.toString();
  }

  private static void section(StringBuilder text, Object title, Object value) {
    if (value instanceof Map<?, ?> scores) {
      text.append(title).append(":\n");
      scores.forEach(
          (score, number) -> text.append("  %-26s %s%n".formatted(score, shortened(number))));
    }
  }

  private static String shortened(Object value) {
    return switch (value) {
      case Double number -> "%.4f".formatted(number);
      case List<?> list -> list.stream().map(BacktestReport::shortened).toList().toString();
      case Map<?, ?> map -> {
        StringBuilder line = new StringBuilder();
        map.forEach(
            (name, number) -> line.append(name).append(' ').append(shortened(number)).append("  "));
        yield line.toString().stripTrailing();
      }
      default -> String.valueOf(value);
    };
  }
}
