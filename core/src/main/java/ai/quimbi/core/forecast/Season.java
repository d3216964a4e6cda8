package ai.quimbi.core.forecast;

import ai.quimbi.core.stats.Link;
import ai.quimbi.core.stats.Ridge;
import java.util.Arrays;
import java.util.Optional;

/// The yearly wave in how a purchase model erred about past periods of one length, begun a month
/// apart, of customers as they were known when each began. One wave a year beside a level and a
/// trend, so that a shop that grows or shrinks is not taken for one with seasons; all three are
/// logarithms of a factor, under weak priors around nothing.
///
/// `told` is the logarithm of the factor on the period after the origin, level and wave together;
/// `evidence` is by how much the wave makes what happened likelier, in natural logarithms.
record Season(double told, double evidence) {
  private static final int MONTH = 30;
  private static final int MOST_PERIODS = 24;
  private static final int MOST_CUSTOMERS = 1_000;
  private static final int FEWEST_KNOWN = 20;
  private static final double YEAR = 365.25;

  // Two waves in three stay below a half, two levels (and rises within a year) below 0.3.
  private static final double WAVE_PENALTY = 4;
  private static final double LEVEL_PENALTY = 11;
  private static final double NO_WAVE = 1e12;

  // Twenty to one; a wave costs two parameters, and shops with none have shown below two to one.
  private static final double ENOUGH = 3;

  /// What is counted in a period: purchases, or customers who buy.
  interface Count {
    double expected(PurchaseModel model, int x, double recency, double age, int horizon);

    double actual(int orders);
  }

  static final Count ORDERS =
      new Count() {
        @Override
        public double expected(PurchaseModel m, int x, double recency, double age, int horizon) {
          return m.expected(x, recency, age, horizon);
        }

        @Override
        public double actual(int orders) {
          return orders;
        }
      };

  static final Count BUYERS =
      new Count() {
        @Override
        public double expected(PurchaseModel m, int x, double recency, double age, int horizon) {
          return 1 - m.pNone(x, recency, age, horizon);
        }

        @Override
        public double actual(int orders) {
          return Math.min(1, orders);
        }
      };

  boolean isSure() {
    return evidence >= ENOUGH;
  }

  /// From what the customers known at an origin did before it; empty with less than a year of it.
  static Optional<Season> of(PurchaseModel model, Origin origin, Count count) {
    int horizon = origin.horizon;
    double[][] rows = new double[MOST_PERIODS][];
    double[] offset = new double[MOST_PERIODS];
    double[] target = new double[MOST_PERIODS];
    int n = 0;
    for (; n < MOST_PERIODS; n++) {
      int begin = origin.day - horizon - n * MONTH;
      Period period = Period.of(model, origin, begin, count);
      if (period.known < FEWEST_KNOWN) {
        break;
      }
      double worth = worth(period.expected, horizon);
      rows[n] = row(begin, horizon, origin.day);
      offset[n] = Math.log(worth * (period.expected + 0.5));
      target[n] = worth * (period.actual + 0.5);
    }
    return (n - 1) * MONTH + horizon < Traits.YEAR
        ? Optional.empty()
        : Optional.of(
            fitted(
                row(origin.day, horizon, origin.day),
                Arrays.copyOf(rows, n),
                Arrays.copyOf(offset, n),
                Arrays.copyOf(target, n)));
  }

  // What an expected purchase is worth as evidence: purchases scatter more than Poisson's, every
  // period has weather of its own, and periods a month apart see the same days several times.
  private static double worth(double expected, int horizon) {
    double weather = Levels.PERIOD_VARIANCE * expected;
    return Math.min(1, (double) MONTH / horizon) / (Levels.OVERDISPERSION + weather);
  }

  private static Season fitted(double[] now, double[][] rows, double[] offset, double[] target) {
    double[] penalty = {LEVEL_PENALTY, LEVEL_PENALTY, WAVE_PENALTY, WAVE_PENALTY};
    double[] flat = {LEVEL_PENALTY, LEVEL_PENALTY, NO_WAVE, NO_WAVE};
    double[] wave = Ridge.fit(rows, offset, target, Link.POISSON, penalty);
    double[] none = Ridge.fit(rows, offset, target, Link.POISSON, flat);
    return new Season(
        wave[0] + wave[2] * now[2] + wave[3] * now[3],
        Ridge.loss(rows, offset, target, Link.POISSON, flat, none)
            - Ridge.loss(rows, offset, target, Link.POISSON, penalty, wave));
  }

  // Level, trend, and the wave's mean over the days after `begin`.
  private static double[] row(int begin, int horizon, int now) {
    double sine = 0;
    double cosine = 0;
    for (int d = 1; d <= horizon; d++) {
      double angle = 2 * Math.PI * (begin + d) / YEAR;
      sine += StrictMath.sin(angle) / horizon;
      cosine += StrictMath.cos(angle) / horizon;
    }
    return new double[] {1, (begin + horizon - now) / YEAR, sine, cosine};
  }

  private record Period(int known, double expected, double actual) {
    static Period of(PurchaseModel model, Origin origin, int begin, Count count) {
      int stride = Math.max(1, (origin.size() + MOST_CUSTOMERS - 1) / MOST_CUSTOMERS);
      int known = 0;
      double expected = 0;
      double actual = 0;
      for (int i = 0; i < origin.size(); i += stride) {
        Panel.History h = origin.histories.get(i);
        int n = h.upTo(begin);
        if (n > 0) {
          known++;
          double last = h.days[n - 1] - h.days[0];
          expected += count.expected(model, n - 1, last, begin - h.days[0], origin.horizon);
          actual += count.actual(h.ordersWithin(begin, begin + origin.horizon));
        }
      }
      return new Period(known, expected, actual);
    }
  }
}
