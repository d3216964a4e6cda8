package ai.quimbi.core.benchmark;

import java.util.Arrays;
import java.util.Optional;

/// The figures of a small industry, made of masked figures and nothing else. Masks blow the
/// companies apart; they are drawn together again by as much as masks are known to scatter, before
/// quantiles and mean are taken.
final class MaskedFigures {
  // How far companies of an industry usually are apart (standard deviation of the logarithm), and
  // how many companies' evidence that is worth against what is seen.
  private static final double USUAL_SPREAD = 0.42;
  private static final double USUAL_WEIGHS = 30;
  private static final double LEAST_SPREAD = 0.15;
  private static final double MOST_SPREAD = 1;
  // Further than a factor of four from the middle counts as that far.
  private static final double FURTHEST = StrictMath.log(4);

  private MaskedFigures() {}

  /// `logs` are logarithms of masked figures. Empty where one company stands out so far that the
  /// mean would be about it.
  static Optional<Figures> of(double[] logs, double most) {
    double[] sorted = logs.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double middle = HarrellDavis.quantile(sorted, 0.5);
    double seen = variance(sorted, middle);
    double spread = spread(seen, n);
    double pull = Math.min(1, spread / Math.sqrt(Math.max(seen, spread * spread)));
    double[] drawn = new double[n];
    double[] amounts = new double[n];
    double sum = 0;
    for (int i = 0; i < n; i++) {
      drawn[i] = middle + Math.clamp(pull * (sorted[i] - middle), -FURTHEST, FURTHEST);
      amounts[i] = StrictMath.exp(drawn[i]);
      sum += amounts[i];
    }
    if (!Disclosure.keepsLargestApart(amounts) || Disclosure.isDominated(amounts)) {
      return Optional.empty();
    }
    double uncertainty = Math.sqrt((Mask.SPREAD * Mask.SPREAD + spread * spread) / n);
    return Optional.of(
        Figures.rounded(
            sum / n,
            StrictMath.exp(HarrellDavis.quantile(drawn, 0.25)),
            StrictMath.exp(middle),
            StrictMath.exp(HarrellDavis.quantile(drawn, 0.75)),
            uncertainty,
            most));
  }

  // Of few companies the spread behind the masks can hardly be seen; what is usual counts too.
  private static double spread(double seen, int n) {
    double behind = seen - Mask.SPREAD * Mask.SPREAD;
    double usual = USUAL_SPREAD * USUAL_SPREAD;
    double weighed = (n * behind + USUAL_WEIGHS * usual) / (n + USUAL_WEIGHS);
    return Math.clamp(
        Math.sqrt(Math.max(weighed, LEAST_SPREAD * LEAST_SPREAD)), LEAST_SPREAD, MOST_SPREAD);
  }

  private static double variance(double[] values, double middle) {
    double sum = 0;
    for (double value : values) {
      sum += (value - middle) * (value - middle);
    }
    return sum / (values.length - 1);
  }
}
