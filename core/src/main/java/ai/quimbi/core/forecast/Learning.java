package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Reals;
import ai.quimbi.core.stats.Ridge;
import ai.quimbi.core.stats.Scores;
import ai.quimbi.core.stats.Special;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Learns an [Adjustment] from earlier origins, newest first, and keeps of it only what would have
/// helped on origins later than those it was learned from.
///
/// Every origin has an intercept of its own, so that one good or bad season is not mistaken for a
/// trait of customers. What of these intercepts carries over to the next period is their weighted
/// mean (half the weight with each origin back), shrunk; with fewer than three origins nothing, for
/// then chance and bias look alike.
final class Learning {
  private static final double PENALTY = 10;
  private static final double INTERCEPT_SCALE = 3;
  private static final int FEWEST_ROWS = 200;
  private static final int JUDGED = 2;
  private static final double[] STRENGTHS = {0, 0.25, 0.5, 0.75, 1};
  private static final int FEWEST_ORIGINS_FOR_LEVEL = 3;

  private final List<Examined> origins;

  private Learning(List<Examined> origins) {
    this.origins = origins;
  }

  /// An origin with its own fit's answers.
  record Examined(
      Origin origin, GammaGamma spend, List<Signals.Base> bases, List<double[]> signals) {
    static Examined of(
        Origin origin, PurchaseModel model, GammaGamma spend, double typicalNetMinor) {
      List<Signals.Base> bases = new ArrayList<>(origin.size());
      List<double[]> signals = new ArrayList<>(origin.size());
      for (Traits traits : origin.traits) {
        Signals.Base base = Signals.Base.of(model, traits.summary(), origin.horizon);
        bases.add(base);
        signals.add(Signals.of(traits, base, typicalNetMinor));
      }
      return new Examined(origin, spend, bases, signals);
    }

    /// ln of what the purchases that came were worth, over what the spend model expected of them.
    double logValueBias() {
      double actual = 0;
      double expected = 0;
      for (int i = 0; i < size(); i++) {
        Summary s = origin.traits[i].summary();
        actual += origin.spend[i];
        expected += origin.orders[i] * spend.expected(s.purchases(), s.netMinor());
      }
      return actual > 0 && expected > 0 ? Math.log(actual / expected) : 0;
    }

    int size() {
      return bases.size();
    }
  }

  /// What these origins teach, newest first.
  static Adjustment of(List<Examined> examined, int horizon) {
    return new Learning(examined).adjustment(horizon);
  }

  private Adjustment adjustment(int horizon) {
    Adjustment plain = Adjustment.plain(horizon);
    if (origins.isEmpty()) {
      return plain;
    }
    Verdict verdict = verdict(horizon);
    Adjustment stage =
        verdict.strength() > 0 ? stage(origins, horizon).times(verdict.strength()) : plain;
    Adjustment moving = stage.withMovesExpected(verdict.movesExpected());
    return withLevel(moving);
  }

  /// How strongly to apply the second stage (0: not at all), and whether to expected counts too.
  private record Verdict(double strength, boolean movesExpected) {
    static final Verdict NONE = new Verdict(0, false);
  }

  // The newest two origins are each judged by a stage learned from older ones only, at several
  // strengths; strength 0 wins unless another does better. All get the intercept (or multiple) that
  // suits the judged period best: the stage is about what tells customers apart, and is neither
  // praised nor blamed for the period's weather.
  private Verdict verdict(int horizon) {
    int fewest = origins.size() > 2 ? 2 : 1;
    double[] losses = new double[STRENGTHS.length];
    double[] squares = new double[STRENGTHS.length];
    for (int k = 0; k < JUDGED && k + fewest < origins.size(); k++) {
      List<Examined> earlier = origins.subList(k + 1, origins.size());
      if (rows(earlier) >= FEWEST_ROWS) {
        judge(origins.get(k), stage(earlier, horizon), losses, squares);
      }
    }
    int best = 0;
    for (int i = 1; i < losses.length; i++) {
      best = losses[i] < losses[best] ? i : best;
    }
    if (best == 0) {
      return Verdict.NONE;
    }
    // The stage that will serve has learned from the newest origin too, the most telling one, which
    // the judged ones had not: it earns half of what is missing to full strength.
    return new Verdict((1 + STRENGTHS[best]) / 2, squares[best] < squares[0]);
  }

  private static void judge(Examined judged, Adjustment stage, double[] losses, double[] squares) {
    int n = judged.size();
    boolean[] bought = judged.origin().bought();
    for (int at = 0; at < STRENGTHS.length; at++) {
      Adjustment scaled = stage.times(STRENGTHS[at]).withMovesExpected(true);
      double[] logits = new double[n];
      double[] expected = new double[n];
      for (int i = 0; i < n; i++) {
        Signals.Base base = judged.bases().get(i);
        double shift = scaled.shift(judged.signals().get(i));
        logits[i] = base.logitBuy() + shift;
        expected[i] = Math.exp(base.logExpected()) * scaled.expectedFactor(base.logitBuy(), shift);
      }
      losses[at] += lossAtBestIntercept(logits, bought);
      squares[at] += squaresAtBestMultiple(expected, judged.origin().orders);
    }
  }

  private static double lossAtBestIntercept(double[] logits, boolean[] bought) {
    double[][] one = new double[logits.length][];
    Arrays.fill(one, new double[] {1});
    double shift = Ridge.logistic(one, logits, bought, new double[] {1e-6})[0];
    double[] p = Arrays.stream(logits).map(z -> Special.logistic(z + shift)).toArray();
    return p.length * Scores.logLoss(p, bought);
  }

  private static double squaresAtBestMultiple(double[] expected, double[] actual) {
    double cross = 0;
    double square = 1e-12;
    double total = 0;
    for (int i = 0; i < expected.length; i++) {
      cross += expected[i] * actual[i];
      square += expected[i] * expected[i];
      total += actual[i] * actual[i];
    }
    return total - cross * cross / square;
  }

  private static int rows(List<Examined> origins) {
    return origins.stream().mapToInt(Examined::size).sum();
  }

  static Adjustment stage(List<Examined> origins, int horizon) {
    int n = rows(origins);
    int count = Signals.COUNT;
    double[] means = new double[count];
    double[] scales = new double[count];
    standardise(origins, means, scales);
    double[][] rows = new double[n][count + origins.size()];
    double[] offset = new double[n];
    boolean[] bought = new boolean[n];
    int row = 0;
    for (int k = 0; k < origins.size(); k++) {
      Examined origin = origins.get(k);
      for (int i = 0; i < origin.size(); i++) {
        double[] signals = origin.signals().get(i);
        for (int j = 0; j < count; j++) {
          rows[row][j] = Adjustment.standard(signals[j], means[j], scales[j]);
        }
        rows[row][count + k] = INTERCEPT_SCALE;
        offset[row] = origin.bases().get(i).logitBuy();
        bought[row] = origin.origin().orders[i] > 0;
        row++;
      }
    }
    double[] penalty = new double[count + origins.size()];
    Arrays.fill(penalty, PENALTY);
    double[] weights = Ridge.logistic(rows, offset, bought, penalty);
    double[] intercepts = new double[origins.size()];
    for (int k = 0; k < intercepts.length; k++) {
      intercepts[k] = INTERCEPT_SCALE * weights[count + k];
    }
    return Adjustment.stage(
        horizon,
        Reals.of(means),
        Reals.of(scales),
        Reals.of(Arrays.copyOf(weights, count)),
        carriedOver(intercepts));
  }

  private static void standardise(List<Examined> origins, double[] means, double[] scales) {
    int n = rows(origins);
    for (Examined origin : origins) {
      for (double[] signals : origin.signals()) {
        for (int j = 0; j < means.length; j++) {
          means[j] += signals[j] / n;
        }
      }
    }
    for (Examined origin : origins) {
      for (double[] signals : origin.signals()) {
        for (int j = 0; j < means.length; j++) {
          scales[j] += square(signals[j] - means[j]) / n;
        }
      }
    }
    for (int j = 0; j < scales.length; j++) {
      // A signal that never varies (no amounts, no returns) moves nothing.
      scales[j] = scales[j] > 1e-12 ? Math.sqrt(scales[j]) : 1;
    }
  }

  // Newest first: weights 1, ½, ¼, …, shrunk by the effective number of origins.
  private static double carriedOver(double[] effects) {
    if (effects.length < FEWEST_ORIGINS_FOR_LEVEL) {
      return 0;
    }
    double sum = 0;
    double weights = 0;
    double squares = 0;
    double weight = 1;
    for (double effect : effects) {
      sum += weight * effect;
      weights += weight;
      squares += weight * weight;
      weight /= 2;
    }
    double effective = weights * weights / squares;
    return sum / weights * effective / (effective + 1);
  }

  private Adjustment withLevel(Adjustment stage) {
    double[] errors = new double[origins.size()];
    double[] values = new double[origins.size()];
    for (int k = 0; k < errors.length; k++) {
      errors[k] = logBias(origins.get(k), stage);
      values[k] = origins.get(k).logValueBias();
    }
    double spread = 2 * square(Adjustment.PRIOR_PERIOD_SPREAD);
    boolean isLevelled = wouldHaveHelped(errors);
    for (int k = 0; k < errors.length; k++) {
      double[] earlier = Arrays.copyOfRange(errors, k + 1, errors.length);
      spread += square(errors[k] - (isLevelled ? carriedOver(earlier) : 0));
    }
    return stage.withLevels(
        isLevelled ? Math.exp(carriedOver(errors)) : 1,
        wouldHaveHelped(values) ? Math.exp(carriedOver(values)) : 1,
        Math.sqrt(spread / (errors.length + 2)),
        errors.length + 2);
  }

  // Each period's error against what the periods before it would have carried over.
  private static boolean wouldHaveHelped(double[] errors) {
    double without = 0;
    double with = 0;
    for (int k = 0; k < errors.length; k++) {
      double[] earlier = Arrays.copyOfRange(errors, k + 1, errors.length);
      without += Math.abs(errors[k]);
      with += Math.abs(errors[k] - carriedOver(earlier));
    }
    return errors.length >= FEWEST_ORIGINS_FOR_LEVEL && with <= without;
  }

  // ln(actual purchases / expected ones), with half a purchase added to both.
  private static double logBias(Examined origin, Adjustment stage) {
    double actual = 0.5;
    double expected = 0.5;
    for (int i = 0; i < origin.size(); i++) {
      Signals.Base base = origin.bases().get(i);
      double factor =
          stage.hasSecondStage()
              ? stage.expectedFactor(base.logitBuy(), stage.shift(origin.signals().get(i)))
              : 1;
      actual += origin.origin().orders[i];
      expected += Math.exp(base.logExpected()) * factor;
    }
    return Math.log(actual / expected);
  }

  private static double square(double x) {
    return x * x;
  }
}
