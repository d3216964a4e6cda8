package ai.quimbi.core.copilot;

import java.util.Locale;

/// Where usage is going.
public enum Trend {
  UP,
  DOWN,
  FLAT;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
