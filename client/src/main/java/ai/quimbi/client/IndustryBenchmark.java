package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/// What companies of an industry look like: the answer of `GET
/// /api/insights/benchmarks/{industry}`.
public record IndustryBenchmark(
    String industry,
    int basedOnCompanies,
    BigDecimal avgLtv,
    double avgChurn,
    Percentiles ltvPercentiles,
    Percentiles churnPercentiles,
    JsonNode raw) {

  public record Percentiles(BigDecimal p25, BigDecimal p50, BigDecimal p75) {
    static Percentiles of(Fields percentiles) {
      return new Percentiles(
          percentiles.decimal("p25"), percentiles.decimal("p50"), percentiles.decimal("p75"));
    }
  }

  static IndustryBenchmark of(JsonNode answer) {
    Fields fields = Fields.of(answer);
    return new IndustryBenchmark(
        fields.text("industry"),
        fields.integer("based_on_companies"),
        fields.decimal("avg_ltv"),
        fields.number("avg_churn"),
        Percentiles.of(fields.object("ltv_percentiles")),
        Percentiles.of(fields.object("churn_percentiles")),
        answer);
  }
}
