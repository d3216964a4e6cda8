package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Chance;
import ai.quimbi.core.stats.Scores;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// A forecast made on a past day from what was known then, beside what happened.
public record Backtest(
    ForecastModel model, int day, int horizonDays, List<Row> rows, Aggregate spend) {

  private static final int DECILES = 10;

  public Backtest {
    rows = List.copyOf(rows);
  }

  /// One customer: forecasts, and what came. Money in minor units. `rank` is where the actual spend
  /// fell in its predictive distribution.
  public record Row(
      String customerId,
      Summary summary,
      double expectedOrders,
      double pPurchase,
      double expectedSpend,
      double spendLower,
      double spendUpper,
      double rank,
      int orders,
      double spend) {
    double isCovered() {
      return spend >= spendLower && spend <= spendUpper ? 1 : 0;
    }
  }

  /// All customers' spending together: forecast, 95 % interval, actual.
  public record Aggregate(double forecast, double lower, double upper, double actual) {}

  /// Fits, chooses and tunes everything on purchases up to and including `day`, then forecasts
  /// `(day, day + horizonDays]`.
  public static Backtest of(
      Panel panel,
      int day,
      int horizonDays,
      int scale,
      Optional<Family> family,
      Optional<Integer> origins) {
    ForecastModel model =
        Fitting.of(panel.until(day), day, scale, horizonDays, family, origins).model();
    Origin origin = Origin.of(panel, day, horizonDays);
    Row[] rows = new Row[origin.size()];
    IntStream.range(0, rows.length).parallel().forEach(i -> rows[i] = row(origin, i, model));
    Arrays.sort(rows, Comparator.comparing(Row::customerId));
    List<Row> list = Arrays.asList(rows);
    return new Backtest(model, day, horizonDays, list, aggregate(list, model, horizonDays));
  }

  private static Row row(Origin origin, int i, ForecastModel model) {
    Traits traits = Traits.of(origin.histories.get(i), model, origin.day);
    int days = origin.horizon;
    String id = origin.histories.get(i).id;
    double orders = new CustomerForecast(traits, model).purchases(days);
    double mean = orders * LifetimeValue.valuePerPurchase(traits.summary(), model);
    long seed = LifetimeValue.seedOf(id, model);
    double[] draws = PredictiveSpend.draws(traits, model, days, seed);
    double rank = PredictiveSpend.rank(draws, origin.spend[i], new Chance(seed + 1).uniform());
    PredictiveSpend.Range range = PredictiveSpend.rangeOf(draws, model, days, mean);
    return new Row(
        id,
        traits.summary(),
        orders,
        Outlook.of(traits, model).pBuy(traits.summary(), model, days),
        mean,
        range.lower(),
        range.upper(),
        rank,
        (int) origin.orders[i],
        origin.spend[i]);
  }

  // Customers' chances are independent given the period; the period's own error is shared by all
  // and does not average out. It dominates from a few hundred customers on.
  private static Aggregate aggregate(List<Row> rows, ForecastModel model, int horizonDays) {
    double mean = 0;
    double variance = 0;
    double actual = 0;
    for (Row row : rows) {
      mean += row.expectedSpend();
      // A normal-equivalent spread of the predictive interval.
      double spread = (row.spendUpper() - row.spendLower()) / (2 * 1.96);
      variance += spread * spread;
      actual += row.spend();
    }
    double relative = mean > 0 ? variance / (mean * mean) : 0;
    double spread = Revenue.spread(model.adjustment(), horizonDays, relative);
    return new Aggregate(mean, mean * Math.exp(-spread), mean * Math.exp(spread), actual);
  }

  /// The expected purchases of all customers together by the end of each of `points` equal parts of
  /// the horizon; the last is the sum of the rows' forecasts.
  public double[] cumulativeOrders(int points) {
    double[] sums = new double[points];
    for (Row row : rows) {
      Summary s = row.summary();
      double whole = model.purchases().expected(s.frequency(), s.recency(), s.age(), horizonDays);
      double factor = whole > 0 ? row.expectedOrders() / whole : 0;
      double alive = model.purchases().pAlive(s.frequency(), s.recency(), s.age());
      for (int i = 0; i < points; i++) {
        double days = horizonDays * (i + 1.0) / points;
        sums[i] += factor * alive * model.purchases().expectedIfAlive(s.frequency(), s.age(), days);
      }
    }
    return sums;
  }

  public double[] column(ToDoubleFunction<Row> field) {
    return rows.stream().mapToDouble(field).toArray();
  }

  public boolean[] bought() {
    boolean[] bought = new boolean[rows.size()];
    for (int i = 0; i < bought.length; i++) {
      bought[i] = rows.get(i).orders() > 0;
    }
    return bought;
  }

  /// The share of the rows picked whose actual spend lies within their interval.
  public double coverage(Predicate<Row> picked) {
    return rows.stream().filter(picked).mapToDouble(Row::isCovered).average().orElse(Double.NaN);
  }

  /// The coverage within each tenth of the rows, from the lowest forecast of spending to the
  /// highest.
  public List<Double> coverageByValueDecile() {
    List<Row> byValue =
        rows.stream().sorted(Comparator.comparingDouble(Row::expectedSpend)).toList();
    return IntStream.range(0, Math.min(DECILES, rows.size()))
        .mapToObj(
            k -> byValue.subList(byValue.size() * k / DECILES, byValue.size() * (k + 1) / DECILES))
        .filter(tenth -> !tenth.isEmpty())
        .map(tenth -> tenth.stream().mapToDouble(Row::isCovered).average().orElseThrow())
        .toList();
  }

  /// The share of ranks within the tails that were served.
  public double pitCoverage() {
    Adjustment.Tails tails = model.adjustment().tailsAt(horizonDays);
    return rows.stream()
        .mapToDouble(row -> row.rank() >= tails.lower() && row.rank() <= tails.upper() ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  public List<Scores.Bin> calibration() {
    return Scores.calibration(column(Row::pPurchase), bought());
  }
}
