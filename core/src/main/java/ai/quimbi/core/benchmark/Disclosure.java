package ai.quimbi.core.benchmark;

import java.util.Arrays;

/// The statistical offices' rules against a total that is nearly one member's own figure.
public final class Disclosure {
  /// The second largest could work the largest out to within this share of it.
  public static final double P = 0.15;

  /// No member makes up more than this share of the total.
  public static final double LARGEST_SHARE = 0.36;

  private Disclosure() {}

  /// The p %-rule (Willenborg & de Waal 2001, § 6.2): what is left of the total without the two
  /// largest is at least p % of the largest.
  public static boolean keepsLargestApart(double[] amounts) {
    double[] sorted = sorted(amounts);
    double rest = 0;
    for (int i = 0; i < sorted.length - 2; i++) {
      rest += sorted[i];
    }
    return sorted.length > 2 && rest >= P * sorted[sorted.length - 1];
  }

  public static boolean isDominated(double[] amounts) {
    double[] sorted = sorted(amounts);
    double total = Arrays.stream(sorted).sum();
    return sorted[sorted.length - 1] > LARGEST_SHARE * total;
  }

  private static double[] sorted(double[] amounts) {
    double[] sorted = amounts.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
