package ai.quimbi.core.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a tenant's key may do. The label is what callers write: `intelligence:read`.
public enum Scope {
  INTELLIGENCE_READ,
  GENERATION_WRITE,
  DATA_WRITE,
  INSIGHTS_READ,
  TOOLS_INVOKE;

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ':');
  }

  public static Optional<Scope> ofLabel(String label) {
    return Arrays.stream(values()).filter(scope -> scope.label().equals(label)).findFirst();
  }
}
