package ai.quimbi.core.forecast;

import java.math.BigDecimal;
import java.util.Locale;

/// One reason for a churn score: what was looked at, its value for this customer, and how far it
/// moves the log-odds of churn away from the tenant's reference customer.
public record Factor(
    String name, BigDecimal value, Impact impact, Direction direction, double contribution) {

  /// A factor's part of all movement: half or more is high, a fifth or more medium.
  public enum Impact {
    HIGH,
    MEDIUM,
    LOW;

    static Impact ofShare(double share) {
      return share >= 0.5 ? HIGH : share >= 0.2 ? MEDIUM : LOW;
    }

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Which way a factor moves the risk.
  public enum Direction {
    INCREASES_RISK,
    DECREASES_RISK;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
