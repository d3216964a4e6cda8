package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Special;

/// The log-odds of churn that are served: the purchase model's, then whatever correction the
/// tenant's own past has earned.
final class RiskScore {
  private RiskScore() {}

  static double logOdds(Traits traits, ForecastModel model) {
    Summary s = traits.summary();
    double none = model.purchases().pNone(s.frequency(), s.recency(), s.age(), model.horizonDays());
    return Special.logit(none);
  }
}
