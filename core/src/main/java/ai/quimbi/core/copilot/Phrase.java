package ai.quimbi.core.copilot;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// How numbers and dates are written in sentences.
final class Phrase {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

  private Phrase() {}

  static String day(LocalDate day) {
    return DAY.format(day);
  }

  /// `1 day`, `72 days`.
  static String count(long number, String thing) {
    return number(number) + " " + thing + (number == 1 ? "" : "s");
  }

  static String number(long number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  /// `250,000 USD`; decimals only where there are any.
  static String money(BigDecimal amount, String currency) {
    BigDecimal plain = amount.stripTrailingZeros();
    int decimals = Math.max(0, plain.scale());
    return String.format(
        Locale.ENGLISH,
        "%,." + decimals + "f %s",
        plain.setScale(decimals, RoundingMode.UNNECESSARY),
        currency);
  }

  /// `is` or `are`.
  static String are(long number) {
    return number == 1 ? "is" : "are";
  }

  static String first(Usage usage) {
    return number(usage.sparkline().getFirst());
  }

  static String last(Usage usage) {
    return number(usage.sparkline().getLast());
  }

  static String bullets(List<String> lines) {
    return "- " + String.join("\n- ", lines);
  }
}
