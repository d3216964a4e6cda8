package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/// What a customer is expected to spend over the horizon: the answer of `POST
/// /api/intelligence/predict/ltv`. `currentLtv` is what was spent until now.
public record LtvForecast(
    String customerId,
    int horizonMonths,
    BigDecimal forecastedLtv,
    Interval confidenceInterval,
    BigDecimal currentLtv,
    BigDecimal incrementalLtv,
    JsonNode raw) {

  /// Where the true value lies with probability `confidenceLevel`; it need not be symmetric.
  public record Interval(BigDecimal lower, BigDecimal upper, double confidenceLevel) {
    static Interval of(Fields interval) {
      return new Interval(
          interval.decimal("lower"),
          interval.decimal("upper"),
          interval.number("confidence_level"));
    }
  }

  static LtvForecast of(JsonNode answer) {
    Fields fields = Fields.of(answer);
    return new LtvForecast(
        fields.text("customer_id"),
        fields.integer("horizon_months"),
        fields.decimal("forecasted_ltv"),
        Interval.of(fields.object("confidence_interval")),
        fields.decimal("current_ltv"),
        fields.decimal("incremental_ltv"),
        answer);
  }
}
