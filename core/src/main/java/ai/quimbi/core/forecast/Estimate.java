package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Covariance;
import ai.quimbi.core.stats.Reals;
import java.util.Optional;

/// A fitted purchase model: the logarithms' covariance, the standard errors of the parameters
/// themselves (delta method), the log-likelihood, and what was wrong with the fit, if anything.
public record Estimate(
    PurchaseModel model,
    Covariance covariance,
    double logLikelihood,
    int customers,
    int steps,
    Optional<String> degeneracy) {

  /// In the order of the parameters.
  public Reals standardErrors() {
    double[] parameters = model.parameters().toArray();
    double[] errors = new double[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      errors[i] = parameters[i] * covariance.standardError(i);
    }
    return Reals.of(errors);
  }

  /// Schwarz's criterion: smaller is better.
  public double bic() {
    return -2 * logLikelihood + model.parameters().size() * Math.log(Math.max(1, customers));
  }
}
