package ai.quimbi.core.benchmark;

/// A mean under ε-differential privacy: figures are clipped to a range and counted in thousandths
/// of it, and the whole sum gets discrete Laplace noise. Exchanging one company moves the sum by a
/// thousand at most.
public final class PrivateMean {
  private static final int UNITS = 1_000;

  private final long sum;
  private final int count;
  private final Range range;
  private final double scale;

  private PrivateMean(long sum, int count, Range range, double scale) {
    this.sum = sum;
    this.count = count;
    this.range = range;
    this.scale = scale;
  }

  public static PrivateMean of(double[] figures, Range range, double epsilon) {
    if (!(epsilon > 0) || figures.length == 0) {
      throw new IllegalArgumentException("no private mean with epsilon " + epsilon);
    }
    long sum = 0;
    for (double figure : figures) {
      sum += Math.round((range.clip(figure) - range.low()) / width(range) * UNITS);
    }
    return new PrivateMean(sum, figures.length, range, UNITS / epsilon);
  }

  /// One release, within the range.
  public double drawn(Noise noise) {
    double units = (double) (sum + noise.discreteLaplace(scale)) / count;
    return range.clip(range.low() + units / UNITS * width(range));
  }

  /// How far a draw is off, as a standard deviation.
  double noise() {
    return Math.sqrt(2) * scale / count / UNITS * width(range);
  }

  private static double width(Range range) {
    return range.high() - range.low();
  }
}
