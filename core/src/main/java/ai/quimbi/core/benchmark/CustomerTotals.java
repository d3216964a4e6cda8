package ai.quimbi.core.benchmark;

/// A company's customers added up: how many have ordered; their twelve-month values, each cut at
/// `capMinor`, in minor units; their probabilities to buy nothing within a year, each in
/// ten-thousandths. All whole numbers, so that the noise can be whole too.
public record CustomerTotals(long customers, long capMinor, long valueMinor, long churnParts) {
  /// What one month's contribution tells of a single customer at most, in differential privacy's
  /// measure: exchanging a customer changes no probability by more than a factor of e.
  public static final double EPSILON = 1;

  public static final int PARTS = 10_000;

  // Money is spread wider than probabilities and gets the larger part.
  private static final double EPSILON_OF_VALUE = 0.7 * EPSILON;
  private static final double EPSILON_OF_CHURN = 0.3 * EPSILON;

  public CustomerTotals {
    if (customers < 1 || capMinor < 1) {
      throw new IllegalArgumentException("totals are of at least one customer and a positive cap");
    }
    if (valueMinor < 0 || valueMinor / customers > capMinor) {
      throw new IllegalArgumentException("the values were not cut at the cap");
    }
    if (churnParts < 0 || churnParts > customers * PARTS) {
      throw new IllegalArgumentException("a probability was above one");
    }
  }

  /// The means with discrete Laplace noise on the sums; exchanging one customer moves the sum of
  /// values by at most the cap, that of probabilities by at most one. `minorPerUnit` and `rate`
  /// bring minor units into the benchmark's currency.
  public Contribution noised(String owner, double minorPerUnit, double rate, Noise noise) {
    double value = (double) valueMinor + noise.discreteLaplace(capMinor / EPSILON_OF_VALUE);
    double churn = (double) churnParts + noise.discreteLaplace(PARTS / EPSILON_OF_CHURN);
    double cap = capMinor / minorPerUnit * rate;
    return new Contribution(
        owner,
        Math.clamp(
            value / customers / minorPerUnit * rate,
            Contribution.LEAST_LTV,
            Math.max(cap, Contribution.LEAST_LTV)),
        Math.clamp(churn / customers / PARTS, Contribution.LEAST_CHURN, 1));
  }
}
