package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Special;

/// One customer's corrected forecast at the horizon the correction was learned for: the log-odds of
/// buying, how far they were moved, what multiplies expected purchases at any horizon, and the
/// corrected log-odds at the horizon that churn is stated for.
record Outlook(double logitBuy, double shift, double expectedFactor, double logitServed) {
  private static final double[] NOTHING = new double[0];

  static Outlook of(Traits traits, ForecastModel model) {
    return of(traits, base(traits.summary(), model), model);
  }

  /// What the purchase model alone says: the expensive part, and a function of frequency, recency
  /// and age only.
  static Signals.Base base(Summary summary, ForecastModel model) {
    return Signals.Base.of(
        model.purchases(), summary, model.adjustment().horizonDays(), model.horizonDays());
  }

  /// As [#of], with the [#base] of the traits' summary.
  static Outlook of(Traits traits, Signals.Base base, ForecastModel model) {
    Adjustment a = model.adjustment();
    double[] signals =
        a.hasSecondStage()
            ? Signals.of(traits, base, model.reference().meanNetMinor(), a.horizonDays())
            : NOTHING;
    double logit = a.logit(base.logitBuy(), signals);
    double shift = logit - base.logitBuy();
    return new Outlook(
        logit, shift, a.expectedFactor(base.logitBuy(), signals), base.logitServed() + shift);
  }

  /// The probability of buying within another horizon: the same movement of the log-odds.
  double pBuy(Summary s, ForecastModel model, double days) {
    if (days == model.adjustment().horizonDays()) {
      return Special.logistic(logitBuy);
    }
    double none = model.purchases().pNone(s.frequency(), s.recency(), s.age(), days);
    return Special.logistic(shift - Special.logit(none));
  }
}
