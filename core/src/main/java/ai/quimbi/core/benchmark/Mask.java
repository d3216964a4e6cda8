package ai.quimbi.core.benchmark;

/// What hides a company's figures while its industry is small: a factor each, drawn once for an
/// owner and kept for good. Nothing but masked figures enters a small release, so whoever repeats,
/// joins, leaves, invents members or compares months learns at the very most the masked figure, and
/// no number of releases wears the mask away.
///
/// The logarithm is normal with [#SPREAD]. Companies of an industry spread by 0.36 to 0.46 (a
/// constant guess is within 15 % of 33 to 26 % of them). Who knows that and the masked figure
/// itself guesses within 15 % in about five percentage points more: `docs/privacy.md`.
///
/// @param ltv the logarithm of the factor on lifetime value
/// @param churn the logarithm of the factor on churn
public record Mask(double ltv, double churn) {
  public static final double SPREAD = 0.75;

  public Mask {
    if (!Double.isFinite(ltv) || !Double.isFinite(churn)) {
      throw new IllegalArgumentException("a mask is finite");
    }
  }

  public static Mask drawn(Noise noise) {
    return new Mask(SPREAD * noise.normal(), SPREAD * noise.normal());
  }
}
