package ai.quimbi.core.forecast;

import ai.quimbi.core.customer.Profile;

/// The outcome of fitting a tenant's model.
public sealed interface Fit {

  /// A model that can be served.
  record Fitted(ForecastModel model) implements Fit {}

  /// Too little to fit: the shipped model serves meanwhile.
  record NotEnough(int customers, String reason) implements Fit {}

  /// The fit went wrong; the previous model stays.
  record Failed(String reason) implements Fit {}

  /// Fits the model of a tenant from its customers' profiles as they stood at the end of `today`.
  /// `scale` is the number of decimals of its currency. Under the weak priors one customer is
  /// enough to move the shipped model; nobody is not.
  static Fit of(Iterable<Profile> profiles, int today, int scale) {
    Panel.Builder panel = Panel.builder();
    for (Profile profile : profiles) {
      panel.add(profile, today);
    }
    return of(panel.build(), today, scale);
  }

  /// The purchase model that foretold best at earlier origins of the histories as known at `day`.
  static Family family(Panel panel, int day) {
    return Fitting.of(panel.until(day), day, 2).selection().family();
  }

  /// The same from histories in columns.
  static Fit of(Panel panel, int today, int scale) {
    if (panel.firstDay() >= today) {
      return new NotEnough(
          panel.customers(),
          panel.customers() == 0
              ? "no customer has bought yet"
              : "all first purchases are from today: there is no time to learn from");
    }
    try {
      return new Fitted(Fitting.of(panel, today, scale).model());
    } catch (ArithmeticException | IllegalArgumentException | IllegalStateException e) {
      return new Failed("the fit broke off: " + e.getMessage());
    }
  }
}
