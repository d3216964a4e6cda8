package ai.quimbi.core.generation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a message is for. The set is closed: an unknown goal is the caller's mistake.
public enum Goal {
  RESOLVE_SUPPORT_ISSUE,
  NURTURE_LEAD,
  UPSELL,
  WIN_BACK,
  GENERIC_COMMUNICATION;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Goal> ofLabel(String label) {
    return Arrays.stream(values()).filter(goal -> goal.label().equals(label)).findFirst();
  }

  /// The labels a caller may write, in the document's order.
  public static List<String> labels() {
    return Arrays.stream(values()).map(Goal::label).toList();
  }
}
