package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What to do next, best first: the answer of `POST /api/generation/actions`.
public record RecommendedActions(
    List<Action> actions, List<String> warnings, List<String> talkingPoints, JsonNode raw) {

  /// One action; `estimatedImpact` is null where no model supports one. `id` is what
  /// [Generation#actionOutcome] is to be told of.
  public record Action(
      String action, int priority, String reasoning, @Nullable Impact estimatedImpact, String id) {
    static Action of(Fields action) {
      Fields impact = action.objectOrNull("estimated_impact");
      return new Action(
          action.text("action"),
          action.integer("priority"),
          action.text("reasoning"),
          impact == null ? null : Impact.of(impact),
          action.textOrEmpty("id"));
    }
  }

  /// Each is null where it is not known.
  public record Impact(@Nullable Double retentionProbability, @Nullable BigDecimal revenueAtRisk) {
    static Impact of(Fields impact) {
      return new Impact(
          impact.numberOrNull("retention_probability"), impact.decimalOrNull("revenue_at_risk"));
    }
  }

  static RecommendedActions of(JsonNode answer) {
    Fields fields = Fields.of(answer);
    return new RecommendedActions(
        fields.objects("actions", Action::of),
        fields.textsOrNone("warnings"),
        fields.textsOrNone("talking_points"),
        answer);
  }
}
