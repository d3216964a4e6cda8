package ai.quimbi.core.stats;

/// Penalised regression around an offset: the log-odds of a yes, or the logarithm of a mean count,
/// are `offset + row · weights`, and a weight costs `penalty / 2` times its square, so that without
/// evidence the offset stands as it is.
public final class Ridge {
  private static final int MAX_STEPS = 50;

  private Ridge() {}

  /// Newton's method with halved steps where a full one does not help; always ends.
  public static double[] fit(
      double[][] rows, double[] offset, double[] target, Link link, double[] penalty) {
    int n = penalty.length;
    double[] weights = new double[n];
    double loss = loss(rows, offset, target, link, penalty, weights);
    for (int step = 0; step < MAX_STEPS; step++) {
      double[] move = newtonStep(rows, offset, target, link, penalty, weights);
      double size = 1;
      double[] next = moved(weights, move, size);
      double there = loss(rows, offset, target, link, penalty, next);
      while (!(there <= loss) && size > 1e-6) {
        size /= 2;
        next = moved(weights, move, size);
        there = loss(rows, offset, target, link, penalty, next);
      }
      if (!(there < loss - 1e-10 * (1 + loss))) {
        return weights;
      }
      weights = next;
      loss = there;
    }
    return weights;
  }

  private static double[] moved(double[] from, double[] move, double size) {
    double[] moved = from.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += size * move[i];
    }
    return moved;
  }

  /// What [#fit] makes smallest.
  public static double loss(
      double[][] rows,
      double[] offset,
      double[] target,
      Link link,
      double[] penalty,
      double[] weights) {
    double sum = 0;
    for (int j = 0; j < weights.length; j++) {
      sum += 0.5 * penalty[j] * weights[j] * weights[j];
    }
    for (int i = 0; i < rows.length; i++) {
      sum += link.loss(offset[i] + dot(rows[i], weights), target[i]);
    }
    return sum;
  }

  private static double[] newtonStep(
      double[][] rows,
      double[] offset,
      double[] target,
      Link link,
      double[] penalty,
      double[] weights) {
    int n = weights.length;
    double[][] curvature = new double[n][n];
    double[] slope = new double[n];
    for (int j = 0; j < n; j++) {
      curvature[j][j] = penalty[j] + 1e-9;
      slope[j] = -penalty[j] * weights[j];
    }
    for (int i = 0; i < rows.length; i++) {
      double[] row = rows[i];
      double mean = link.mean(offset[i] + dot(row, weights));
      double error = target[i] - mean;
      double weight = link.curvature(mean);
      for (int j = 0; j < n; j++) {
        slope[j] += error * row[j];
        for (int k = 0; k <= j; k++) {
          curvature[j][k] += weight * row[j] * row[k];
        }
      }
    }
    return solve(curvature, slope);
  }

  // Cholesky; only the lower triangle of `a` is read, and it is overwritten.
  private static double[] solve(double[][] a, double[] b) {
    int n = b.length;
    for (int j = 0; j < n; j++) {
      for (int k = 0; k < j; k++) {
        for (int i = j; i < n; i++) {
          a[i][j] -= a[i][k] * a[j][k];
        }
      }
      double root = Math.sqrt(Math.max(a[j][j], 1e-12));
      for (int i = j; i < n; i++) {
        a[i][j] /= root;
      }
    }
    double[] x = b.clone();
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= a[i][k] * x[k];
      }
      x[i] /= a[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        x[i] -= a[k][i] * x[k];
      }
      x[i] /= a[i][i];
    }
    return x;
  }

  private static double dot(double[] row, double[] weights) {
    double sum = 0;
    for (int j = 0; j < weights.length; j++) {
      sum += row[j] * weights[j];
    }
    return sum;
  }
}
