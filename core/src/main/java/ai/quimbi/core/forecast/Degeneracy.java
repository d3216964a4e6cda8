package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Covariance;
import ai.quimbi.core.stats.Minimum;
import java.util.Optional;

/// Names what is wrong with a fit: data that cannot tell the parameters, a search that did not
/// settle, or a model that has shrunk to a simpler one.
final class Degeneracy {
  private Degeneracy() {}

  static Optional<String> of(
      PurchaseModel model, Cohort cohort, Minimum minimum, Covariance covariance) {
    if (cohort.repeaters() == 0) {
      return Optional.of("no customer has bought twice: the data cannot tell a rate from a stop");
    }
    if (dropsOutBarely(model, cohort)) {
      return Optional.of("no dropout: the model has shrunk to the NBD, its limit");
    }
    for (int i = 0; i < minimum.point().size(); i++) {
      if (Math.abs(minimum.point().get(i)) > 13.9) {
        return Optional.of(
            "the likelihood keeps rising towards an extreme "
                + model.family().parameterNames().get(i));
      }
    }
    if (!minimum.isSettled()) {
      return Optional.of("the search ended before it settled");
    }
    if (covariance.isFloored()) {
      return Optional.of("the data leave a direction of the parameters undetermined");
    }
    return Optional.empty();
  }

  // Within the time observed, and compared with never stopping, next to nobody stops.
  private static boolean dropsOutBarely(PurchaseModel model, Cohort cohort) {
    double longest = cohort.times[cohort.times.length - 1];
    return switch (model) {
      case Nbd _ -> false;
      case BgNbd m -> m.a() / (m.a() + m.b()) < 1e-3;
      case MbgNbd m -> m.a() / (m.a() + m.b()) < 1e-3;
      case ParetoNbd m -> -Math.expm1(-m.s() * Math.log1p(longest / m.beta())) < 1e-3;
    };
  }
}
