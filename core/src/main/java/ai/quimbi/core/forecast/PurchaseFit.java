package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Covariance;
import ai.quimbi.core.stats.Minimum;
import ai.quimbi.core.stats.Newton;
import ai.quimbi.core.stats.Objective;
import java.util.Arrays;
import java.util.Optional;

/// Fits a purchase model to (x, t_x, T) columns, on the logarithms of its parameters.
///
/// The search starts on every k-th customer, which costs next to nothing and ends within a standard
/// error or so of the answer; a few exact Newton steps on all customers finish it.
public final class PurchaseFit {
  private static final int SAMPLE = 20_000;
  private static final double BOUND = 14;

  private PurchaseFit() {}

  /// Maximum likelihood, without a prior.
  public static Estimate likeliest(Family family, int[] x, double[] recency, double[] age) {
    return fit(family, Cohort.of(x, recency, age), sample(x, recency, age), Optional.empty());
  }

  /// Maximum a posteriori under the shipped weak priors. Times are days.
  public static Estimate probable(Family family, int[] x, double[] recency, double[] age) {
    return probable(family, x, recency, age, 1);
  }

  /// The same with times in units of `unitDays` days.
  public static Estimate probable(
      Family family, int[] x, double[] recency, double[] age, int unitDays) {
    return fit(
        family,
        Cohort.of(x, recency, age),
        sample(x, recency, age),
        Optional.of(Prior.of(family).inUnitsOf(unitDays, family)));
  }

  private static Optional<Cohort> sample(int[] x, double[] recency, double[] age) {
    int stride = x.length / SAMPLE;
    if (stride < 2) {
      return Optional.empty();
    }
    int n = x.length / stride;
    int[] sx = new int[n];
    double[] sr = new double[n];
    double[] sa = new double[n];
    for (int i = 0; i < n; i++) {
      sx[i] = x[i * stride];
      sr[i] = recency[i * stride];
      sa[i] = age[i * stride];
    }
    return Optional.of(Cohort.of(sx, sr, sa));
  }

  /// As [#probable], with the search begun at a model fitted to the same customers at another time:
  /// a few Newton steps instead of many. The answer is the same to the search's tolerance.
  static Estimate probable(PurchaseModel begin, int[] x, double[] recency, double[] age) {
    Family family = begin.family();
    double[] start = Arrays.stream(begin.parameters().toArray()).map(Math::log).toArray();
    return finish(family, Cohort.of(x, recency, age), start, Optional.of(Prior.of(family)));
  }

  static Estimate fit(
      Family family, Cohort cohort, Optional<Cohort> sample, Optional<Prior> prior) {
    double[] start = start(family, cohort);
    if (sample.isPresent()) {
      start =
          Newton.minimise(objective(family, sample.get(), prior), start, BOUND, 1e-9)
              .point()
              .toArray();
    }
    return finish(family, cohort, start, prior);
  }

  private static Estimate finish(
      Family family, Cohort cohort, double[] start, Optional<Prior> prior) {
    Objective objective = objective(family, cohort, prior);
    Minimum minimum = Newton.minimise(objective, start, BOUND, 1e-12);
    double[] parameters = exp(minimum.point().toArray());
    PurchaseModel model = family.with(parameters);
    Covariance covariance = Covariance.ofHessian(minimum.hessian());
    return new Estimate(
        model,
        covariance,
        Likelihood.of(model, cohort),
        cohort.customers,
        minimum.steps(),
        Degeneracy.of(model, cohort, minimum, covariance));
  }

  private static Objective objective(Family family, Cohort cohort, Optional<Prior> prior) {
    return logs -> {
      double value = -Likelihood.of(family.with(exp(logs)), cohort);
      double penalty = prior.map(p -> p.penalty(logs)).orElse(0.0);
      return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value + penalty;
    };
  }

  // The mean rate gives α its scale; the shapes start at the priors' centres.
  private static double[] start(Family family, Cohort cohort) {
    double[] logs = Prior.of(family).centre().toArray();
    double purchases = cohort.sum(g -> cohort.counts[cohort.xAt[g]]);
    double time = cohort.sum(g -> cohort.times[cohort.ageAt[g]]);
    double longest = Math.max(1e-3, cohort.times[cohort.times.length - 1]);
    double rate = Math.max(purchases, 0.5) / Math.max(time, 1e-3);
    double alpha = Math.clamp(0.6 / rate, longest / 1000, longest * 100);
    logs[1] = Math.log(alpha) - 1;
    if (family == Family.PARETO_NBD) {
      logs[3] = Math.log(longest);
    }
    return logs;
  }

  private static double[] exp(double[] logs) {
    return Arrays.stream(logs).map(Math::exp).toArray();
  }
}
