package ai.quimbi.core.generation;

/// What is believed about a share: a Beta distribution, as good as `alpha` successes and `beta`
/// failures seen. Recorded outcomes are added to it one by one.
public record Beta(double alpha, double beta) {

  public Beta {
    if (!(alpha > 0 && beta > 0 && alpha < 1e9 && beta < 1e9)) {
      throw new IllegalArgumentException(
          "a Beta needs two positive parameters, was " + alpha + ", " + beta);
    }
  }

  public Beta after(Outcomes outcomes) {
    return new Beta(alpha + outcomes.succeeded(), beta + outcomes.failed());
  }

  public double mean() {
    return alpha / (alpha + beta);
  }

  /// What was recorded of an action: how often it was taken or declined, and of those taken whose
  /// result is known, how often it worked.
  public record Outcomes(long accepted, long rejected, long succeeded, long failed) {
    public static final Outcomes NONE = new Outcomes(0, 0, 0, 0);

    public Outcomes {
      if (accepted < 0 || rejected < 0 || succeeded < 0 || failed < 0) {
        throw new IllegalArgumentException("counts are never negative");
      }
    }
  }
}
