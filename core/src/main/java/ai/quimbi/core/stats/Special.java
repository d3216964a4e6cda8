package ai.quimbi.core.stats;

import org.apache.commons.numbers.gamma.Digamma;
import org.apache.commons.numbers.gamma.LogGamma;

/// Special functions in the forms the models need, safe at the edges of double precision.
public final class Special {
  private static final double HALF_LOG_TWO_PI = 0.9189385332046728;
  private static final int MAX_FRACTION_STEPS = 200_000;

  private Special() {}

  /// ln Γ(x) for x > 0.
  public static double logGamma(double x) {
    if (x < 20) {
      return LogGamma.value(x);
    }
    // Stirling's series: below 1e-16 relative from 20 on, and several times faster.
    double w = 1 / (x * x);
    double series =
        (1.0 / 12
                - w
                    * (1.0 / 360
                        - w
                            * (1.0 / 1260
                                - w * (1.0 / 1680 - w * (1.0 / 1188 - w * (691.0 / 360360))))))
            / x;
    return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + series;
  }

  /// The derivative of [#logGamma].
  public static double digamma(double x) {
    return Digamma.value(x);
  }

  /// ln Γ(a + n) − ln Γ(a), without the cancellation for small whole n.
  public static double logRising(double a, double n) {
    if (n == Math.rint(n) && n <= 40) {
      double sum = 0;
      double product = 1;
      for (int i = 0; i < (int) n; i++) {
        product *= a + i;
        if (product > 1e200 || product < 1e-200) {
          sum += Math.log(product);
          product = 1;
        }
      }
      return sum + Math.log(product);
    }
    return logGamma(a + n) - logGamma(a);
  }

  /// ln B(a, b).
  public static double logBeta(double a, double b) {
    return logGamma(a) + logGamma(b) - logGamma(a + b);
  }

  /// ln(eᵃ + eᵇ); the larger exponent is taken out, so nothing overflows.
  public static double logSum(double a, double b) {
    double high = Math.max(a, b);
    if (high == Double.NEGATIVE_INFINITY) {
      return high;
    }
    return high + Math.log1p(Math.exp(Math.min(a, b) - high));
  }

  /// 1 / (1 + e⁻ˣ).
  public static double logistic(double x) {
    double small = Math.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + small) : small / (1 + small);
  }

  /// ln(p / (1 − p)), with p kept 1e-12 away from both ends.
  public static double logit(double p) {
    double inside = Math.min(1 - 1e-12, Math.max(1e-12, p));
    return Math.log(inside) - Math.log1p(-inside);
  }

  /// (1 − qᵏ) / k, whose limit at k = 0 is −ln q.
  public static double powerRatio(double logQ, double k) {
    return k == 0 ? -logQ : -Math.expm1(k * logQ) / k;
  }

  /// ₂F₁(1, b; c; z) for c > b > 0 and 0 <= z < 1 by Gauss's continued fraction, evaluated from its
  /// tail. Each step shrinks the error by (1 − √(1−z)) / (1 + √(1−z)), which tells beforehand how
  /// many steps double precision needs; the power series would need ten times as many near z = 1.
  public static double hypergeometricOne(double b, double c, double z) {
    if (z == 0) {
      return 1;
    }
    int pairs = pairs(z);
    double tail = 1;
    for (int j = pairs; j >= 1; j--) {
      tail = 1 - (b + j) * (c - 1 + j) * z / ((c + 2 * j - 1) * (c + 2 * j) * tail);
      tail = 1 - j * (c - b + j - 1) * z / ((c + 2 * j - 2) * (c + 2 * j - 1) * tail);
    }
    return 1 / (1 - b * z / (c * tail));
  }

  private static int pairs(double z) {
    double root = Math.sqrt(1 - z);
    double rate = (1 - root) / (1 + root);
    return (int) Math.min(MAX_FRACTION_STEPS, 8 + Math.ceil(-20 / Math.log(rate)));
  }

  /// The same for many z, in descending order: the same bits. A fraction waits for its divisions,
  /// one after the other; side by side, those of many z are made together.
  public static double[] hypergeometricOne(double b, double c, double[] z) {
    int n = z.length;
    double[] tails = new double[n];
    int[] pairs = new int[n];
    for (int i = 0; i < n; i++) {
      tails[i] = 1;
      pairs[i] = pairs(z[i]);
      if (i > 0 && pairs[i] > pairs[i - 1]) {
        throw new IllegalArgumentException("z must descend: " + z[i]);
      }
    }
    int begun = 0;
    for (int j = n == 0 ? 0 : pairs[0]; j >= 1; j--) {
      while (begun < n && pairs[begun] >= j) {
        begun++;
      }
      double outer = (b + j) * (c - 1 + j);
      double outerUnder = (c + 2 * j - 1) * (c + 2 * j);
      double inner = j * (c - b + j - 1);
      double innerUnder = (c + 2 * j - 2) * (c + 2 * j - 1);
      for (int i = 0; i < begun; i++) {
        double tail = 1 - outer * z[i] / (outerUnder * tails[i]);
        tails[i] = 1 - inner * z[i] / (innerUnder * tail);
      }
    }
    for (int i = 0; i < n; i++) {
      tails[i] = 1 / (1 - b * z[i] / (c * tails[i]));
    }
    return tails;
  }
}
