package ai.quimbi.core.benchmark;

/// A company in a benchmark: its vote, and the mask that is its own for good.
public record Member(Contribution vote, Mask mask) {
  String owner() {
    return vote.owner();
  }

  /// The logarithm of the masked figure.
  double masked(Measure measure) {
    return StrictMath.log(measure.of(vote)) + measure.of(mask);
  }
}
