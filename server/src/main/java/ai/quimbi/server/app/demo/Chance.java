package ai.quimbi.server.app.demo;

/// A stream of chance that is the same on every machine: SplitMix64 (Steele, Lea & Flood 2014), and
/// StrictMath above it.
final class Chance {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private long state;

  /// A stream of its own for each list of numbers.
  Chance(long... seeds) {
    for (long seed : seeds) {
      state = mix(state + GOLDEN + seed);
    }
  }

  /// Uniform in (0, 1).
  double next() {
    state += GOLDEN;
    return ((mix(state) >>> 11) + 0.5) * 0x1p-53;
  }

  double between(double low, double high) {
    return low + (high - low) * next();
  }

  int below(int bound) {
    return (int) (next() * bound);
  }

  boolean with(double probability) {
    return next() < probability;
  }

  double exponential(double mean) {
    return -mean * StrictMath.log(next());
  }

  double normal() {
    return StrictMath.sqrt(-2 * StrictMath.log(next()))
        * StrictMath.cos(2 * StrictMath.PI * next());
  }

  /// Marsaglia & Tsang (2000); `shape >= 1`.
  double gamma(double shape, double mean) {
    double d = shape - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double x = normal();
      double v = 1 + c * x;
      v = v * v * v;
      if (v > 0 && StrictMath.log(next()) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
        return d * v * mean / shape;
      }
    }
  }

  /// Knuth's method, for small means.
  int poisson(double mean) {
    double limit = StrictMath.exp(-mean);
    double product = next();
    int count = 0;
    while (product > limit) {
      product *= next();
      count++;
    }
    return count;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
