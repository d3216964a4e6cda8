package ai.quimbi.core.forecast;

/// The log-odds of churn that are served: the purchase model's, moved by whatever correction the
/// tenant's own past has earned.
final class RiskScore {
  private RiskScore() {}

  static double logOdds(Traits traits, ForecastModel model) {
    return -Outlook.of(traits, model).logitServed();
  }

  /// As [#logOdds], with the [Outlook#base] of the traits' summary.
  static double logOdds(Traits traits, Signals.Base base, ForecastModel model) {
    return -Outlook.of(traits, base, model).logitServed();
  }
}
