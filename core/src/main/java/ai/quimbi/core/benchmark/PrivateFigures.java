package ai.quimbi.core.benchmark;

import java.util.Arrays;

/// The figures of a large industry under ε-differential privacy of the companies.
final class PrivateFigures {
  static final double QUANTILES = 1.5;
  static final double MEAN = 0.5;

  /// What one release of both measures costs.
  static final double EPSILON = Measure.values().length * (QUANTILES + MEAN);

  private static final double[] QUARTILES = {0.25, 0.5, 0.75};
  // Grid places are three per cent apart.
  private static final double STEP = StrictMath.log(1.03);
  // The mean's figures are clipped this many quartile distances outside the released quartiles.
  private static final double OUTSIDE = 0.75;
  private static final double LEAST_DISTANCE = StrictMath.log(1.1);
  private static final double NORMAL_QUARTILES = 1.349;

  private final double[] figures;
  private final PrivateQuantiles quantiles;
  private final double most;

  private PrivateFigures(double[] figures, PrivateQuantiles quantiles, double most) {
    this.figures = figures;
    this.quantiles = quantiles;
    this.most = most;
  }

  /// `range` bounds the quantiles and is known beforehand.
  static PrivateFigures of(double[] figures, Range range, double most) {
    int places = (int) Math.ceil(StrictMath.log(range.high() / range.low()) / STEP) + 1;
    double[] grid = PrivateQuantiles.grid(range, places);
    double[] clipped = Arrays.stream(figures).map(range::clip).toArray();
    return new PrivateFigures(
        figures.clone(), PrivateQuantiles.of(clipped, grid, QUARTILES, QUANTILES), most);
  }

  /// One release. The mean's bounds follow from the quantiles drawn, which costs nothing more.
  Figures drawn(Noise noise) {
    double[] q = quantiles.drawn(noise);
    double distance = Math.max(LEAST_DISTANCE, StrictMath.log(q[2] / q[0]));
    double outside = StrictMath.exp(OUTSIDE * distance);
    PrivateMean mean = PrivateMean.of(figures, new Range(q[0] / outside, q[2] * outside), MEAN);
    double drawn = mean.drawn(noise);
    double spread = distance / NORMAL_QUARTILES;
    double noised = mean.noise() / drawn;
    double uncertainty = Math.sqrt(noised * noised + spread * spread / figures.length);
    return Figures.rounded(drawn, q[0], q[1], q[2], uncertainty, most);
  }
}
