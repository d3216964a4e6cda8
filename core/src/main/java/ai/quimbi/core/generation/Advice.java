package ai.quimbi.core.generation;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is recommended in a situation.
///
/// @param playbook the playbook's version, so that an answer can be traced
public record Advice(
    List<Action> actions, List<String> warnings, List<String> talkingPoints, String playbook) {

  public Advice {
    actions = List.copyOf(actions);
    warnings = List.copyOf(warnings);
    talkingPoints = List.copyOf(talkingPoints);
  }

  /// One action; `priority` 1 is first. `impact` is `null` where no model supports a number.
  public record Action(
      String playId, String action, int priority, String reasoning, @Nullable Impact impact) {}

  /// What the action is expected to do.
  ///
  /// @param retentionProbability `1 - churn x (1 - effect)`, four decimals @param revenueAtRisk
  /// churn x lifetime value, to the currency's minor unit @param source where the effect comes
  /// from: the configured prior and what was recorded
  public record Impact(BigDecimal retentionProbability, BigDecimal revenueAtRisk, String source) {}
}
