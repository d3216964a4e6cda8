package ai.quimbi.core.stats;

/// Quantiles of standard distributions.
public final class Quantiles {
  private static final double Z = 1.959963984540054;

  private Quantiles() {}

  /// The 97.5 % quantile of Student's t: exact for one and two degrees of freedom, beyond by
  /// Fisher's expansion (Abramowitz & Stegun 26.7.5), within 0.5 % from three on.
  public static double student975(int freedom) {
    return switch (freedom) {
      case 1 -> 12.706204736432095;
      case 2 -> 4.302652729696142;
      default -> {
        double z2 = Z * Z;
        double g1 = Z * (z2 + 1) / 4;
        double g2 = Z * ((5 * z2 + 16) * z2 + 3) / 96;
        double g3 = Z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384;
        double n = freedom;
        yield Z + g1 / n + g2 / (n * n) + g3 / (n * n * n);
      }
    };
  }
}
