package ai.quimbi.core.stats;

import java.util.function.IntToDoubleFunction;

/// Exact Shapley values (Shapley 1953): the fair split of `worth(all) − worth(none)` among a few
/// players.
public final class Shapley {
  private Shapley() {}

  /// `worth` is asked for every coalition, a bit set over `players`. The shares add up to the
  /// difference between the grand coalition and the empty one.
  public static double[] shares(int players, IntToDoubleFunction worth) {
    int coalitions = 1 << players;
    double[] value = new double[coalitions];
    for (int c = 0; c < coalitions; c++) {
      value[c] = worth.applyAsDouble(c);
    }
    double[] weight = weights(players);
    double[] shares = new double[players];
    for (int c = 0; c < coalitions; c++) {
      int size = Integer.bitCount(c);
      double w = size < players ? weight[size] : 0;
      for (int player = 0; player < players; player++) {
        int bit = 1 << player;
        if ((c & bit) == 0) {
          shares[player] += w * (value[c | bit] - value[c]);
        }
      }
    }
    return shares;
  }

  // |S|! (n − |S| − 1)! / n!
  private static double[] weights(int players) {
    double[] weight = new double[players];
    weight[0] = 1.0 / players;
    for (int size = 1; size < players; size++) {
      weight[size] = weight[size - 1] * size / (players - size);
    }
    return weight;
  }
}
