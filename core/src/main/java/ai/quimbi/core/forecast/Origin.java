package ai.quimbi.core.forecast;

import java.util.List;
import java.util.stream.IntStream;

/// A past day from which the future is forecast as if it were unknown, and what then happened:
/// every customer first seen by then, in columns.
final class Origin {
  private static final int BLOCK = 500;

  final int day;
  final int horizon;
  final List<Panel.History> histories;
  final Traits[] traits;
  final int[] x;
  final double[] recency;
  final double[] age;
  final double[] orders;
  final double[] spend;
  final PaidValues paid;

  private Origin(int day, int horizon, List<Panel.History> histories) {
    this.day = day;
    this.horizon = horizon;
    this.histories = histories;
    int n = histories.size();
    traits = new Traits[n];
    x = new int[n];
    recency = new double[n];
    age = new double[n];
    orders = new double[n];
    spend = new double[n];
    paid = PaidValues.ofCustomers(n);
    Blocks.each(n, BLOCK, this::read);
  }

  private void read(int from, int to) {
    for (int i = from; i < to; i++) {
      Panel.History history = histories.get(i);
      traits[i] = history.at(day, horizon);
      Summary s = traits[i].summary();
      x[i] = s.frequency();
      recency[i] = s.recency();
      age[i] = s.age();
      orders[i] = history.ordersWithin(day, day + horizon);
      spend[i] = history.spendWithin(day, day + horizon);
      for (int k = 0; k < s.purchases(); k++) {
        if (history.net[k] > 0) {
          paid.add(i, history.net[k]);
        }
      }
    }
  }

  static Origin of(Panel panel, int day, int horizon) {
    return new Origin(day, horizon, panel.knownBy(day));
  }

  /// The same with every k-th customer, so that at most `limit` remain.
  static Origin sampled(Panel panel, int day, int horizon, int limit) {
    List<Panel.History> known = panel.knownBy(day);
    int stride = (known.size() + limit - 1) / Math.max(1, limit);
    if (stride <= 1) {
      return new Origin(day, horizon, known);
    }
    return new Origin(
        day,
        horizon,
        IntStream.range(0, known.size() / stride).mapToObj(i -> known.get(i * stride)).toList());
  }

  int size() {
    return x.length;
  }

  long repeaters() {
    long repeaters = 0;
    for (int count : x) {
      repeaters += count > 0 ? 1 : 0;
    }
    return repeaters;
  }

  boolean[] bought() {
    boolean[] bought = new boolean[orders.length];
    for (int i = 0; i < bought.length; i++) {
      bought[i] = orders[i] > 0;
    }
    return bought;
  }

  /// The predictive log-density of what was seen in the horizon, under a model that knew only what
  /// came before: the longer history's likelihood over the shorter one's.
  double logScore(PurchaseModel model) {
    double[] scores = new double[size()];
    Blocks.each(
        scores.length,
        BLOCK,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int later = x[i] + (int) orders[i];
            Panel.History h = histories.get(i);
            double last = later == 0 ? 0 : h.days[later] - h.days[0];
            scores[i] =
                model.logLikelihood(later, last, age[i] + horizon)
                    - model.logLikelihood(x[i], recency[i], age[i]);
          }
        });
    double sum = 0;
    for (double score : scores) {
      sum += score;
    }
    return sum;
  }
}
