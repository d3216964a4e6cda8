package ai.quimbi.core.benchmark;

/// Where noise comes from: bits that nobody outside can foresee or repeat. The server draws them
/// from a cryptographic generator; tests bring their own.
@FunctionalInterface
public interface Noise {
  double UNIT = 0x1.0p-53;

  /// 64 fresh bits.
  long bits();

  /// Uniform in (0, 1), never an end.
  default double uniform() {
    return ((bits() >>> 11) + 0.5) * UNIT;
  }

  /// Standard normal, by Marsaglia's polar method.
  default double normal() {
    while (true) {
      double u = 2 * uniform() - 1;
      double v = 2 * uniform() - 1;
      double s = u * u + v * v;
      if (s < 1 && s > 0) {
        return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
      }
    }
  }

  /// The discrete Laplace distribution: P(k) is proportional to e^(−|k| / scale). The difference of
  /// two geometric draws (Ghosh, Roughgarden & Sundararajan 2009).
  default long discreteLaplace(double scale) {
    if (!(scale > 0 && scale < 1e15)) {
      throw new IllegalArgumentException("the scale must be positive and finite, was " + scale);
    }
    long up = geometric(scale);
    long down = geometric(scale);
    return up - down;
  }

  private long geometric(double scale) {
    return (long) Math.floor(-scale * StrictMath.log(uniform()));
  }
}
