package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Reals;
import ai.quimbi.core.stats.Special;

/// What the tenant's own past taught about the models' errors.
///
/// `weights` (over standardised [Signals] at `horizonDays`; none where a second stage did not win)
/// and `intercept` move the log-odds of buying. Where `movesExpected`, expected purchases move in
/// the same proportion as the probability. `level` multiplies expected purchases, `valueLevel`
/// their expected value. `tails` are the predictive quantiles that held 95 % of what happened,
/// `period` the error that a whole period has in common, `checkedDays` the longest horizon that
/// three earlier origins could check (0: none).
public record Adjustment(
    int horizonDays,
    Reals means,
    Reals scales,
    Reals weights,
    double intercept,
    boolean movesExpected,
    double level,
    double valueLevel,
    Period period,
    Tails tails,
    int checkedDays) {

  /// Before evidence: one period in three errs by more than 15 %. Two pseudo-observations' worth.
  static final double PRIOR_PERIOD_SPREAD = 0.15;

  private static final double UNCHECKED = 0.6;

  // Signals beyond what was learned from are read as the farthest that was.
  private static final double FARTHEST = 6;

  public static final Adjustment NONE = plain(Horizon.SHIPPED_DAYS);

  /// The standard deviation of a whole period's logarithmic error, and how many observations it
  /// rests on.
  public record Period(double spread, int freedom) {}

  /// Quantiles of the predictive distribution.
  public record Tails(double lower, double upper) {
    static final Tails NOMINAL = new Tails(0.025, 0.975);
  }

  public Adjustment {
    boolean isWhole = means.size() == weights.size() && scales.size() == weights.size();
    if (!isWhole
        || !weights.areFinite()
        || !(level > 0)
        || !(valueLevel > 0)
        || !(period.spread() >= 0)
        || !(tails.lower() <= tails.upper())) {
      throw new IllegalArgumentException("an adjustment that adjusts nothing sensible");
    }
  }

  static Adjustment plain(int horizonDays) {
    return stage(horizonDays, Reals.NONE, Reals.NONE, Reals.NONE, 0);
  }

  static Adjustment stage(
      int horizonDays, Reals means, Reals scales, Reals weights, double intercept) {
    return new Adjustment(
        horizonDays,
        means,
        scales,
        weights,
        intercept,
        false,
        1,
        1,
        new Period(PRIOR_PERIOD_SPREAD, 2),
        Tails.NOMINAL,
        0);
  }

  static double standard(double signal, double mean, double scale) {
    return Math.clamp((signal - mean) / scale, -FARTHEST, FARTHEST);
  }

  /// The period's spread at another horizon: beyond the one it was measured at, errors drift apart
  /// like a random walk.
  double periodSpread(double days) {
    return period.spread() * Math.sqrt(Math.max(1, days / horizonDays));
  }

  /// The quantiles to serve at a horizon. Where earlier origins could not check it, the tails left
  /// out are made smaller, to three fifths: an unchecked interval should err on the wide side.
  Tails tailsAt(double days) {
    return days <= checkedDays
        ? tails
        : new Tails(UNCHECKED * tails.lower(), 1 - UNCHECKED * (1 - tails.upper()));
  }

  boolean hasSecondStage() {
    return weights.size() > 0;
  }

  /// How far the log-odds of buying move.
  double shift(double[] signals) {
    double shift = intercept;
    for (int i = 0; i < weights.size(); i++) {
      shift += weights.get(i) * standard(signals[i], means.get(i), scales.get(i));
    }
    return shift;
  }

  /// What multiplies expected purchases: the level, and the movement of the probability of buying
  /// that is the customer's own. The period's part of it, the intercept, is left to the level.
  double expectedFactor(double logitBuy, double shift) {
    return movesExpected
        ? level * Special.logistic(logitBuy + shift - intercept) / Special.logistic(logitBuy)
        : level;
  }

  /// The second stage's weights, weaker; the period's intercept stays.
  Adjustment times(double strength) {
    double[] weaker = weights.toArray();
    for (int i = 0; i < weaker.length; i++) {
      weaker[i] *= strength;
    }
    return stage(horizonDays, means, scales, Reals.of(weaker), intercept);
  }

  Adjustment withMovesExpected(boolean moves) {
    return new Adjustment(
        horizonDays,
        means,
        scales,
        weights,
        intercept,
        moves,
        level,
        valueLevel,
        period,
        tails,
        checkedDays);
  }

  Adjustment withLevels(double orders, double value, double spread, int freedom) {
    return new Adjustment(
        horizonDays,
        means,
        scales,
        weights,
        intercept,
        movesExpected,
        orders,
        value,
        new Period(spread, freedom),
        tails,
        checkedDays);
  }

  Adjustment withTails(double lower, double upper, int days) {
    return new Adjustment(
        horizonDays,
        means,
        scales,
        weights,
        intercept,
        movesExpected,
        level,
        valueLevel,
        period,
        new Tails(lower, upper),
        days);
  }
}
