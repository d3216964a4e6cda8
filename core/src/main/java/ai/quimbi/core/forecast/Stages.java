package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Boosting;
import ai.quimbi.core.stats.Link;
import ai.quimbi.core.stats.Reals;
import ai.quimbi.core.stats.Ridge;
import java.util.Arrays;
import java.util.List;

/// Second stages at full strength, learned from so many origins, newest first.
///
/// Every origin has an intercept of its own, so that one good or bad season is not mistaken for a
/// trait of customers; `buyingLevel` and `countingLevel` are what these came to on average.
record Stages(
    int origins,
    SecondStage buying,
    SecondStage counting,
    double buyingLevel,
    double countingLevel) {
  static final Stages NONE = new Stages(0, SecondStage.NONE, SecondStage.NONE, 0, 0);

  /// Trees are grown around half the weights: what shops' customers have in common as they grow
  /// older is linear, but a weight also reaches beyond what was seen.
  static final double LINEAR_UNDER_TREES = 0.5;

  static final int TREES = 60;

  private static final double PENALTY = 10;
  private static final double INTERCEPT_SCALE = 3;
  private static final int MOST_ROWS = 8_000;
  private static final Boosting.Settings BUYING = new Boosting.Settings(TREES, 3, 0.1, 10, 15);

  // Counts scatter more than Poisson's, by a factor of about three in shops.
  private static final double DISPERSION = 3;
  private static final Boosting.Settings COUNTING =
      new Boosting.Settings(TREES, 3, 0.1, 10 * DISPERSION, 15 * DISPERSION);

  static Stages of(List<Examined> origins) {
    Rows rows = new Rows(origins);
    Rows.Learned buying = rows.learn(Link.LOGISTIC, o -> o.logitBuy, o -> o.bought);
    Rows.Learned counting = rows.learn(Link.POISSON, o -> o.logExpected, o -> o.origin.orders);
    return new Stages(
        origins.size(), buying.stage(), counting.stage(), buying.level(), counting.level());
  }

  /// How far the weights, whole and with their level, move the logarithm of everybody's purchases
  /// together.
  double movesOrders(Examined here) {
    double plain = 0;
    double moved = 0;
    for (int i = 0; i < here.size(); i++) {
      double expected = Math.exp(here.logExpected[i]);
      plain += expected;
      moved += expected * Math.exp(counting.linear(here.signals[i]) + countingLevel);
    }
    return plain > 0 && moved > 0 ? Math.log(moved / plain) : 0;
  }

  /// The log-odds that, added to everybody's, give as many buyers as the weights do.
  double movesBuyers(Examined here) {
    double[] wanted = new double[here.size()];
    for (int i = 0; i < wanted.length; i++) {
      double logit = here.logitBuy[i] + buying.linear(here.signals[i]) + buyingLevel;
      wanted[i] = Link.LOGISTIC.mean(logit);
    }
    return Trial.bestIntercept(here.logitBuy, wanted);
  }

  @FunctionalInterface
  private interface Column {
    double[] of(Examined origin);
  }

  /// The origins' customers one below the other; of many, every k-th.
  private static final class Rows {
    private final List<Examined> origins;
    private final double[] means = new double[Signals.COUNT];
    private final double[] scales = new double[Signals.COUNT];
    private final int[] originAt;
    private final int[] customerAt;
    private final double[][] plain;
    private final double[][] standard;

    Rows(List<Examined> origins) {
      this.origins = origins;
      int all = origins.stream().mapToInt(Examined::size).sum();
      int stride = (all + MOST_ROWS - 1) / MOST_ROWS;
      int n = origins.stream().mapToInt(o -> (o.size() + stride - 1) / stride).sum();
      originAt = new int[n];
      customerAt = new int[n];
      plain = new double[n][];
      int row = 0;
      for (int k = 0; k < origins.size(); k++) {
        for (int i = 0; i < origins.get(k).size(); i += stride) {
          originAt[row] = k;
          customerAt[row] = i;
          plain[row++] = origins.get(k).signals[i];
        }
      }
      standardise();
      standard = new double[n][];
      for (int i = 0; i < n; i++) {
        standard[i] = new double[Signals.COUNT + origins.size()];
        for (int j = 0; j < Signals.COUNT; j++) {
          standard[i][j] = SecondStage.standard(plain[i][j], means[j], scales[j]);
        }
        standard[i][Signals.COUNT + originAt[i]] = INTERCEPT_SCALE;
      }
    }

    private void standardise() {
      int n = plain.length;
      for (double[] row : plain) {
        for (int j = 0; j < means.length; j++) {
          means[j] += row[j] / n;
        }
      }
      for (double[] row : plain) {
        for (int j = 0; j < means.length; j++) {
          scales[j] += (row[j] - means[j]) * (row[j] - means[j]) / n;
        }
      }
      for (int j = 0; j < scales.length; j++) {
        // A signal that never varies (no amounts, no returns) moves nothing.
        scales[j] = scales[j] > 1e-12 ? Math.sqrt(scales[j]) : 1;
      }
    }

    /// A stage at full strength, and the mean of the origins' intercepts.
    private record Learned(SecondStage stage, double level) {}

    Learned learn(Link link, Column offsets, Column targets) {
      int n = plain.length;
      double[] offset = new double[n];
      double[] target = new double[n];
      for (int i = 0; i < n; i++) {
        Examined origin = origins.get(originAt[i]);
        offset[i] = offsets.of(origin)[customerAt[i]];
        target[i] = targets.of(origin)[customerAt[i]];
      }
      double[] penalty = new double[Signals.COUNT + origins.size()];
      Arrays.fill(penalty, link == Link.POISSON ? DISPERSION * PENALTY : PENALTY);
      double[] weights = Ridge.fit(standard, offset, target, link, penalty);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < weights.length; j++) {
          double part = j < Signals.COUNT ? LINEAR_UNDER_TREES : 1;
          offset[i] += part * weights[j] * standard[i][j];
        }
      }
      double level = 0;
      for (int k = Signals.COUNT; k < weights.length; k++) {
        level += INTERCEPT_SCALE * weights[k] / origins.size();
      }
      SecondStage stage =
          new SecondStage(
              Reals.of(means),
              Reals.of(scales),
              Reals.of(Arrays.copyOf(weights, Signals.COUNT)),
              Boosting.fit(plain, offset, target, link, link == Link.POISSON ? COUNTING : BUYING));
      return new Learned(stage, level);
    }
  }
}
