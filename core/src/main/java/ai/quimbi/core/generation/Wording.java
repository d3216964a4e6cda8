package ai.quimbi.core.generation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// How numbers and dates are written in sentences about accounts.
public final class Wording {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

  private Wording() {}

  public static String day(LocalDate day) {
    return DAY.format(day);
  }

  /// `1 day`, `72 days`.
  public static String count(long number, String thing) {
    return number(number) + " " + thing + (number == 1 ? "" : "s");
  }

  public static String number(long number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  /// `250,000 USD`; decimals only where there are any.
  public static String money(BigDecimal amount, String currency) {
    BigDecimal plain = amount.stripTrailingZeros();
    int decimals = Math.max(0, plain.scale());
    return String.format(
        Locale.ENGLISH,
        "%,." + decimals + "f %s",
        plain.setScale(decimals, RoundingMode.UNNECESSARY),
        currency);
  }

  /// `is` or `are`.
  public static String are(long number) {
    return number == 1 ? "is" : "are";
  }

  static String bullets(List<String> lines) {
    return "- " + String.join("\n- ", lines);
  }
}
