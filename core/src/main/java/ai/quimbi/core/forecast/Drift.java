package ai.quimbi.core.forecast;

import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.stats.Special;
import java.util.Optional;

/// How well a fitted model has foretold what came since, over the customers known then: the log
/// score of "bought since the fit" beside what it would be if the model were right (`standardScore`
/// is their difference in standard errors), and how many bought beside how many were expected to.
/// The log score alone would not notice that everybody stays away: silence is likely for most.
public record Drift(
    int days,
    int customers,
    double logScore,
    double expectedLogScore,
    double standardScore,
    int buyers,
    double expectedBuyers,
    double tolerance) {
  private static final int FEWEST_DAYS = 14;
  private static final int FEWEST_CUSTOMERS = 50;

  /// A refit is due: worse than chance allows, and by enough to matter.
  public boolean isDrifting() {
    boolean isScoreWorse = standardScore > 3 && logScore > 1.05 * expectedLogScore;
    boolean isLevelOff = Math.abs(Math.log((buyers + 1) / (expectedBuyers + 1))) > tolerance;
    return isScoreWorse || isLevelOff;
  }

  /// Empty for a shipped model, and too soon after a fit to tell.
  public static Optional<Drift> of(Iterable<Profile> profiles, ForecastModel model, int today) {
    int fitted = model.provenance().day();
    int days = Math.min(today - fitted, model.adjustment().horizonDays());
    if (!model.isFitted() || days < FEWEST_DAYS) {
      return Optional.empty();
    }
    double loss = 0;
    double expected = 0;
    double variance = 0;
    int customers = 0;
    int buyers = 0;
    double expectedBuyers = 0;
    double buyersVariance = 0;
    for (Profile profile : profiles) {
      Panel.History history = Panel.History.of("", profile, today);
      if (history.upTo(fitted) == 0) {
        continue;
      }
      Traits then = Traits.of(history, model, fitted);
      double p =
          Math.clamp(Outlook.of(then, model).pBuy(then.summary(), model, days), 1e-6, 1 - 1e-6);
      boolean bought = history.ordersWithin(fitted, fitted + days) > 0;
      double logit = Special.logit(p);
      loss -= bought ? Math.log(p) : Math.log1p(-p);
      expected -= p * Math.log(p) + (1 - p) * Math.log1p(-p);
      variance += p * (1 - p) * logit * logit;
      buyers += bought ? 1 : 0;
      expectedBuyers += p;
      buyersVariance += p * (1 - p);
      customers++;
    }
    if (customers < FEWEST_CUSTOMERS) {
      return Optional.empty();
    }
    return Optional.of(
        new Drift(
            days,
            customers,
            loss / customers,
            expected / customers,
            (loss - expected) / Math.sqrt(Math.max(variance, 1e-12)),
            buyers,
            expectedBuyers,
            Revenue.spread(
                model.adjustment(),
                days,
                buyersVariance / Math.max(1, expectedBuyers * expectedBuyers))));
  }
}
