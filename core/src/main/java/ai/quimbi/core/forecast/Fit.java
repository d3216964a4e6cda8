package ai.quimbi.core.forecast;

import ai.quimbi.core.customer.Profile;
import java.util.ArrayList;
import java.util.List;

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
    List<Summary> summaries = new ArrayList<>();
    List<Integer> gaps = new ArrayList<>();
    for (Profile profile : profiles) {
      Summary summary = Summary.of(profile, today);
      if (summary.hasPurchases()) {
        summaries.add(summary);
        Horizon.addGaps(profile, today, gaps);
      }
    }
    if (summaries.stream().allMatch(s -> s.age() == 0)) {
      return new NotEnough(
          summaries.size(),
          summaries.isEmpty()
              ? "no customer has bought yet"
              : "all first purchases are from today: there is no time to learn from");
    }
    // Sums of doubles depend on their order; the customers' order must not.
    summaries.sort(Summary.ORDER);
    try {
      return new Fitted(Fitting.model(summaries, Horizon.ofGaps(gaps), today, scale));
    } catch (ArithmeticException | IllegalArgumentException | IllegalStateException e) {
      return new Failed("the fit broke off: " + e.getMessage());
    }
  }

  static int[] frequencies(List<Summary> summaries) {
    return summaries.stream().mapToInt(Summary::frequency).toArray();
  }

  static double[] recencies(List<Summary> summaries) {
    return summaries.stream().mapToDouble(Summary::recency).toArray();
  }

  static double[] ages(List<Summary> summaries) {
    return summaries.stream().mapToDouble(Summary::age).toArray();
  }
}
