package ai.quimbi.core.stats;

import java.util.function.DoubleUnaryOperator;

/// Integrals of smooth functions.
public final class Quadrature {
  // Nodes and weights of the 10-point Gauss–Legendre rule on [−1, 1], the positive half.
  private static final double[] NODE = {
    0.1488743389816312108848260,
    0.4333953941292471907992659,
    0.6794095682990244062343274,
    0.8650633666889845107320967,
    0.9739065285171717200779640
  };
  private static final double[] WEIGHT = {
    0.2955242247147528701738930,
    0.2692667193099963550912269,
    0.2190863625159820439955349,
    0.1494513491505805931457763,
    0.0666713443086881375935688
  };

  private Quadrature() {}

  /// ∫ f over [from, to] by ten-point Gauss–Legendre on `panels` parts that grow geometrically from
  /// `from`, where our integrands change fastest.
  public static double gauss(double from, double to, int panels, DoubleUnaryOperator f) {
    double sum = 0;
    double left = from;
    for (int i = 1; i <= panels; i++) {
      double right = i == panels ? to : from + (to - from) * Math.scalb(1.0, i - panels);
      double half = (right - left) / 2;
      double middle = (right + left) / 2;
      double part = 0;
      for (int k = 0; k < NODE.length; k++) {
        double reach = half * NODE[k];
        part += WEIGHT[k] * (f.applyAsDouble(middle - reach) + f.applyAsDouble(middle + reach));
      }
      sum += part * half;
      left = right;
    }
    return sum;
  }
}
