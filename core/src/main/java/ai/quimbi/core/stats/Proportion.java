package ai.quimbi.core.stats;

/// A share of independent cases with its 95 % interval after Wilson (1927), which holds for few
/// cases and for shares near 0 and 1, too.
public record Proportion(double share, double lower, double upper) {
  private static final double Z = 1.959963984540054;

  public static Proportion of(int happened, int cases) {
    if (cases < 1 || happened < 0 || happened > cases) {
      throw new IllegalArgumentException(
          "a share is of at least one case, was " + happened + " of " + cases);
    }
    double n = cases;
    double p = happened / n;
    double middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
    double half = Z / (1 + Z * Z / n) * StrictMath.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
    return new Proportion(p, Math.max(0, middle - half), Math.min(1, middle + half));
  }
}
