package ai.quimbi.core.benchmark;

/// Bounds that are known before any figure is looked at.
public record Range(double low, double high) {
  /// Around what was released before: whoever is further off counts as this far off.
  private static final double FACTOR = 6;

  public Range {
    if (!(low > 0 && low < high && high < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("no range: " + low + " to " + high);
    }
  }

  static Range around(double published, double most) {
    return new Range(published / FACTOR, Math.min(most, published * FACTOR));
  }

  double clip(double value) {
    return Math.clamp(value, low, high);
  }
}
