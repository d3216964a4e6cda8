package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Chance;
import ai.quimbi.core.stats.Scores;
import ai.quimbi.core.stats.Special;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Replays earlier origins with models that knew only what came before each, and collects how the
/// outcomes compare: the raw material of calibrated tails and of [Quality].
final class Review {
  private static final int BLOCK = 500;
  private static final int RANKS = 20;
  private static final int RANKS_PER_ORIGIN = 400;
  private static final int ORIGINS_TO_CALIBRATE = 3;

  private final List<Double> ranks = new ArrayList<>();
  private final List<Double> probabilities = new ArrayList<>();
  private final List<Boolean> bought = new ArrayList<>();
  private final Chance chance = new Chance(1);
  private double naiveLoss;
  private int origins;

  /// `buyersBefore` is the share of customers who bought in the period before the origin.
  void add(Origin origin, ForecastModel model, double buyersBefore) {
    origins++;
    double naive = Math.clamp(buyersBefore, 1e-3, 1 - 1e-3);
    double[] buys = new double[origin.size()];
    Blocks.each(
        buys.length,
        BLOCK,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            buys[i] = Special.logistic(Outlook.of(origin.traits[i], model).logitBuy());
          }
        });
    for (int i = 0; i < buys.length; i++) {
      boolean isBuyer = origin.orders[i] > 0;
      probabilities.add(buys[i]);
      bought.add(isBuyer);
      naiveLoss -= Math.log(isBuyer ? naive : 1 - naive);
    }
    addRanks(origin, model);
  }

  private void addRanks(Origin origin, ForecastModel model) {
    int stride = Math.max(1, origin.size() / RANKS_PER_ORIGIN);
    int n = (origin.size() + stride - 1) / stride;
    long[] seeds = new long[n];
    double[] uniforms = new double[n];
    for (int k = 0; k < n; k++) {
      seeds[k] = chance.bits();
      uniforms[k] = chance.uniform();
    }
    double[] found = new double[n];
    Blocks.each(
        n,
        RANKS,
        (from, to) -> {
          for (int k = from; k < to; k++) {
            Traits traits = origin.traits[k * stride];
            double[] draws = PredictiveSpend.drawsForRank(traits, model, origin.horizon, seeds[k]);
            found[k] = PredictiveSpend.rank(draws, origin.spend[k * stride], uniforms[k]);
          }
        });
    for (double rank : found) {
      ranks.add(rank);
    }
  }

  // Distributional conformal prediction (Chernozhukov, Wüthrich & Zhu 2021): the ranks that earlier
  // outcomes had within their own predictive distributions tell which quantiles hold 95 %.
  Adjustment calibrated(Adjustment learned, int horizon) {
    if (origins < ORIGINS_TO_CALIBRATE) {
      return learned;
    }
    double[] sorted = ranks.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double edge = 1.0 / (sorted.length + 1);
    double tail = (1 - LifetimeValue.CONFIDENCE_LEVEL) / 2;
    return learned.withTails(
        Math.clamp(PredictiveSpend.quantile(sorted, tail - tail * edge), 0.0005, tail),
        Math.clamp(PredictiveSpend.quantile(sorted, 1 - tail + tail * edge), 1 - tail, 0.9995),
        horizon);
  }

  Optional<Quality> quality(int horizon) {
    if (origins == 0) {
      return Optional.empty();
    }
    double[] p = probabilities.stream().mapToDouble(Double::doubleValue).toArray();
    boolean[] happened = new boolean[p.length];
    for (int i = 0; i < p.length; i++) {
      happened[i] = bought.get(i);
    }
    double tail = (1 - LifetimeValue.CONFIDENCE_LEVEL) / 2;
    double within =
        ranks.stream().filter(rank -> rank >= tail && rank <= 1 - tail).count()
            / (double) ranks.size();
    return Optional.of(
        new Quality(
            origins,
            p.length,
            horizon,
            Scores.logLoss(p, happened),
            naiveLoss / p.length,
            Scores.brier(p, happened),
            within,
            Scores.calibration(p, happened)));
  }
}
