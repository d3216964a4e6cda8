package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Reals;

/// What earlier origins of the same tenant taught about the purchase model's errors: `level`
/// multiplies expected purchases and money.
public record Adjustment(double level, Reals calibration) {
  public static final Adjustment NONE = new Adjustment(1, Reals.NONE);
}
