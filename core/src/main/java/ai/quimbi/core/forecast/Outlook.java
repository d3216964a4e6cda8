package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Special;

/// One customer's corrected forecast at the horizon the correction was learned for: the log-odds of
/// buying, how far they were moved, and what multiplies expected purchases at any horizon.
record Outlook(double logitBuy, double shift, double expectedFactor) {

  static Outlook of(Traits traits, ForecastModel model) {
    return of(traits, base(traits.summary(), model), model);
  }

  /// What the purchase model alone says: the expensive part, and a function of frequency, recency
  /// and age only.
  static Signals.Base base(Summary summary, ForecastModel model) {
    return Signals.Base.of(model.purchases(), summary, model.adjustment().horizonDays());
  }

  /// As [#of], with the [#base] of the traits' summary.
  static Outlook of(Traits traits, Signals.Base base, ForecastModel model) {
    Adjustment adjustment = model.adjustment();
    double shift =
        adjustment.hasSecondStage()
            ? adjustment.shift(Signals.of(traits, base, model.reference().meanNetMinor()))
            : adjustment.intercept();
    return new Outlook(
        base.logitBuy() + shift, shift, adjustment.expectedFactor(base.logitBuy(), shift));
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
