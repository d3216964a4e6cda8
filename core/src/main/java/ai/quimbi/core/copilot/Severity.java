package ai.quimbi.core.copilot;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How grave a ticket is.
public enum Severity {
  LOW,
  MEDIUM,
  HIGH;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads the words of usual ticket systems; what is unstated or unknown is `MEDIUM`, so that it
  /// neither alarms nor hides.
  public static Severity read(@Nullable String word) {
    return switch (word == null ? "" : word.strip().toLowerCase(Locale.ROOT)) {
      case "low", "minor", "trivial", "p4", "p5" -> LOW;
      case "high", "urgent", "critical", "blocker", "major", "p1", "p2" -> HIGH;
      default -> MEDIUM;
    };
  }
}
