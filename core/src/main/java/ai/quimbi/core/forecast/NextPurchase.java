package ai.quimbi.core.forecast;

import ai.quimbi.core.customer.Profile;
import java.util.Optional;

/// When a customer is expected back: `probability` of a purchase within 24 months, and, given that
/// there is one, the median of the days until it.
public record NextPurchase(int medianDays, double probability) {
  private static final int WITHIN_DAYS = 730;
  private static final double LEAST_PROBABILITY = 0.05;

  /// Empty for customers without purchases and where the probability is below 5 %: a date would
  /// then promise what is not expected.
  public static Optional<NextPurchase> of(Profile profile, ForecastModel model, int today) {
    Traits traits = Traits.of(profile, model, today);
    Summary summary = traits.summary();
    if (!summary.hasPurchases()) {
      return Optional.empty();
    }
    Outlook outlook = Outlook.of(traits, model);
    double within = outlook.pBuy(summary, model, WITHIN_DAYS);
    if (within < LEAST_PROBABILITY) {
      return Optional.empty();
    }
    int low = 0;
    int high = WITHIN_DAYS;
    while (high - low > 1) {
      int middle = (low + high) / 2;
      if (outlook.pBuy(summary, model, middle) < within / 2) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Optional.of(new NextPurchase(high, Churn.round(within)));
  }
}
