package ai.quimbi.core.forecast;

import ai.quimbi.core.customer.ContactDay;
import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.customer.PurchaseDay;
import java.util.List;

/// What the churn score reads of one customer on one day: the [Summary], and how often goods came
/// back or support was asked within the last year.
public record Traits(
    Summary summary, int purchasesInHorizon, int refundedDays, int supportContacts) {
  private static final int YEAR = 365;

  static Traits of(Profile profile, int horizonDays, int today) {
    int recent = 0;
    int refunded = 0;
    List<PurchaseDay> days = profile.purchaseDays();
    for (PurchaseDay day : days) {
      if (day.day() > today || day.orders() <= 0) {
        continue;
      }
      recent += day.day() > today - horizonDays ? 1 : 0;
      refunded += day.refundedMinor() > 0 && day.day() > today - YEAR ? 1 : 0;
    }
    int contacts = 0;
    for (ContactDay day : profile.contactDays()) {
      boolean isSupport = day.type().contains("support") || day.type().contains("complaint");
      contacts += isSupport && day.day() <= today && day.day() > today - YEAR ? day.contacts() : 0;
    }
    return new Traits(Summary.of(profile, today), recent, refunded, contacts);
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
