package ai.quimbi.server.app.imports;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.regex.Pattern;

/// Single cells: ids, amounts, dates. Each either has its value or says what kind of fault it is.
final class Values {
  static final BigDecimal LARGEST_AMOUNT = new BigDecimal("1000000000000");

  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,18}([.][0-9]{1,12})?");
  private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?[0-9]{1,18},[0-9]{1,2}");
  private static final DateTimeFormatter LOCAL =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .toFormatter();
  private static final DateTimeFormatter WITH_OFFSET =
      new DateTimeFormatterBuilder().append(LOCAL).appendPattern("[XXX][XX][X]").toFormatter();

  private Values() {}

  /// A moment as it was told: a day, a local time or an instant.
  sealed interface Moment {
    record OnDay(LocalDate day) implements Moment {}

    record Local(LocalDateTime time) implements Moment {}

    record Exact(Instant at) implements Moment {}
  }

  /// `2024-03-15`, `20240315`, or a date and time parted by `T` or a space, with or without an
  /// offset.
  static Moment moment(String text, String column) throws BadRow {
    try {
      if (text.length() == 10 && text.charAt(4) == '-' && text.charAt(7) == '-') {
        return new Moment.OnDay(
            LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)));
      }
      if (text.length() == 8) {
        return new Moment.OnDay(
            LocalDate.of(digits(text, 0, 4), digits(text, 4, 6), digits(text, 6, 8)));
      }
      if (text.length() == 20 && text.charAt(10) == 'T' && text.charAt(19) == 'Z') {
        return new Moment.Exact(utc(text));
      }
      if (text.length() > 10 && (text.charAt(10) == ' ' || text.charAt(10) == 't')) {
        text = text.substring(0, 10) + 'T' + text.substring(11).replace(" ", "");
      }
      boolean hasOffset =
          text.length() > 16
              && (text.endsWith("Z") || text.indexOf('+') > 15 || text.indexOf('-', 15) > 15);
      return hasOffset
          ? new Moment.Exact(OffsetDateTime.parse(text, WITH_OFFSET).toInstant())
          : new Moment.Local(LocalDateTime.parse(text, LOCAL));
    } catch (DateTimeException e) {
      throw new BadRow(column, "is not a date: write 2024-03-15 or 2024-03-15T14:30:00Z");
    }
  }

  static BigDecimal number(String text, String column) throws BadRow {
    if (NUMBER.matcher(text).matches()) {
      return new BigDecimal(text);
    }
    // 1,25 is one and a quarter; 1,250 may be either and is refused.
    if (DECIMAL_COMMA.matcher(text).matches()) {
      return new BigDecimal(text.replace(',', '.'));
    }
    throw new BadRow(column, "is not a number: write 1234.50");
  }

  /// A number from zero up to a million million with at most `scale` decimals.
  static BigDecimal amount(String text, int scale, String column) throws BadRow {
    BigDecimal amount = number(text, column);
    if (amount.signum() < 0) {
      throw new BadRow(column, "is negative: what was given back belongs in refund_amount");
    }
    if (amount.compareTo(LARGEST_AMOUNT) > 0) {
      throw new BadRow(column, "is too large");
    }
    if (amount.scale() > scale && amount.stripTrailingZeros().scale() > scale) {
      throw new BadRow(column, "has more than " + scale + " decimals");
    }
    return amount;
  }

  static int quantity(String text, String column) throws BadRow {
    BigDecimal number = number(text, column);
    if (number.signum() <= 0
        || number.stripTrailingZeros().scale() > 0
        || number.compareTo(BigDecimal.valueOf(1_000_000)) > 0) {
      throw new BadRow(column, "is not a whole number from 1 to 1000000");
    }
    return number.intValueExact();
  }

  /// An id or a name: at most `longest` characters, none of them a control character.
  static String text(String text, int longest, String column) throws BadRow {
    if (text.length() > longest && text.codePointCount(0, text.length()) > longest) {
      throw new BadRow(column, "is longer than " + longest + " characters");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        throw new BadRow(column, "contains a control character or a line break");
      }
      if (c == '\uFFFD') {
        throw new BadRow(column, "is not UTF-8: save the file as UTF-8");
      }
    }
    return text;
  }

  /// `2024-03-15T14:30:00Z`, the commonest form, without a formatter's cost.
  private static Instant utc(String text) {
    if (text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      throw new DateTimeException("not a date and time");
    }
    return LocalDateTime.of(
            digits(text, 0, 4),
            digits(text, 5, 7),
            digits(text, 8, 10),
            digits(text, 11, 13),
            digits(text, 14, 16),
            digits(text, 17, 19))
        .toInstant(ZoneOffset.UTC);
  }

  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new DateTimeException("not a digit");
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
