package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// How likely a customer is to stay away: the answer of `POST /api/intelligence/predict/churn`.
public record ChurnPrediction(
    String customerId,
    double churnRiskScore,
    String riskLevel,
    List<Factor> factors,
    List<String> recommendations,
    JsonNode raw) {

  /// One signed reason; `value` keeps the type it was sent with.
  public record Factor(String factor, JsonNode value, String impact, String direction) {
    static Factor of(Fields factor) {
      return new Factor(
          factor.text("factor"),
          factor.json().path("value"),
          factor.text("impact"),
          factor.text("direction"));
    }
  }

  static ChurnPrediction of(JsonNode answer) {
    Fields fields = Fields.of(answer);
    return new ChurnPrediction(
        fields.text("customer_id"),
        fields.number("churn_risk_score"),
        fields.text("risk_level"),
        fields.objects("factors", Factor::of),
        fields.texts("recommendations"),
        answer);
  }
}
