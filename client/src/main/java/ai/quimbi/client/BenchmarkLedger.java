package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an industry's releases have cost its companies in privacy, the newest month first.
public record BenchmarkLedger(
    String industry,
    double yearlyCap,
    double spentLast12Months,
    double customerEpsilonPerMonth,
    List<Entry> entries,
    JsonNode raw) {

  /// `outcome` is `released`, `unchanged` (then with the figures of an earlier month) or
  /// `withheld`, with the `reason`.
  public record Entry(
      String month,
      String outcome,
      @Nullable String reason,
      @Nullable String figuresOf,
      double epsilon) {}

  static BenchmarkLedger of(JsonNode answer) {
    Fields fields = Fields.of(answer);
    return new BenchmarkLedger(
        fields.text("industry"),
        fields.number("yearly_cap"),
        fields.number("spent_last_12_months"),
        fields.number("customer_epsilon_per_month"),
        fields.objects(
            "entries",
            entry ->
                new Entry(
                    entry.text("month"),
                    entry.text("outcome"),
                    entry.textOrNull("reason"),
                    entry.textOrNull("figures_of"),
                    entry.number("epsilon"))),
        answer);
  }
}
