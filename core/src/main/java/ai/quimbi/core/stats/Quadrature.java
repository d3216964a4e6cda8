package ai.quimbi.core.stats;

import java.util.function.DoubleUnaryOperator;

/// Integrals of smooth functions.
public final class Quadrature {
  // Nodes and weights of the 10-point Gauss–Legendre rule on [−1, 1], the positive half.
  private static final double[] NODE = {
    0.14887433898163122,
    0.4333953941292472,
    0.6794095682990244,
    0.8650633666889845,
    0.9739065285171717
  };
  private static final double[] WEIGHT = {
    0.29552422471475287,
    0.26926671930999635,
    0.21908636251598204,
    0.1494513491505806,
    0.06667134430868814
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
