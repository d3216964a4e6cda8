package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Special;
import java.util.function.DoubleUnaryOperator;

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

  /// The probability of buying within `days`: the same movement of the log-odds at any horizon.
  double pBuy(Summary s, ForecastModel model, double days) {
    return days == model.adjustment().horizonDays()
        ? Special.logistic(logitBuy)
        : moved(model.purchases().pNone(s.frequency(), s.recency(), s.age(), days));
  }

  /// [#pBuy] as a function of the days, for who asks often.
  DoubleUnaryOperator within(Summary s, ForecastModel model) {
    PurchaseModel.Survival survival =
        model.purchases().survival(s.frequency(), s.recency(), s.age());
    return days ->
        days == model.adjustment().horizonDays()
            ? Special.logistic(logitBuy)
            : moved(survival.pNone(days));
  }

  private double moved(double none) {
    return Special.logistic(shift - Special.logit(none));
  }
}
