package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Chance;
import ai.quimbi.core.stats.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// What a backtest's forecasts have to be better than: the literature's models as they are
/// published, each by plain maximum likelihood on the same customers, or forecasts made elsewhere.
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

  /// By one measure: a peer, its value and ours, and the 95 % interval of ours less its over
  /// customers drawn anew (Efron's bootstrap, in pairs). Where zero lies inside, these customers
  /// cannot tell who is better.
  public record Comparison(
      Metric metric, String peer, double theirs, double ours, double lower, double upper) {}

  /// Everybody's forecasts by one peer, customers in the backtest's order.
  public static final class Forecasts {
    private final String peer;
    private final double[] orders;
    private final double[] probability;

    /// Expected purchases from 0 on, and probabilities of at least one.
    public Forecasts(String peer, double[] orders, double[] probability) {
      if (orders.length != probability.length) {
        throw new IllegalArgumentException(
            orders.length + " expectations and " + probability.length + " probabilities");
      }
      for (int i = 0; i < orders.length; i++) {
        if (!(orders[i] >= 0 && orders[i] < Double.POSITIVE_INFINITY)) {
          throw new IllegalArgumentException("expected purchases are no " + orders[i]);
        }
        if (!(probability[i] >= 0 && probability[i] <= 1)) {
          throw new IllegalArgumentException("probability must be in [0, 1]: " + probability[i]);
        }
      }
      this.peer = peer;
      this.orders = orders.clone();
      this.probability = probability.clone();
    }

    public String peer() {
      return peer;
    }

    private double score(Metric metric, double[] actual, boolean[] bought, int[] who) {
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

  /// By each measure the one of `peers` that is best at it, beside the backtest's own forecasts.
  /// Throws if there is no peer, or if one has forecasts of more or fewer customers.
  public static List<Comparison> best(Backtest backtest, List<Forecasts> peers) {
    Forecasts ours =
        new Forecasts(
            "ours",
            backtest.column(Backtest.Row::expectedOrders),
            backtest.column(Backtest.Row::pPurchase));
    double[] actual = backtest.column(Backtest.Row::orders);
    boolean[] bought = backtest.bought();
    int n = actual.length;
    for (Forecasts peer : peers) {
      if (peer.orders.length != n) {
        throw new IllegalArgumentException(
            peer.peer + ": " + peer.orders.length + " forecasts of " + n + " customers");
      }
    }
    int[] everybody = IntStream.range(0, n).toArray();
    int[][] samples = new int[RESAMPLES][n];
    Chance chance = new Chance(1);
    for (int[] sample : samples) {
      Arrays.setAll(sample, i -> chance.below(n));
    }
    List<Comparison> comparisons = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      double sign = metric == Metric.AUC ? -1 : 1;
      Forecasts best =
          peers.stream()
              .min(
                  Comparator.comparingDouble(
                      peer -> sign * peer.score(metric, actual, bought, everybody)))
              .orElseThrow();
      double[] differences =
          Arrays.stream(samples)
              .parallel()
              .mapToDouble(
                  who ->
                      ours.score(metric, actual, bought, who)
                          - best.score(metric, actual, bought, who))
              .sorted()
              .toArray();
      comparisons.add(
          new Comparison(
              metric,
              best.peer,
              best.score(metric, actual, bought, everybody),
              ours.score(metric, actual, bought, everybody),
              PredictiveSpend.quantile(differences, 0.025),
              PredictiveSpend.quantile(differences, 0.975)));
    }
    return comparisons;
  }

  /// BG/NBD, MBG/NBD and Pareto/NBD, each under the name the literature gives it.
  public static List<Forecasts> published(Backtest backtest) {
    return FAMILIES.stream().map(family -> plain(family, backtest)).toList();
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
      // A ratio of likelihoods may come out a rounding error above one.
      probability[i] = Math.max(0, 1 - model.pNone(counts[i], recency[i], age[i], days));
    }
    return new Forecasts(family.label(), orders, probability);
  }
}
