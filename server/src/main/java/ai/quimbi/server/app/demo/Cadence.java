package ai.quimbi.server.app.demo;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;

/// When a customer likes to buy.
public enum Cadence {
  /// At even distances.
  REGULAR,
  WEEKDAY,
  WEEKEND,
  /// Before the winter holidays.
  SEASONAL,
  YEAR_ROUND;

  /// How much likelier than on an average day a purchase is; about 1 over a year.
  double weight(LocalDate day) {
    boolean isWeekend = day.getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue();
    return switch (this) {
      case REGULAR, YEAR_ROUND -> 1;
      case WEEKDAY -> isWeekend ? 0.15 : 1.34;
      case WEEKEND -> isWeekend ? 2.8 : 0.28;
      case SEASONAL -> day.getMonthValue() >= Month.OCTOBER.getValue() ? 2.9 : 0.36;
    };
  }
}
