package ai.quimbi.core.copilot;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// When a contract renews: as it was told, and the instant meant by it. A date without a zone
/// begins in UTC.
public record Renewal(String told, Instant at) {
  /// Stands in a lenient answer for a date that nobody told.
  static final Renewal UNKNOWN = new Renewal("", Instant.EPOCH);

  /// Reads `2026-02-01`, `2026-02-01T09:00:00` or a time with an offset; empty for anything else.
  public static Optional<Renewal> read(String told) {
    try {
      return Optional.of(new Renewal(told, instant(told)));
    } catch (DateTimeParseException notADate) {
      return Optional.empty();
    }
  }

  private static Instant instant(String told) {
    if (told.indexOf('T') < 0) {
      return LocalDate.parse(told).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    boolean hasOffset = told.matches(".*(Z|[+-]\\d\\d:\\d\\d)");
    return hasOffset
        ? OffsetDateTime.parse(told).toInstant()
        : LocalDateTime.parse(told).toInstant(ZoneOffset.UTC);
  }

  /// Whole days from `now`; one that is overdue is 0 days away.
  public long daysFrom(Instant now) {
    return Math.max(0, Duration.between(now, at).toDays());
  }

  public boolean isOverdueAt(Instant now) {
    return at.isBefore(now);
  }

  /// The day in UTC, for sentences.
  public LocalDate day() {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }
}
