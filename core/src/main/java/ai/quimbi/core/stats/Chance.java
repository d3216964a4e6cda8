package ai.quimbi.core.stats;

/// Seeded draws. The stream is SplitMix64 (Steele, Lea & Flood 2014): the same seed gives the same
/// draws on every machine and in every version, which the answers' "same bytes" promise needs.
public final class Chance {
  private static final double UNIT = 0x1.0p-53;

  private long state;

  public Chance(long seed) {
    this.state = seed;
  }

  /// A seed from text: FNV-1a over its UTF-16 units, then mixed.
  public static long seedOf(String text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mix(hash);
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }

  public long bits() {
    state += 0x9e3779b97f4a7c15L;
    return mix(state);
  }

  /// In (0, 1), never an end.
  public double uniform() {
    return ((bits() >>> 11) + 0.5) * UNIT;
  }

  public int below(int bound) {
    return (int) (((bits() >>> 32) * bound) >>> 32);
  }

  /// Standard normal, by Marsaglia's polar method.
  public double normal() {
    while (true) {
      double u = 2 * uniform() - 1;
      double v = 2 * uniform() - 1;
      double s = u * u + v * v;
      if (s < 1 && s > 0) {
        return u * Math.sqrt(-2 * Math.log(s) / s);
      }
    }
  }

  public double exponential() {
    return -Math.log(uniform());
  }

  /// Gamma with the given shape and rate 1, by Marsaglia & Tsang (2000); for shapes below one by
  /// way of shape + 1.
  public double gamma(double shape) {
    if (shape < 1) {
      return gamma(shape + 1) * Math.pow(uniform(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = normal();
      double v = 1 + c * x;
      if (v > 0) {
        v = v * v * v;
        double u = uniform();
        if (u < 1 - 0.0331 * x * x * x * x
            || Math.log(u) < 0.5 * x * x + d * (1 - v + Math.log(v))) {
          return d * v;
        }
      }
    }
  }

  public double beta(double a, double b) {
    double x = gamma(a);
    double y = gamma(b);
    // Both underflow to zero only for tiny shapes, where the mass sits at the ends.
    return x + y > 0 ? x / (x + y) : uniform() < a / (a + b) ? 1 : 0;
  }

  /// Poisson: by products of uniforms for small means, else by splitting at a gamma draw (Ahrens &
  /// Dieter 1974), which ends after a logarithmic number of rounds.
  public int poisson(double mean) {
    int count = 0;
    double left = mean;
    while (left > 16) {
      int step = (int) (left * 7 / 8);
      double at = gamma(step);
      if (at > left) {
        return count + binomial(step - 1, left / at);
      }
      left -= at;
      count += step;
    }
    double limit = Math.exp(-left);
    double product = uniform();
    while (product > limit) {
      product *= uniform();
      count++;
    }
    return count;
  }

  private int binomial(int n, double p) {
    int left = n;
    double probability = p;
    int successes = 0;
    // Halve by the median order statistic until plain trials are cheap.
    while (left > 24) {
      int i = left / 2 + 1;
      double middle = beta(i, left + 1.0 - i);
      if (middle <= probability) {
        successes += i;
        probability = (probability - middle) / (1 - middle);
        left -= i;
      } else {
        probability = probability / middle;
        left = i - 1;
      }
    }
    for (int i = 0; i < left; i++) {
      successes += uniform() < probability ? 1 : 0;
    }
    return successes;
  }
}
