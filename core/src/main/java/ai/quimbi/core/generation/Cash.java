package ai.quimbi.core.generation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/// Money and shares as they stand in a sentence: `$1200`, `$780`, `€12.50`, `65%`.
public final class Cash {

  private Cash() {}

  public static String of(BigDecimal amount, Currency currency) {
    int scale = Math.max(0, currency.getDefaultFractionDigits());
    BigDecimal rounded = amount.setScale(scale, RoundingMode.HALF_EVEN);
    boolean isWhole = rounded.stripTrailingZeros().scale() <= 0;
    String number =
        (isWhole ? rounded.setScale(0, RoundingMode.UNNECESSARY) : rounded).toPlainString();
    return switch (currency.getCurrencyCode()) {
      case "USD", "CAD", "AUD" -> "$" + number;
      case "EUR" -> "€" + number;
      case "GBP" -> "£" + number;
      case "JPY" -> "¥" + number;
      case String code -> code + " " + number;
    };
  }

  static String percent(double share) {
    return BigDecimal.valueOf(share)
            .movePointRight(2)
            .setScale(0, RoundingMode.HALF_EVEN)
            .toPlainString()
        + "%";
  }
}
