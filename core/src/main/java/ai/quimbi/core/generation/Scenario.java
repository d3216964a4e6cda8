package ai.quimbi.core.generation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What recommended actions are for. The set is closed: an unknown scenario is the caller's
/// mistake.
public enum Scenario {
  SUPPORT_TICKET,
  SALES_OPPORTUNITY,
  MARKETING_CAMPAIGN,
  RETENTION_RISK;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Scenario> ofLabel(String label) {
    return Arrays.stream(values()).filter(s -> s.label().equals(label)).findFirst();
  }

  /// The labels a caller may write, in the document's order.
  public static List<String> labels() {
    return Arrays.stream(values()).map(Scenario::label).toList();
  }
}
