package ai.quimbi.core.forecast;

import ai.quimbi.core.customer.Profile;

/// What the purchase and spend models read of one customer on one day: `frequency` repeat purchase
/// days after the first, the last of them `recency` days after it, the first `age` days ago (the
/// literature's x, t_x, T), and what the purchases were worth, net, in minor units. `purchases` is
/// zero for a customer who never bought, else `frequency + 1`.
public record Summary(
    int purchases, int recency, int age, double firstNetMinor, double repeatNetMinor) {

  public static final Summary NOTHING = new Summary(0, 0, 0, 0, 0);

  public Summary {
    if (purchases < 0
        || recency < 0
        || age < recency
        || (purchases <= 1) != (recency == 0)
        || !(firstNetMinor >= 0)
        || !(repeatNetMinor >= 0)) {
      throw new IllegalArgumentException(
          "no such history: %d purchases, recency %d, age %d, %s first, %s repeat"
              .formatted(purchases, recency, age, firstNetMinor, repeatNetMinor));
    }
  }

  /// The profile as it stood at the end of `today`; later purchases are not seen.
  public static Summary of(Profile profile, int today) {
    return Panel.History.of("", profile, today).at(today, 1).summary();
  }

  public boolean hasPurchases() {
    return purchases > 0;
  }

  /// x: purchase days after the first.
  public int frequency() {
    return Math.max(0, purchases - 1);
  }

  public double netMinor() {
    return firstNetMinor + repeatNetMinor;
  }

  /// The mean value of a purchase day; 0 without purchases.
  public double meanNetMinor() {
    return purchases == 0 ? 0 : netMinor() / purchases;
  }

  public int daysSinceLast() {
    return age - recency;
  }
}
