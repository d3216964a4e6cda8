package ai.quimbi.server.api.copilot;

import ai.quimbi.core.copilot.Renewal;
import ai.quimbi.core.copilot.Severity;
import ai.quimbi.core.copilot.Tickets;
import ai.quimbi.core.copilot.Trend;
import ai.quimbi.core.copilot.Usage;
import ai.quimbi.core.copilot.UsageDay;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Visit;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the documents that others put there for the tools: usage and tickets in the form the
/// tools answer, usage also day by day, and contracts. What does not fit is refused whole: a
/// number that was guessed would be answered as if it had been told.
final class DocumentJson {
  private static final int MOST_ENTRIES = 10_000;
  private static final long MOST = 1_000_000_000_000L;

  private DocumentJson() {}

  /// A document that is there and cannot be read.
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(String what) {
      super(what);
    }
  }

  /// A contract; `name` is the account's, where the document tells one.
  record Contract(@Nullable Renewal renewal, @Nullable BigDecimal arr, @Nullable String name) {}

  /// `{"trend", "avgDailyUsers", "sparkline"}`, which stands for any period, or `{"days": [{"date",
  /// "activeUsers"}]}`; empty where too few days are told.
  static Optional<Usage> usage(byte[] document, int periodDays) {
    JsonNode told = object(document);
    if (told.has("days")) {
      List<UsageDay> days = new ArrayList<>();
      for (JsonNode day : array(told, "days")) {
        days.add(new UsageDay(day(day.path("date")), count(day.path("activeUsers"), "days")));
      }
      if (days.stream().mapToInt(UsageDay::day).distinct().count() < days.size()) {
        throw new Unreadable("a day of usage is told twice");
      }
      return Usage.of(days, periodDays);
    }
    List<Long> sparkline = new ArrayList<>();
    for (JsonNode part : array(told, "sparkline")) {
      sparkline.add(count(part, "sparkline"));
    }
    Trend trend =
        Arrays.stream(Trend.values())
            .filter(one -> one.label().equals(told.path("trend").textValue()))
            .findFirst()
            .orElseThrow(() -> new Unreadable("trend is none of up, down, flat"));
    return Optional.of(
        new Usage(trend, count(told.path("avgDailyUsers"), "avgDailyUsers"), sparkline));
  }

  /// `{"openTickets", "recentTickets": [{"id", "severity"}]}`, newest first.
  static Tickets tickets(byte[] document) {
    JsonNode told = object(document);
    List<Tickets.Recent> recent = new ArrayList<>();
    for (JsonNode ticket : array(told, "recentTickets")) {
      String id = ticket.path("id").textValue();
      if (id == null || id.isEmpty()) {
        throw new Unreadable("a ticket without an id");
      }
      if (recent.size() < Tickets.MOST_SHOWN) {
        recent.add(new Tickets.Recent(id, Severity.read(ticket.path("severity").textValue())));
      }
    }
    long open = count(told.path("openTickets"), "openTickets");
    if (open > Integer.MAX_VALUE) {
      throw new Unreadable("openTickets is too large");
    }
    return new Tickets((int) open, recent);
  }

  /// `{"renewalDate", "arr"}`, either of which may be missing, and `name` where it is told.
  static Contract contract(byte[] document) {
    JsonNode told = object(document);
    Renewal renewal = null;
    if (told.hasNonNull("renewalDate")) {
      String date = String.valueOf(told.path("renewalDate").textValue());
      renewal =
          Renewal.read(date).orElseThrow(() -> new Unreadable("renewalDate is not a date or time"));
    }
    BigDecimal arr = told.hasNonNull("arr") ? number(told.path("arr"), "arr") : null;
    String name = told.path("name").textValue();
    return new Contract(renewal, arr, name == null || name.isBlank() ? null : name);
  }

  private static JsonNode object(byte[] document) {
    try {
      JsonNode told = Visit.json(document);
      if (told.isObject()) {
        return told;
      }
    } catch (ApiError notStrictJson) {
      // said below
    }
    throw new Unreadable("it is not a JSON object");
  }

  private static JsonNode array(JsonNode told, String member) {
    JsonNode array = told.path(member);
    if (!array.isArray() || array.size() > MOST_ENTRIES) {
      throw new Unreadable(member + " is not an array of up to " + MOST_ENTRIES);
    }
    return array;
  }

  private static int day(JsonNode told) {
    try {
      return (int) LocalDate.parse(String.valueOf(told.textValue())).toEpochDay();
    } catch (DateTimeParseException e) {
      throw new Unreadable("a day of usage is not a date");
    }
  }

  private static long count(JsonNode told, String member) {
    return number(told, member).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  private static BigDecimal number(JsonNode told, String member) {
    if (!told.isNumber()
        || told.decimalValue().signum() < 0
        || told.decimalValue().compareTo(BigDecimal.valueOf(MOST)) > 0) {
      throw new Unreadable(member + " is not a number from 0 on");
    }
    return told.decimalValue();
  }
}
