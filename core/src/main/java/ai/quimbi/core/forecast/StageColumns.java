package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.SortedTrees;
import java.util.Arrays;

/// An adjustment's two second stages over many customers whose signals stand in columns: the bits
/// of [SecondStage#at], many times faster. For one thread at a time.
final class StageColumns {
  private final SecondStage buying;
  private final SecondStage counting;
  private final SortedTrees buyingTrees;
  private final SortedTrees countingTrees;

  /// What the stages say of each customer.
  final double[] bought;
  final double[] counted;

  /// For up to so many customers at a time.
  StageColumns(Adjustment adjustment, int customers) {
    buying = adjustment.buying();
    counting = adjustment.counting();
    buyingTrees = new SortedTrees(buying.trees(), customers);
    countingTrees = new SortedTrees(counting.trees(), customers);
    bought = new double[customers];
    counted = new double[customers];
  }

  /// Of the first `n`.
  void fill(double[][] signals, int n) {
    Arrays.fill(bought, 0, n, 0);
    Arrays.fill(counted, 0, n, 0);
    if (buying.means().equals(counting.means()) && buying.scales().equals(counting.scales())) {
      addBoth(signals, n);
    } else {
      add(buying, signals, bought, n);
      add(counting, signals, counted, n);
    }
    buyingTrees.addTo(bought, signals, n);
    countingTrees.addTo(counted, signals, n);
  }

  // Learned from the same rows, both read the same standardised signals.
  private void addBoth(double[][] signals, int n) {
    for (int j = 0; j < buying.weights().size(); j++) {
      double[] signal = signals[j];
      double buys = buying.weights().get(j);
      double counts = counting.weights().get(j);
      double mean = buying.means().get(j);
      double scale = buying.scales().get(j);
      for (int i = 0; i < n; i++) {
        double standard = SecondStage.standard(signal[i], mean, scale);
        bought[i] += buys * standard;
        counted[i] += counts * standard;
      }
    }
  }

  private static void add(SecondStage stage, double[][] signals, double[] sums, int n) {
    for (int j = 0; j < stage.weights().size(); j++) {
      double[] signal = signals[j];
      double weight = stage.weights().get(j);
      double mean = stage.means().get(j);
      double scale = stage.scales().get(j);
      for (int i = 0; i < n; i++) {
        sums[i] += weight * SecondStage.standard(signal[i], mean, scale);
      }
    }
  }
}
