package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/// Where the tenant stands in its industry: the answer of `GET /api/insights/my-position`.
public record Position(
    double churn,
    BigDecimal ltv,
    double industryAvgChurn,
    BigDecimal industryAvgLtv,
    String churnVsIndustry,
    String ltvPercentile,
    JsonNode raw) {

  static Position of(JsonNode answer) {
    Fields fields = Fields.of(answer);
    Fields own = fields.object("my_metrics");
    Fields industry = fields.object("industry_benchmarks");
    Fields comparison = fields.object("comparison");
    return new Position(
        own.number("churn"),
        own.decimal("ltv"),
        industry.number("avg_churn"),
        industry.decimal("avg_ltv"),
        comparison.text("churn_vs_industry"),
        comparison.text("ltv_percentile"),
        answer);
  }
}
