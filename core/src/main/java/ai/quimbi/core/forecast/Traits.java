package ai.quimbi.core.forecast;

import ai.quimbi.core.customer.ContactDay;
import ai.quimbi.core.customer.Profile;

/// What the churn score reads of one customer on one day: the [Summary]; `purchasesInHorizon`, the
/// purchase days among the last H; `unevenness`, the coefficient of variation of the gaps between
/// purchases less one (0 for a Poisson buyer, below for a regular one; 0 below four purchases); the
/// [Rhythm]; `valueTrend`, ln of the last three purchases' mean value over that of those before (0
/// below four); the share of the list price that was given as discount; and how often goods came
/// back or support was asked within the last year.
public record Traits(
    Summary summary,
    int purchasesInHorizon,
    double unevenness,
    Rhythm rhythm,
    double valueTrend,
    double discountShare,
    int refundedDays,
    int supportContacts) {
  static final Traits NOTHING = new Traits(Summary.NOTHING, 0, 0, Rhythm.NONE, 0, 0, 0, 0);
  static final int YEAR = 365;

  /// As the model's corrections read them: for the horizon that these were learned at.
  static Traits of(Profile profile, ForecastModel model, int today) {
    return of(Panel.History.of("", profile, today), model, today);
  }

  static Traits of(Panel.History history, ForecastModel model, int today) {
    return history.at(today, model.adjustment().horizonDays());
  }

  static boolean isSupport(ContactDay day) {
    return day.type().contains("support") || day.type().contains("complaint");
  }

  /// How the purchase rate of the last `horizonDays` compares with the rate before: −0.3 is a fall
  /// by 30 %. Zero where there is no "before" of at least that length with a repeat purchase in it.
  double frequencyChange(int horizonDays) {
    int before = summary.age() - horizonDays;
    int earlier = summary.purchases() - purchasesInHorizon - 1;
    if (before < horizonDays || earlier < 1) {
      return 0;
    }
    double rateNow = (double) purchasesInHorizon / horizonDays;
    return rateNow / ((double) earlier / before) - 1;
  }

  int troubles() {
    return refundedDays + supportContacts;
  }
}
