package ai.quimbi.core.stats;

/// Minimises a smooth function of a few variables by Newton's method within a trust region.
///
/// Derivatives are central differences: with two to four variables a whole quadratic model costs at
/// most 21 values, and a likelihood that sums millions of terms is exact enough (about 1e-16
/// relative) that the differences keep six digits or more. Curvature is made positive by taking the
/// eigenvalues' size with a floor, so a flat direction is walked, never divided by.
public final class Newton {
  private static final double STEP = 5e-4;
  private static final int MAX_STEPS = 200;

  private Newton() {}

  /// Starts at `start`, keeps within ±`bound` in every variable, stops when a step promises less
  /// than `tolerance` relative to the value. Always ends; [Minimum#isSettled] tells whether by
  /// arriving.
  public static Minimum minimise(
      Objective objective, double[] start, double bound, double tolerance) {
    double[] at = start.clone();
    double value = objective.at(at);
    double radius = 1;
    boolean isSettled = false;
    int steps = 0;
    Quadratic model = Quadratic.around(objective, at, value);
    while (steps < MAX_STEPS) {
      steps++;
      double[] step = model.step(radius);
      double[] next = new double[at.length];
      for (int i = 0; i < at.length; i++) {
        next[i] = Math.clamp(at[i] + step[i], -bound, bound);
        step[i] = next[i] - at[i];
      }
      double promised = -model.change(step);
      if (promised <= tolerance * (1 + Math.abs(value))) {
        isSettled = true;
        break;
      }
      double there = objective.at(next);
      double gained = value - there;
      if (gained > 0) {
        double ratio = gained / promised;
        radius = ratio > 0.75 ? Math.min(4, radius * 2) : ratio < 0.25 ? radius / 3 : radius;
        at = next;
        value = there;
        model = Quadratic.around(objective, at, value);
      } else {
        radius = Math.min(radius, norm(step)) / 4;
        if (radius < 1e-9) {
          // No point nearby is lower: rounding, not slope, decides here.
          isSettled = promised < 1e-6 * (1 + Math.abs(value));
          break;
        }
      }
    }
    return new Minimum(Reals.of(at), value, Reals.of(model.flatHessian()), steps, isSettled);
  }

  private static double norm(double[] v) {
    double sum = 0;
    for (double x : v) {
      sum += x * x;
    }
    return Math.sqrt(sum);
  }

  /// Value, slope and curvature at a point.
  private static final class Quadratic {
    private final double[][] hessian;
    private final double[] gradient;

    private Quadratic(double[][] hessian, double[] gradient) {
      this.hessian = hessian;
      this.gradient = gradient;
    }

    static Quadratic around(Objective f, double[] at, double value) {
      int n = at.length;
      double[] gradient = new double[n];
      double[][] hessian = new double[n][n];
      double[] up = new double[n];
      double[] down = new double[n];
      double h = STEP;
      for (int i = 0; i < n; i++) {
        up[i] = f.at(moved(at, i, h, i, 0));
        down[i] = f.at(moved(at, i, -h, i, 0));
        hessian[i][i] = (up[i] - 2 * value + down[i]) / (h * h);
        gradient[i] = (up[i] - down[i]) / (2 * h);
      }
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
          double both = f.at(moved(at, i, h, j, h));
          double neither = f.at(moved(at, i, -h, j, -h));
          double mixed =
              (both + neither + 2 * value - up[i] - down[i] - up[j] - down[j]) / (2 * h * h);
          hessian[i][j] = mixed;
          hessian[j][i] = mixed;
        }
      }
      return new Quadratic(hessian, gradient);
    }

    private static double[] moved(double[] at, int i, double di, int j, double dj) {
      double[] moved = at.clone();
      moved[i] += di;
      moved[j] += dj;
      return moved;
    }

    double[] step(double radius) {
      double[] step = new double[gradient.length];
      Eigen eigen = Eigen.of(hessian);
      double largest = 0;
      for (double value : eigen.values()) {
        largest = Math.max(largest, Math.abs(value));
      }
      double floor = Math.max(largest * 1e-10, 1e-12);
      for (int k = 0; k < step.length; k++) {
        double along = 0;
        for (int i = 0; i < step.length; i++) {
          along += eigen.vectors()[i][k] * gradient[i];
        }
        double length = -along / Math.max(Math.abs(eigen.values()[k]), floor);
        double held = Math.clamp(length, -radius, radius);
        for (int i = 0; i < step.length; i++) {
          step[i] += held * eigen.vectors()[i][k];
        }
      }
      return step;
    }

    double change(double[] step) {
      double sum = 0;
      for (int i = 0; i < step.length; i++) {
        sum += gradient[i] * step[i];
        for (int j = 0; j < step.length; j++) {
          sum += 0.5 * step[i] * hessian[i][j] * step[j];
        }
      }
      return sum;
    }

    double[] flatHessian() {
      int n = gradient.length;
      double[] flat = new double[n * n];
      for (int i = 0; i < n; i++) {
        System.arraycopy(hessian[i], 0, flat, i * n, n);
      }
      return flat;
    }
  }
}
