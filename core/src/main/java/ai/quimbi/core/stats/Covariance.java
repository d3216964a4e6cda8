package ai.quimbi.core.stats;

/// The spread of estimates, from the curvature of minus their log-posterior. Eigenvalues below
/// `1e-8` of the largest, and negative ones, are raised to that floor, so the result is always a
/// proper covariance.
public record Covariance(int size, Reals matrix, Reals root, boolean isFloored) {

  public static Covariance ofHessian(Reals hessian) {
    int n = (int) Math.round(Math.sqrt(hessian.size()));
    double[][] h = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        h[i][j] = hessian.get(i * n + j);
      }
    }
    Eigen eigen = Eigen.of(h);
    double largest = 1e-12;
    for (double value : eigen.values()) {
      largest = Math.max(largest, value);
    }
    boolean isFloored = false;
    double[] matrix = new double[n * n];
    double[] root = new double[n * n];
    for (int k = 0; k < n; k++) {
      double floor = largest * 1e-8;
      double curvature = eigen.values()[k];
      if (!(curvature >= floor)) {
        isFloored = true;
        curvature = floor;
      }
      for (int i = 0; i < n; i++) {
        double vi = eigen.vectors()[i][k];
        root[i * n + k] = vi / Math.sqrt(curvature);
        for (int j = 0; j < n; j++) {
          matrix[i * n + j] += vi * eigen.vectors()[j][k] / curvature;
        }
      }
    }
    return new Covariance(n, Reals.of(matrix), Reals.of(root), isFloored);
  }

  public double standardError(int i) {
    return Math.sqrt(matrix.get(i * size + i));
  }

  /// A normal deviation with this covariance.
  public double[] deviation(Chance chance) {
    double[] z = new double[size];
    for (int k = 0; k < size; k++) {
      z[k] = chance.normal();
    }
    double[] deviation = new double[size];
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < size; k++) {
        deviation[i] += root.get(i * size + k) * z[k];
      }
    }
    return deviation;
  }
}
