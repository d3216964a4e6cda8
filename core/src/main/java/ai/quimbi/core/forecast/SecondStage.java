package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Reals;
import ai.quimbi.core.stats.Trees;

/// A sum learned from earlier origins: `weights` over standardised [Signals], and trees over the
/// plain ones. It moves the log-odds of buying, or the logarithm of expected purchases.
public record SecondStage(Reals means, Reals scales, Reals weights, Trees trees) {
  static final SecondStage NONE = new SecondStage(Reals.NONE, Reals.NONE, Reals.NONE, Trees.NONE);

  // Signals beyond what was learned from are read as the farthest that was.
  private static final double FARTHEST = 6;

  public SecondStage {
    if (means.size() != weights.size()
        || scales.size() != weights.size()
        || !weights.areFinite()
        || weights.size() > Signals.COUNT) {
      throw new IllegalArgumentException("a second stage of " + weights.size() + " weights");
    }
  }

  static double standard(double signal, double mean, double scale) {
    return Math.min(FARTHEST, Math.max(-FARTHEST, (signal - mean) / scale));
  }

  boolean isNone() {
    return weights.size() == 0 && trees.count() == 0;
  }

  double at(double[] signals) {
    return linear(signals) + trees.at(signals);
  }

  double linear(double[] signals) {
    double sum = 0;
    for (int i = 0; i < weights.size(); i++) {
      sum += weights.get(i) * standard(signals[i], means.get(i), scales.get(i));
    }
    return sum;
  }

  /// The weights times `strength`, and the first `count` trees.
  SecondStage limited(double strength, int count) {
    double[] weaker = weights.toArray();
    for (int i = 0; i < weaker.length; i++) {
      weaker[i] *= strength;
    }
    return strength == 0 && count == 0
        ? NONE
        : new SecondStage(means, scales, Reals.of(weaker), trees.first(count));
  }
}
