package ai.quimbi.core.forecast;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/// When a customer is expected back: `probability` of a purchase within 24 months, and, given that
/// there is one, the median of the days until it.
public record NextPurchase(int medianDays, double probability) {
  private static final int WITHIN_DAYS = 730;
  private static final double LEAST_PROBABILITY = 0.05;

  /// `within` gives the probability of a purchase within so many days, rising with them.
  static Optional<NextPurchase> of(DoubleUnaryOperator within) {
    double ever = within.applyAsDouble(WITHIN_DAYS);
    if (ever < LEAST_PROBABILITY) {
      return Optional.empty();
    }
    int low = 0;
    int high = WITHIN_DAYS;
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (within.applyAsDouble(middle) < ever / 2) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Optional.of(new NextPurchase(high, Churn.round(ever)));
  }
}
