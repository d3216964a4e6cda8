package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Calibration;
import ai.quimbi.core.stats.Special;

/// What the tenant's own past taught about the models' errors.
///
/// `buying` moves the log-odds of buying, `calibration` straightens them, and `intercept` is the
/// period's own; `counting` moves the logarithm of expected purchases. Where `movesExpected`,
/// expected purchases move in the same proportion as the probability, too. `level` multiplies
/// expected purchases, `valueLevel` their expected value. `tails` are the predictive quantiles that
/// held 95 % of what happened, `period` the error that a whole period has in common, `checkedDays`
/// the longest horizon that three earlier origins could check (0: none).
public record Adjustment(
    int horizonDays,
    SecondStage buying,
    SecondStage counting,
    double intercept,
    Calibration calibration,
    boolean movesExpected,
    double level,
    double valueLevel,
    Period period,
    Tails tails,
    int checkedDays) {

  /// Before evidence: one period in three errs by more than 15 %. Two pseudo-observations' worth.
  static final double PRIOR_PERIOD_SPREAD = 0.15;

  private static final double UNCHECKED = 0.6;

  public static final Adjustment NONE = plain(Horizon.SHIPPED_DAYS);

  /// The standard deviation of a whole period's logarithmic error, and how many observations it
  /// rests on.
  public record Period(double spread, int freedom) {}

  /// Quantiles of the predictive distribution.
  public record Tails(double lower, double upper) {
    static final Tails NOMINAL = new Tails(0.025, 0.975);
  }

  public Adjustment {
    if (!Double.isFinite(intercept)
        || !(level > 0)
        || !(valueLevel > 0)
        || !(period.spread() >= 0)
        || !(tails.lower() <= tails.upper())) {
      throw new IllegalArgumentException("an adjustment that adjusts nothing sensible");
    }
  }

  static Adjustment plain(int horizonDays) {
    return new Adjustment(
        horizonDays,
        SecondStage.NONE,
        SecondStage.NONE,
        0,
        Calibration.NONE,
        false,
        1,
        1,
        new Period(PRIOR_PERIOD_SPREAD, 2),
        Tails.NOMINAL,
        0);
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

  /// Whether anything beyond (x, t_x, T) is read of a customer.
  public boolean hasSecondStage() {
    return !buying.isNone() || !counting.isNone();
  }

  /// The log-odds of buying, from the purchase model's. The intercept, the period's, is added last.
  double logit(double logitBuy, double[] signals) {
    return logitMoved(logitBuy, buying.at(signals));
  }

  /// The same, where what the second stage says of buying is known.
  double logitMoved(double logitBuy, double bought) {
    return calibration.at(logitBuy + bought) + intercept;
  }

  /// What multiplies expected purchases: the level, the customer's own correction, and the movement
  /// of the probability of buying that is the customer's own. The period's part of that, the
  /// intercept, is left to the level.
  double expectedFactor(double logitBuy, double[] signals) {
    return factorMoved(logitBuy, movesExpected ? buying.at(signals) : 0, counting.at(signals));
  }

  /// The same, where what the second stage says of buying and of counts is known.
  double factorMoved(double logitBuy, double bought, double counted) {
    double moved =
        movesExpected ? Special.logistic(logitBuy + bought) / Special.logistic(logitBuy) : 1;
    return level * moved * Math.exp(counted);
  }

  Adjustment withBuying(SecondStage buys, Calibration straightened) {
    return new Adjustment(
        horizonDays,
        buys,
        counting,
        intercept,
        straightened,
        movesExpected,
        level,
        valueLevel,
        period,
        tails,
        checkedDays);
  }

  Adjustment withCounting(SecondStage counts, boolean moves) {
    return new Adjustment(
        horizonDays,
        buying,
        counts,
        intercept,
        calibration,
        moves,
        level,
        valueLevel,
        period,
        tails,
        checkedDays);
  }

  Adjustment withIntercept(double shift) {
    return new Adjustment(
        horizonDays,
        buying,
        counting,
        shift,
        calibration,
        movesExpected,
        level,
        valueLevel,
        period,
        tails,
        checkedDays);
  }

  Adjustment withLevels(double orders, double value, double spread, int freedom) {
    return new Adjustment(
        horizonDays,
        buying,
        counting,
        intercept,
        calibration,
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
        buying,
        counting,
        intercept,
        calibration,
        movesExpected,
        level,
        valueLevel,
        period,
        new Tails(lower, upper),
        days);
  }
}
