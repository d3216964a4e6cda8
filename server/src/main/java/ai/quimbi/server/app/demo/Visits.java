package ai.quimbi.server.app.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// When a customer buys: on the first day, then by a Poisson process of the customer's own rate,
/// thinned by season and habit, until lost or today; regular customers keep even distances instead.
final class Visits {
  private Visits() {}

  /// Minutes since 1970 on the company's wall clock, ascending, all before `today`.
  static List<Long> minutes(Truth truth, double seasonality, LocalDate today, Chance chance) {
    List<Long> minutes = new ArrayList<>();
    double end = Math.min(truth.aliveUntil() + 1.0, (double) today.toEpochDay());
    double gap = 365 / truth.ordersPerYear();
    boolean isRegular = truth.cadence() == Cadence.REGULAR;
    minutes.add(minute(truth.firstDay(), chance));
    double at = truth.firstDay() + 1;
    while (true) {
      at += isRegular ? chance.gamma(5, gap) : chance.exponential(gap / Seasons.HEAVIEST);
      if (at >= end) {
        return minutes;
      }
      LocalDate day = LocalDate.ofEpochDay((long) at);
      double weight =
          Seasons.weight(day, seasonality, truth.priceSensitivity()) * truth.cadence().weight(day);
      if (isRegular || chance.with(weight / Seasons.HEAVIEST)) {
        // Never back in time within a day: two visits on it keep their order.
        minutes.add(Math.max(minute((long) at, chance), minutes.getLast() + 1));
      }
    }
  }

  /// Between eight in the morning and ten at night, mostly in the evening.
  private static long minute(long day, Chance chance) {
    double hour = 8 + 14 * StrictMath.sqrt(chance.next() * chance.between(0.4, 1));
    return day * 1440 + (long) (hour * 60);
  }
}
