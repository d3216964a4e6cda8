package ai.quimbi.core.benchmark;

import ai.quimbi.core.stats.Special;
import java.util.Arrays;

/// Quantiles under ε-differential privacy, all of them in one draw: the exponential mechanism over
/// increasing places of a fixed grid. Gillenwater, Joseph & Kulesza (2021), "Differentially Private
/// Quantiles", alg. 1, with its intervals between figures replaced by the grid, so that what can
/// come out does not depend on any figure.
///
/// The utility of places o₁ <= … <= oₘ is −Σ |number of figures between neighbours − wished|.
/// Exchanging one company moves one figure from one gap to another: by 2 at most.
///
/// Made once of the figures; every [#drawn] is a release that costs ε.
public final class PrivateQuantiles {
  private static final double SENSITIVITY = 2;

  private final double[] grid;
  // The running sums of the last quantile's probabilities, and of each other's given its neighbour.
  private final double[] last;
  private final double[][][] before;

  private PrivateQuantiles(double[] grid, double[] last, double[][][] before) {
    this.grid = grid;
    this.last = last;
    this.before = before;
  }

  /// A grid of even ratios over the range, both ends on it.
  public static double[] grid(Range range, int places) {
    double[] grid = new double[places];
    double step = StrictMath.log(range.high() / range.low()) / (places - 1);
    for (int i = 0; i < places; i++) {
      grid[i] = range.low() * StrictMath.exp(step * i);
    }
    return grid;
  }

  /// `quantiles` and `grid` increase.
  public static PrivateQuantiles of(
      double[] figures, double[] grid, double[] quantiles, double epsilon) {
    if (!(epsilon > 0) || figures.length == 0 || grid.length < 2 || quantiles.length == 0) {
      throw new IllegalArgumentException("no private quantiles with epsilon " + epsilon);
    }
    int n = figures.length;
    int m = quantiles.length;
    int[] below = below(figures, grid);
    double scale = epsilon / (2 * SENSITIVITY);
    double[] logs = new double[grid.length];
    for (int k = 0; k < grid.length; k++) {
      logs[k] = -scale * Math.abs(below[k] - n * quantiles[0]);
    }
    double[][][] before = new double[m - 1][grid.length][];
    for (int j = 1; j < m; j++) {
      double wished = n * (quantiles[j] - quantiles[j - 1]);
      double[] next = new double[grid.length];
      for (int k = 0; k < grid.length; k++) {
        double[] ways = new double[k + 1];
        for (int i = 0; i <= k; i++) {
          ways[i] = logs[i] - scale * Math.abs(below[k] - below[i] - wished);
        }
        next[k] = logSum(ways);
        before[j - 1][k] = runningShares(ways);
      }
      logs = next;
    }
    double wishedAbove = n * (1 - quantiles[m - 1]);
    for (int k = 0; k < grid.length; k++) {
      logs[k] -= scale * Math.abs(n - below[k] - wishedAbove);
    }
    return new PrivateQuantiles(grid.clone(), runningShares(logs), before);
  }

  /// One release: the quantiles, increasing, each on the grid.
  public double[] drawn(Noise noise) {
    double[] drawn = new double[before.length + 1];
    int at = pick(last, noise);
    drawn[before.length] = grid[at];
    for (int j = before.length - 1; j >= 0; j--) {
      at = pick(before[j][at], noise);
      drawn[j] = grid[at];
    }
    return drawn;
  }

  private static int pick(double[] running, Noise noise) {
    double u = noise.uniform() * running[running.length - 1];
    int at = Arrays.binarySearch(running, u);
    return Math.min(at >= 0 ? at + 1 : -at - 1, running.length - 1);
  }

  private static int[] below(double[] figures, double[] grid) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    int[] below = new int[grid.length];
    int count = 0;
    for (int k = 0; k < grid.length; k++) {
      while (count < sorted.length && sorted[count] < grid[k]) {
        count++;
      }
      below[k] = count;
    }
    return below;
  }

  private static double logSum(double[] logs) {
    double sum = Double.NEGATIVE_INFINITY;
    for (double log : logs) {
      sum = Special.logSum(sum, log);
    }
    return sum;
  }

  // The largest is taken out before exponentials, so that none overflows.
  private static double[] runningShares(double[] logs) {
    double most = Arrays.stream(logs).max().orElse(0);
    double[] running = new double[logs.length];
    double sum = 0;
    for (int i = 0; i < logs.length; i++) {
      sum += StrictMath.exp(logs[i] - most);
      running[i] = sum;
    }
    return running;
  }
}
