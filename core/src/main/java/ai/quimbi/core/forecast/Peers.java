package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Chance;
import ai.quimbi.core.stats.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The literature's models as they are published, each by plain maximum likelihood on the same
/// customers: what a backtest's forecasts have to be better than.
public final class Peers {
  private static final int RESAMPLES = 1_000;
  private static final List<Family> FAMILIES =
      List.of(Family.BG_NBD, Family.MBG_NBD, Family.PARETO_NBD);

  private Peers() {}

  /// What is compared; the less the better, but for the AUC.
  public enum Metric {
    RMSE,
    AUC,
    BRIER,
    LOG_LOSS
  }

  /// By one measure: the best peer, its value and ours, and the 95 % interval of ours less its over
  /// customers drawn anew (Efron's bootstrap, in pairs). Where zero lies inside, these customers
  /// cannot tell who is better.
  public record Comparison(
      Metric metric, Family best, double theirs, double ours, double lower, double upper) {}

  /// Everybody's forecasts by one model, customers in the backtest's order.
  private static final class Forecasts {
    private final double[] orders;
    private final double[] probability;

    Forecasts(double[] orders, double[] probability) {
      this.orders = orders;
      this.probability = probability;
    }

    double score(Metric metric, double[] actual, boolean[] bought, int[] who) {
      double[] p = Arrays.stream(who).mapToDouble(i -> probability[i]).toArray();
      boolean[] happened = new boolean[who.length];
      for (int k = 0; k < who.length; k++) {
        happened[k] = bought[who[k]];
      }
      return switch (metric) {
        case RMSE ->
            Scores.rootMeanSquareError(
                Arrays.stream(who).mapToDouble(i -> orders[i]).toArray(),
                Arrays.stream(who).mapToDouble(i -> actual[i]).toArray());
        case AUC -> Scores.auc(p, happened);
        case BRIER -> Scores.brier(p, happened);
        case LOG_LOSS -> Scores.logLoss(p, happened);
      };
    }
  }

  public static List<Comparison> of(Backtest backtest) {
    Forecasts ours =
        new Forecasts(
            backtest.column(Backtest.Row::expectedOrders),
            backtest.column(Backtest.Row::pPurchase));
    List<Forecasts> peers = FAMILIES.stream().map(family -> plain(family, backtest)).toList();
    double[] actual = backtest.column(Backtest.Row::orders);
    boolean[] bought = backtest.bought();
    int n = actual.length;
    int[] everybody = IntStream.range(0, n).toArray();
    int[][] samples = new int[RESAMPLES][n];
    Chance chance = new Chance(1);
    for (int[] sample : samples) {
      Arrays.setAll(sample, i -> chance.below(n));
    }
    List<Comparison> comparisons = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      double sign = metric == Metric.AUC ? -1 : 1;
      int best =
          IntStream.range(0, peers.size())
              .boxed()
              .min(
                  Comparator.comparingDouble(
                      k -> sign * peers.get(k).score(metric, actual, bought, everybody)))
              .orElseThrow();
      double[] differences =
          Arrays.stream(samples)
              .parallel()
              .mapToDouble(
                  who ->
                      ours.score(metric, actual, bought, who)
                          - peers.get(best).score(metric, actual, bought, who))
              .sorted()
              .toArray();
      comparisons.add(
          new Comparison(
              metric,
              FAMILIES.get(best),
              peers.get(best).score(metric, actual, bought, everybody),
              ours.score(metric, actual, bought, everybody),
              PredictiveSpend.quantile(differences, 0.025),
              PredictiveSpend.quantile(differences, 0.975)));
    }
    return comparisons;
  }

  private static Forecasts plain(Family family, Backtest backtest) {
    double[] x = backtest.column(row -> row.summary().frequency());
    double[] recency = backtest.column(row -> row.summary().recency());
    double[] age = backtest.column(row -> row.summary().age());
    int[] counts = Arrays.stream(x).mapToInt(count -> (int) count).toArray();
    PurchaseModel model = PurchaseFit.likeliest(family, counts, recency, age).model();
    int days = backtest.horizonDays();
    double[] orders = new double[counts.length];
    double[] probability = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      orders[i] = model.expected(counts[i], recency[i], age[i], days);
      probability[i] = 1 - model.pNone(counts[i], recency[i], age[i], days);
    }
    return new Forecasts(orders, probability);
  }
}
