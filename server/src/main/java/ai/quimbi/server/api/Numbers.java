package ai.quimbi.server.api;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Numbers as the contract writes them.
final class Numbers {
  private Numbers() {}

  /// Probabilities and shares are given to four decimals, written in full.
  static BigDecimal probability(double value) {
    return BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_EVEN);
  }
}
