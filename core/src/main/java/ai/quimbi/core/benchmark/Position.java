package ai.quimbi.core.benchmark;

/// Where a company stands, by what was released only.
public record Position(Compared churn, Band ltv) {

  public enum Compared {
    BETTER,
    SIMILAR,
    WORSE
  }

  public enum Band {
    TOP_QUARTER("top_25%"),
    TOP_HALF("top_50%"),
    BELOW_MEDIAN("below_median");

    private final String label;

    Band(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /// Churn is similar where it differs from the mean by no more than the mean's own uncertainty.
  public static Position of(double churn, double ltv, Released released) {
    double mean = released.churn().mean();
    double tolerance = mean * released.churn().uncertainty();
    Compared compared =
        Math.abs(churn - mean) <= tolerance
            ? Compared.SIMILAR
            : churn < mean ? Compared.BETTER : Compared.WORSE;
    Band band =
        ltv >= released.ltv().p75()
            ? Band.TOP_QUARTER
            : ltv >= released.ltv().p50() ? Band.TOP_HALF : Band.BELOW_MEDIAN;
    return new Position(compared, band);
  }
}
