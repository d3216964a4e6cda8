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
    for (int i = 0; i < origin.size(); i++) {
      boolean isBuyer = origin.orders[i] > 0;
      probabilities.add(Special.logistic(Outlook.of(origin.traits[i], model).logitBuy()));
      bought.add(isBuyer);
      naiveLoss -= Math.log(isBuyer ? naive : 1 - naive);
    }
    int stride = Math.max(1, origin.size() / RANKS_PER_ORIGIN);
    for (int i = 0; i < origin.size(); i += stride) {
      double[] draws =
          PredictiveSpend.drawsForRank(origin.traits[i], model, origin.horizon, chance.bits());
      ranks.add(PredictiveSpend.rank(draws, origin.spend[i], chance));
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
