package ai.quimbi.server.api.benchmark;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Numbers as the contract writes them.
final class Amounts {
  private Amounts() {}

  static BigDecimal probability(double value) {
    return BigDecimal.valueOf(value).setScale(4, RoundingMode.HALF_EVEN);
  }

  /// `scale` decimals of a currency.
  static BigDecimal money(double value, int scale) {
    return BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_EVEN);
  }

  static BigDecimal money(double value) {
    return money(value, 2);
  }

  /// How much `now` is above `before`, as a share of it; `null` where there was nothing.
  static @Nullable BigDecimal change(long now, long before) {
    return before <= 0 ? null : probability((double) now / before - 1);
  }
}
