package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Link;
import java.util.ArrayList;
import java.util.List;

/// How second stages learned from older origins would have done at a newer one: what every strength
/// would have gained over none, customer by customer, summed up, and the squares of these gains.
///
/// All get the intercept (or multiple) that suits the judged period best: a stage is about what
/// tells customers apart, and is neither praised nor blamed for the period's weather.
record Trial(Gains buying, Gains counting, Gains moving) {
  static final Trial NONE = new Trial(Gains.none(), Gains.none(), Gains.none());

  /// By choice: the sum of the customers' gains, and of their squares.
  static final class Gains {
    private final double[] sums = new double[Choice.ALL.size()];
    private final double[] squares = new double[Choice.ALL.size()];

    static Gains none() {
      return new Gains();
    }

    // Gains against the first of the rows of losses.
    static Gains of(double[][] losses) {
      Gains gains = none();
      for (int c = 1; c < losses.length; c++) {
        for (int i = 0; i < losses[c].length; i++) {
          double gain = losses[0][i] - losses[c][i];
          gains.sums[c] += gain;
          gains.squares[c] += gain * gain;
        }
      }
      return gains;
    }

    Gains plus(Gains other) {
      Gains sum = none();
      for (int c = 0; c < sums.length; c++) {
        sum.sums[c] = sums[c] + other.sums[c];
        sum.squares[c] = squares[c] + other.squares[c];
      }
      return sum;
    }

    /// What a choice gains for sure, so to speak: less so many standard errors, so that a few lucky
    /// customers decide nothing.
    double sure(int choice, double standardErrors) {
      return sums[choice] - standardErrors * Math.sqrt(squares[choice]);
    }

    /// The choice that gains most; nothing where that is not for sure.
    int most(double standardErrors) {
      int best = 0;
      for (int c = 1; c < sums.length; c++) {
        best = sums[c] > sums[best] ? c : best;
      }
      return sure(best, standardErrors) > 0 ? best : 0;
    }

    /// The choice that gains most for sure; nothing where none does.
    int surest(double standardErrors) {
      int best = 0;
      for (int c = 1; c < sums.length; c++) {
        best = sure(c, standardErrors) > sure(best, standardErrors) ? c : best;
      }
      return best;
    }
  }

  /// A part of a full stage: its weights times `strength`, and its first `trees`.
  record Choice(double strength, int trees) {
    static final List<Choice> ALL = all();

    private static List<Choice> all() {
      List<Choice> all = new ArrayList<>();
      for (double strength : new double[] {0, 0.25, 0.5, 0.75, 1}) {
        all.add(new Choice(strength, 0));
      }
      for (int trees : new int[] {6, 12, 20, 36, Stages.TREES}) {
        all.add(new Choice(Stages.LINEAR_UNDER_TREES, trees));
      }
      return List.copyOf(all);
    }

    SecondStage of(SecondStage full) {
      return full.limited(strength, trees);
    }

    /// The stage that will serve has learned from the newest origin too, the most telling one,
    /// which the judged ones had not: weights alone earn half of what is missing to full strength.
    SecondStage served(SecondStage full) {
      boolean isWeightsOnly = strength > 0 && trees == 0;
      return full.limited(isWeightsOnly ? (1 + strength) / 2 : strength, trees);
    }
  }

  static Trial of(Examined judged, Stages stages) {
    int choices = Choice.ALL.size();
    double[][] buys = new double[choices][];
    double[][] counts = new double[choices][];
    double[][] moves = new double[choices][];
    double[][] buying = parts(judged, stages.buying());
    double[][] counting = parts(judged, stages.counting());
    int n = judged.size();
    for (int c = 0; c < choices; c++) {
      double[] logits = new double[n];
      double[] expected = new double[n];
      double[] moved = new double[n];
      for (int i = 0; i < n; i++) {
        logits[i] = judged.logitBuy[i] + buying[c][i];
        expected[i] = Math.exp(judged.logExpected[i] + counting[c][i]);
        moved[i] =
            Math.exp(judged.logExpected[i])
                * Link.LOGISTIC.mean(logits[i])
                / Link.LOGISTIC.mean(judged.logitBuy[i]);
      }
      buys[c] = lossesAtBestIntercept(logits, judged.bought);
      counts[c] = squaresAtBestMultiple(expected, judged.origin.orders);
      moves[c] = squaresAtBestMultiple(moved, judged.origin.orders);
    }
    return new Trial(Gains.of(buys), Gains.of(counts), Gains.of(moves));
  }

  // What each choice adds for each customer; trees are summed up once.
  private static double[][] parts(Examined judged, SecondStage full) {
    int n = judged.size();
    double[][] parts = new double[Choice.ALL.size()][n];
    for (int i = 0; i < n; i++) {
      double[] signals = judged.signals[i];
      double linear = full.linear(signals);
      double sum = 0;
      int summed = 0;
      for (int c = 0; c < parts.length; c++) {
        Choice choice = Choice.ALL.get(c);
        while (summed < Math.min(choice.trees(), full.trees().count())) {
          sum += full.trees().at(summed++, signals);
        }
        parts[c][i] = choice.strength() * linear + sum;
      }
    }
    return parts;
  }

  private static double[] lossesAtBestIntercept(double[] logits, double[] bought) {
    double shift = bestIntercept(logits, bought);
    double[] losses = new double[logits.length];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = Link.LOGISTIC.loss(logits[i] + shift, bought[i]);
    }
    return losses;
  }

  /// What must be added to all log-odds so that as many buyers are expected as there were (half a
  /// buyer and half a non-buyer added); by bisection, which nothing can derail.
  static double bestIntercept(double[] logits, double[] bought) {
    double wanted = 0;
    for (double yes : bought) {
      wanted += yes;
    }
    double low = -8;
    double high = 8;
    for (int step = 0; step < 30; step++) {
      double middle = (low + high) / 2;
      double sum = Link.LOGISTIC.mean(middle) - 0.5;
      for (double logit : logits) {
        sum += Link.LOGISTIC.mean(logit + middle);
      }
      if (sum > wanted) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return (low + high) / 2;
  }

  private static double[] squaresAtBestMultiple(double[] expected, double[] actual) {
    double cross = 0;
    double square = 1e-12;
    for (int i = 0; i < expected.length; i++) {
      cross += expected[i] * actual[i];
      square += expected[i] * expected[i];
    }
    double[] squares = new double[expected.length];
    for (int i = 0; i < squares.length; i++) {
      double off = actual[i] - cross / square * expected[i];
      squares[i] = off * off;
    }
    return squares;
  }
}
