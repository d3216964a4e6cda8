package ai.quimbi.client;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// The rules for arguments that can be known without asking the server, each naming its field.
final class Arguments {
  private Arguments() {}

  /// An opaque id: 1 to 128 characters, none of them a control character or half of a pair.
  static String id(String field, String value) {
    present(field, value);
    int characters = value.codePointCount(0, value.length());
    if (characters < 1 || characters > 128) {
      throw new InvalidArgumentException(field, "must have 1 to 128 characters, has " + characters);
    }
    if (value.codePoints().anyMatch(Arguments::unfit)) {
      throw new InvalidArgumentException(field, "must not hold control characters");
    }
    return value;
  }

  /// Callers without a null checker send null all the same.
  static <T> T present(String field, T value) {
    if (value == null) {
      throw new InvalidArgumentException(field, "must not be null");
    }
    return value;
  }

  /// The list as it is now, without a null in it.
  static <T> List<T> list(String field, List<T> values) {
    int at = 0;
    for (T value : present(field, values)) {
      present(field + "[" + at++ + "]", value);
    }
    return List.copyOf(values);
  }

  /// The map as it is now, without a null in it.
  static <V> Map<String, V> map(String field, Map<String, V> values) {
    present(field, values)
        .forEach((name, value) -> present(field + "." + present(field, name), value));
    return Map.copyOf(values);
  }

  /// One word of a closed vocabulary.
  static String oneOf(String field, String value, String... words) {
    if (!List.of(words).contains(present(field, value))) {
      throw new InvalidArgumentException(
          field, "must be one of " + String.join(", ", words) + ", was " + value);
    }
    return value;
  }

  private static boolean unfit(int codePoint) {
    return Character.isISOControl(codePoint)
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }

  static int between(String field, int low, int high, int value) {
    if (value < low || value > high) {
      throw new InvalidArgumentException(
          field, "must be from " + low + " to " + high + ", was " + value);
    }
    return value;
  }

  static String text(String field, String value) {
    present(field, value);
    if (value.isBlank()) {
      throw new InvalidArgumentException(field, "must not be empty");
    }
    return value;
  }

  /// What travels in a header: printable ASCII without blanks.
  static String headerValue(String field, String value) {
    text(field, value);
    if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new InvalidArgumentException(field, "must be printable ASCII without blanks");
    }
    return value;
  }

  static BigDecimal notNegative(String field, BigDecimal value) {
    if (present(field, value).signum() < 0) {
      throw new InvalidArgumentException(field, "must not be negative, was " + value);
    }
    return value;
  }

  /// The first day of a period that does not end before it begins.
  static LocalDate period(LocalDate from, LocalDate to) {
    if (present("from", from).isAfter(present("to", to))) {
      throw new InvalidArgumentException("from", "must not be after to, was " + from);
    }
    return from;
  }

  static BigDecimal aboveZero(String field, BigDecimal value) {
    if (present(field, value).signum() <= 0) {
      throw new InvalidArgumentException(field, "must be positive, was " + value);
    }
    return value;
  }

  static Duration positive(String field, Duration value) {
    if (present(field, value).isZero() || value.isNegative()) {
      throw new InvalidArgumentException(field, "must be longer than nothing, was " + value);
    }
    return value;
  }

  /// The server's address, without a slash at its end.
  static URI baseUrl(String value) {
    URI uri;
    try {
      uri = URI.create(present("baseUrl", value).strip());
    } catch (IllegalArgumentException notAUrl) {
      throw new InvalidArgumentException("baseUrl", "is not a URL: " + value);
    }
    String scheme = String.valueOf(uri.getScheme());
    if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new InvalidArgumentException(
          "baseUrl", "must look like https://platform.quimbi.ai, was " + value);
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getUserInfo() != null) {
      throw new InvalidArgumentException(
          "baseUrl", "must not have a user, a query or a fragment, was " + value);
    }
    return URI.create(uri.toString().replaceAll("/+$", ""));
  }
}
