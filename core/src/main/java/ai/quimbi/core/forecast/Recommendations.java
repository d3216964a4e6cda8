package ai.quimbi.core.forecast;

import java.util.ArrayList;
import java.util.List;

/// What to do about a churn risk, from its level and the factors that raise it.
final class Recommendations {
  private Recommendations() {}

  static List<String> of(RiskLevel level, List<Factor> factors, Summary summary) {
    List<String> todo = new ArrayList<>();
    if (level == RiskLevel.LOW) {
      todo.add("Keep the current contact rhythm; no retention offer is needed");
      return todo;
    }
    if (raises(factors, "days_since_last_purchase")) {
      todo.add(
          level == RiskLevel.HIGH
              ? "Send re-engagement campaign within 3 days"
              : "Send re-engagement campaign within 7 days");
    }
    if (raises(factors, "returns_and_support")) {
      todo.add("Follow up on recent returns and support contacts before any offer");
    }
    if (summary.frequency() == 0) {
      todo.add("Welcome with a reason for the second purchase");
    } else {
      todo.add("Offer personalized product recommendations");
    }
    if (raises(factors, "purchase_frequency_decline") || level == RiskLevel.HIGH) {
      todo.add("Consider win-back discount (10-15%)");
    }
    if (raises(factors, "average_order_value")) {
      todo.add("Suggest bundles that raise the order value");
    }
    return todo;
  }

  private static boolean raises(List<Factor> factors, String name) {
    return factors.stream()
        .anyMatch(
            f ->
                f.name().equals(name)
                    && f.direction() == Factor.Direction.INCREASES_RISK
                    && f.impact() != Factor.Impact.LOW);
  }
}
