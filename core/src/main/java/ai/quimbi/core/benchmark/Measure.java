package ai.quimbi.core.benchmark;

/// What companies are compared by.
public enum Measure {
  LTV,
  CHURN;

  double of(Contribution contribution) {
    return this == LTV ? contribution.ltv() : contribution.churn();
  }

  double of(Mask mask) {
    return this == LTV ? mask.ltv() : mask.churn();
  }

  /// No released figure is above.
  double most() {
    return this == LTV ? Double.MAX_VALUE : 1;
  }

  /// The range that contributions are clipped to where nothing better is known beforehand.
  Range range() {
    return this == LTV ? new Range(1, 10_000) : new Range(0.01, 1);
  }

  Figures of(Released released) {
    return this == LTV ? released.ltv() : released.churn();
  }
}
