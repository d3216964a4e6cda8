package ai.quimbi.core.benchmark;

/// A benchmark that may be shown to anybody: of at least `companies` companies.
public record Released(int companies, Method method, Figures ltv, Figures churn) {

  /// How the companies in it are protected.
  public enum Method {
    /// Quantiles of figures that were masked for good.
    MASKED_HARRELL_DAVIS(0),
    /// Exponential mechanism and discrete Laplace.
    DIFFERENTIAL_PRIVACY(PrivateFigures.EPSILON);

    private final double epsilon;

    Method(double epsilon) {
      this.epsilon = epsilon;
    }

    /// What a release takes from the companies' yearly privacy budget.
    public double epsilon() {
      return epsilon;
    }
  }

  public Released {
    if (companies < Benchmark.LEAST_COMPANIES) {
      throw new IllegalArgumentException("a release is of 8 companies, was of " + companies);
    }
  }
}
