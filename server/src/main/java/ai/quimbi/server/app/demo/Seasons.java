package ai.quimbi.server.app.demo;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;

/// A shop's year and week: a quiet summer, a busy autumn, sales, Saturdays.
final class Seasons {
  /// No day weighs more.
  static final double HEAVIEST = 8;

  private static final double[] BY_MONTH = {
    0.95, 0.90, 0.95, 0.92, 0.85, 0.78, 0.76, 0.88, 1.08, 1.25, 1.45, 1.23
  };
  private static final double[] BY_WEEKDAY = {0.92, 0.87, 0.90, 0.95, 1.00, 1.22, 1.14};

  private Seasons() {}

  /// How much likelier than on an average day somebody buys who looks for reductions with
  /// probability `priceSensitivity`. `strength` bends the year: 0 is none, 1 this one.
  static double weight(LocalDate day, double strength, double priceSensitivity) {
    double month = StrictMath.pow(BY_MONTH[day.getMonthValue() - 1], strength);
    double sale = isSale(day) ? 1.2 + 2 * priceSensitivity : 1;
    double closed = day.getMonth() == Month.DECEMBER && day.getDayOfMonth() == 25 ? 0.1 : 1;
    return month * BY_WEEKDAY[day.getDayOfWeek().getValue() - 1] * sale * closed;
  }

  /// The clearance in January, the sewing week in September, and the weekend after Thanksgiving.
  static boolean isSale(LocalDate day) {
    return switch (day.getMonth()) {
      case JANUARY -> day.getDayOfMonth() >= 2 && day.getDayOfMonth() <= 12;
      case SEPTEMBER -> day.getDayOfMonth() >= 10 && day.getDayOfMonth() <= 17;
      case NOVEMBER, DECEMBER -> {
        LocalDate thanksgiving =
            LocalDate.of(day.getYear(), Month.NOVEMBER, 1)
                .with(TemporalAdjusters.dayOfWeekInMonth(4, DayOfWeek.THURSDAY));
        yield day.isAfter(thanksgiving) && day.isBefore(thanksgiving.plusDays(5));
      }
      case FEBRUARY, MARCH, APRIL, MAY, JUNE, JULY, AUGUST, OCTOBER -> false;
    };
  }
}
