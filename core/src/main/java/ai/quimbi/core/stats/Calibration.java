package ai.quimbi.core.stats;

import java.util.Arrays;

/// A monotone map from the log-odds that a model says to the log-odds that happen.
public sealed interface Calibration {
  Calibration NONE = new Beta(1, 1, 0);

  double at(double logit);

  /// Kull, Silva Filho & Flach (2017): `a ln p − b ln(1 − p) + c`, with a and b from 0 on. Nothing
  /// changes where a = b = 1, c = 0.
  record Beta(double a, double b, double c) implements Calibration {
    private static final double PENALTY = 10;

    public Beta {
      if (!(a >= 0 && b >= 0 && Double.isFinite(a + b + c))) {
        throw new IllegalArgumentException("beta calibration " + a + ", " + b + ", " + c);
      }
    }

    @Override
    public double at(double logit) {
      if (a == 1 && b == 1) {
        return logit + c;
      }
      // ln(1 + e^logit) and ln(1 + e^−logit), which have all but the larger exponent in common.
      double both = Math.log1p(Math.exp(-Math.abs(logit)));
      return b * (Math.max(0, logit) + both) - a * (Math.max(0, -logit) + both) + c;
    }

    /// By penalised likelihood around "nothing changes".
    public static Beta fit(double[] logits, boolean[] happened) {
      double[][] rows = new double[logits.length][];
      double[] target = new double[logits.length];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = new double[] {-Special.logSum(0, -logits[i]), Special.logSum(0, logits[i]), 1};
        target[i] = happened[i] ? 1 : 0;
      }
      double[] w =
          Ridge.fit(rows, logits, target, Link.LOGISTIC, new double[] {PENALTY, PENALTY, PENALTY});
      return new Beta(Math.max(0, 1 + w[0]), Math.max(0, 1 + w[1]), w[2]);
    }
  }

  /// Isotonic regression by pooling adjacent violators (Ayer et al. 1955), made continuous:
  /// straight lines in log-odds between the blocks' centres `from` → `to`, parallel to the diagonal
  /// outside.
  record Isotonic(Reals from, Reals to) implements Calibration {
    private static final int FEWEST = 20;

    public Isotonic {
      if (from.size() != to.size() || from.size() == 0 || !from.areFinite() || !to.areFinite()) {
        throw new IllegalArgumentException("isotonic calibration " + from + " to " + to);
      }
    }

    @Override
    public double at(double logit) {
      int last = from.size() - 1;
      if (logit <= from.get(0)) {
        return logit + to.get(0) - from.get(0);
      }
      if (logit >= from.get(last)) {
        return logit + to.get(last) - from.get(last);
      }
      int right = 1;
      while (from.get(right) < logit) {
        right++;
      }
      double width = from.get(right) - from.get(right - 1);
      double part = width > 0 ? (logit - from.get(right - 1)) / width : 1;
      return to.get(right - 1) + part * (to.get(right) - to.get(right - 1));
    }

    /// Blocks hold at least twenty rows; half a yes and half a no are added to each, so that none
    /// says never or always.
    public static Isotonic fit(double[] logits, boolean[] happened) {
      int[] order = Scores.order(logits);
      double[] yes = new double[order.length];
      double[] rows = new double[order.length];
      double[] sum = new double[order.length];
      int n = 0;
      for (int i : order) {
        n += n == 0 || rows[n - 1] >= FEWEST ? 1 : 0;
        yes[n - 1] += happened[i] ? 1 : 0;
        rows[n - 1]++;
        sum[n - 1] += logits[i];
        while (n > 1 && rows[n - 1] >= FEWEST && violates(n, yes, rows)) {
          n = pooled(n, yes, rows, sum);
        }
      }
      while (n > 1 && (rows[n - 1] < FEWEST || violates(n, yes, rows))) {
        n = pooled(n, yes, rows, sum);
      }
      double[] from = new double[n];
      double[] to = new double[n];
      for (int k = 0; k < n; k++) {
        from[k] = sum[k] / rows[k];
        to[k] = Special.logit((yes[k] + 0.5) / (rows[k] + 1));
        // Half a yes more weighs more in a small block: order is kept by hand.
        to[k] = k == 0 ? to[k] : Math.max(to[k], to[k - 1]);
      }
      return new Isotonic(Reals.of(from), Reals.of(to));
    }

    private static boolean violates(int n, double[] yes, double[] rows) {
      return yes[n - 2] * rows[n - 1] >= yes[n - 1] * rows[n - 2];
    }

    // The last two blocks become one.
    private static int pooled(int n, double[] yes, double[] rows, double[] sum) {
      for (double[] of : Arrays.asList(yes, rows, sum)) {
        of[n - 2] += of[n - 1];
        of[n - 1] = 0;
      }
      return n - 1;
    }
  }
}
