package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;

/// How an account's health went, the oldest day first; each day holds until the next.
public record AccountHealth(
    String customerId, LocalDate from, LocalDate to, List<Day> days, JsonNode raw) {

  /// `source` is `said` where the health was computed on that day, `recomputed` where today's
  /// weights say it of a day before the first of these.
  public record Day(
      LocalDate day,
      int score,
      String riskLevel,
      List<String> signals,
      int openTickets,
      int daysToRenewal,
      int weightsVersion,
      String source) {}

  static AccountHealth of(JsonNode answer) {
    Fields fields = Fields.of(answer);
    return new AccountHealth(
        fields.text("customer_id"),
        fields.day("from"),
        fields.day("to"),
        fields.objects(
            "days",
            day ->
                new Day(
                    day.day("day"),
                    day.integer("score"),
                    day.text("risk_level"),
                    day.texts("signals"),
                    day.integer("open_tickets"),
                    day.integer("days_to_renewal"),
                    day.integer("weights_version"),
                    day.text("source"))),
        answer);
  }
}
