package ai.quimbi.core.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// How good forecasts were, against what happened.
public final class Scores {
  private static final int BINS = 10;

  private Scores() {}

  public static double meanAbsoluteError(double[] forecast, double[] actual) {
    double sum = 0;
    for (int i = 0; i < forecast.length; i++) {
      sum += Math.abs(forecast[i] - actual[i]);
    }
    return sum / forecast.length;
  }

  public static double rootMeanSquareError(double[] forecast, double[] actual) {
    double sum = 0;
    for (int i = 0; i < forecast.length; i++) {
      double error = forecast[i] - actual[i];
      sum += error * error;
    }
    return Math.sqrt(sum / forecast.length);
  }

  /// How far the sum of the forecasts is off, in percent of the actual sum.
  public static double aggregateErrorPercent(double[] forecast, double[] actual) {
    double sum = Arrays.stream(actual).sum();
    return 100 * (Arrays.stream(forecast).sum() - sum) / sum;
  }

  /// The correlation of the ranks, equal values sharing the mean rank.
  public static double spearman(double[] a, double[] b) {
    double[] ra = ranks(a);
    double[] rb = ranks(b);
    double mean = (a.length + 1) / 2.0;
    double cross = 0;
    double va = 0;
    double vb = 0;
    for (int i = 0; i < a.length; i++) {
      cross += (ra[i] - mean) * (rb[i] - mean);
      va += (ra[i] - mean) * (ra[i] - mean);
      vb += (rb[i] - mean) * (rb[i] - mean);
    }
    return cross / Math.sqrt(va * vb);
  }

  /// The part of `actual` found in the tenth of the rows with the highest forecasts.
  public static double topDecileCapture(double[] forecast, double[] actual) {
    int[] order = order(forecast);
    int top = Math.max(1, (int) Math.ceil(forecast.length / 10.0));
    double captured = 0;
    for (int i = forecast.length - top; i < forecast.length; i++) {
      captured += actual[order[i]];
    }
    return captured / Arrays.stream(actual).sum();
  }

  /// The chance that a row that happened has the higher probability than one that did not; ties
  /// count half.
  public static double auc(double[] probability, boolean[] happened) {
    double[] ranks = ranks(probability);
    double sum = 0;
    double yes = 0;
    for (int i = 0; i < ranks.length; i++) {
      if (happened[i]) {
        sum += ranks[i];
        yes++;
      }
    }
    double no = ranks.length - yes;
    return (sum - yes * (yes + 1) / 2) / (yes * no);
  }

  public static double brier(double[] probability, boolean[] happened) {
    double sum = 0;
    for (int i = 0; i < probability.length; i++) {
      double error = probability[i] - (happened[i] ? 1 : 0);
      sum += error * error;
    }
    return sum / probability.length;
  }

  /// Minus the mean log-probability of what happened; probabilities are kept 1e-9 from 0 and 1.
  public static double logLoss(double[] probability, boolean[] happened) {
    double sum = 0;
    for (int i = 0; i < probability.length; i++) {
      double p = Math.clamp(probability[i], 1e-9, 1 - 1e-9);
      sum -= happened[i] ? Math.log(p) : Math.log1p(-p);
    }
    return sum / probability.length;
  }

  /// Expected calibration error: |mean probability − frequency| over ten groups of equal size by
  /// rank, weighted by size.
  public static double calibrationError(double[] probability, boolean[] happened) {
    double sum = 0;
    for (Bin bin : calibration(probability, happened)) {
      sum += bin.rows() * Math.abs(bin.meanProbability() - bin.frequency());
    }
    return sum / probability.length;
  }

  /// A group of rows with similar probabilities, and how often it happened among them.
  public record Bin(int rows, double meanProbability, double frequency) {}

  /// The calibration curve: ten groups of equal size, from the least to the most probable.
  public static java.util.List<Bin> calibration(double[] probability, boolean[] happened) {
    int[] order = order(probability);
    return IntStream.range(0, BINS)
        .mapToObj(
            bin -> {
              int from = (int) ((long) order.length * bin / BINS);
              int to = (int) ((long) order.length * (bin + 1) / BINS);
              double p = 0;
              double yes = 0;
              for (int i = from; i < to; i++) {
                p += probability[order[i]];
                yes += happened[order[i]] ? 1 : 0;
              }
              int rows = to - from;
              return new Bin(rows, rows == 0 ? 0 : p / rows, rows == 0 ? 0 : yes / rows);
            })
        .filter(bin -> bin.rows() > 0)
        .toList();
  }

  /// Indices in ascending order of value; equal values keep their places.
  public static int[] order(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> values[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double[] ranks(double[] values) {
    int[] order = order(values);
    double[] ranks = new double[values.length];
    int from = 0;
    while (from < order.length) {
      int to = from;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + 1 + to) / 2.0;
      }
      from = to;
    }
    return ranks;
  }
}
