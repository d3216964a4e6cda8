package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Covariance;
import ai.quimbi.core.stats.Reals;
import java.util.Arrays;

/// Weak independent log-normal beliefs about positive parameters: `centre` and `spread` of their
/// logarithms. A tenant's own customers soon outweigh them; without any, the centre is the model.
///
/// The centres are round numbers within the range of the published consumer data sets (CDNOW,
/// groceries, donations), in days; one standard deviation is a factor of 4.5 up or down. They were
/// not fitted to any data set.
record Prior(Reals centre, Reals spread) {
  private static final double FACTOR_4_5 = 1.5;

  static Prior of(Family family) {
    return switch (family) {
      case NBD -> around(0.6, 60);
      case BG_NBD -> around(0.6, 60, 0.8, 2.5);
      case MBG_NBD -> around(0.6, 60, 0.8, 2.5);
      case PARETO_NBD -> around(0.6, 60, 0.6, 90);
    };
  }

  private static Prior around(double... centres) {
    double[] logs = new double[centres.length];
    double[] spread = new double[centres.length];
    for (int i = 0; i < centres.length; i++) {
      logs[i] = Math.log(centres[i]);
      spread[i] = FACTOR_4_5;
    }
    return new Prior(Reals.of(logs), Reals.of(spread));
  }

  /// The model at the centre of the beliefs.
  static PurchaseModel model(Family family) {
    double[] logs = of(family).centre.toArray();
    return family.with(Arrays.stream(logs).map(Math::exp).toArray());
  }

  Covariance covariance() {
    int n = centre.size();
    double[] precision = new double[n * n];
    for (int i = 0; i < n; i++) {
      precision[i * n + i] = 1 / (spread.get(i) * spread.get(i));
    }
    return Covariance.ofHessian(Reals.of(precision));
  }

  /// The same beliefs with times in units of `days`.
  Prior inUnitsOf(int days, Family family) {
    double[] moved = centre.toArray();
    moved[1] -= Math.log(days);
    if (family == Family.PARETO_NBD) {
      moved[3] -= Math.log(days);
    }
    return new Prior(Reals.of(moved), spread);
  }

  /// Minus the log-density, up to a constant.
  double penalty(double[] logs) {
    double sum = 0;
    for (int i = 0; i < logs.length; i++) {
      double z = (logs[i] - centre.get(i)) / spread.get(i);
      sum += 0.5 * z * z;
    }
    return sum;
  }
}
