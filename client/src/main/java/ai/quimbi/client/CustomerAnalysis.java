package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who a customer is: the answer of `POST /api/intelligence/analyze`. `raw` is the whole answer,
/// with what this version does not name; it is also what [QuimbiClient#generateMessage] takes as
/// profile.
public record CustomerAnalysis(
    String customerId,
    Archetype archetype,
    BehavioralMetrics behavioralMetrics,
    Predictions predictions,
    List<String> communicationGuidance,
    JsonNode raw) {

  /// `segments` maps an axis to its segment; `id` and `level` are empty where nothing is known.
  public record Archetype(String id, String level, Map<String, String> segments) {
    static Archetype of(Fields archetype) {
      Fields segments = archetype.objectOrNull("segments");
      return new Archetype(
          archetype.textOrEmpty("id"),
          archetype.textOrEmpty("level"),
          segments == null ? Map.of() : Collections.unmodifiableMap(segments.strings()));
    }
  }

  /// What the customer did. `daysSinceLastPurchase` is null for a customer without orders.
  public record BehavioralMetrics(
      BigDecimal lifetimeValue,
      int totalOrders,
      BigDecimal avgOrderValue,
      @Nullable Integer daysSinceLastPurchase,
      int customerTenureDays) {
    static BehavioralMetrics of(Fields metrics) {
      return new BehavioralMetrics(
          metrics.decimal("lifetime_value"),
          metrics.integer("total_orders"),
          metrics.decimal("avg_order_value"),
          metrics.integerOrNull("days_since_last_purchase"),
          metrics.integerOr("customer_tenure_days", 0));
    }
  }

  /// What the customer is expected to do; each is null where the server predicts nothing.
  public record Predictions(
      @Nullable Double churnRisk, @Nullable String churnRiskLevel, @Nullable BigDecimal ltv12mo) {
    static Predictions of(Fields predictions) {
      return new Predictions(
          predictions.numberOrNull("churn_risk"),
          predictions.absent("churn_risk_level") ? null : predictions.text("churn_risk_level"),
          predictions.decimalOrNull("ltv_12mo"));
    }
  }

  static CustomerAnalysis of(JsonNode answer) {
    Fields fields = Fields.of(answer);
    return new CustomerAnalysis(
        fields.text("customer_id"),
        Archetype.of(fields.object("archetype")),
        BehavioralMetrics.of(fields.object("behavioral_metrics")),
        Predictions.of(fields.object("predictions")),
        fields.texts("communication_guidance"),
        answer);
  }
}
