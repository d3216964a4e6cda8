package ai.quimbi.core.behaviour;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which days of a customer's history are kept: every day for a week, one a week for 60 days, one a
/// month for a year, one a quarter for ever.
///
/// Of a period the last day is kept. As the last day of a month need not end a week, it is kept
/// beside the weeks' days as well: so pruning every day and pruning once leave the same days.
public final class SnapshotRetention {
  private static final int DAILY = 7;
  private static final int WEEKLY = 60;
  private static final int MONTHLY = 365;

  private SnapshotRetention() {}

  /// The days (epoch days) among `days` to keep on `today`; the others may go.
  public static SortedSet<Integer> kept(Collection<Integer> days, int today) {
    Set<Integer> endOfWeek = lastOf(Period.WEEK, days);
    Set<Integer> endOfMonth = lastOf(Period.MONTH, days);
    Set<Integer> endOfQuarter = lastOf(Period.QUARTER, days);
    SortedSet<Integer> kept = new TreeSet<>();
    for (int day : days) {
      int age = today - day;
      boolean endsWeek = endOfWeek.contains(day);
      boolean endsMonth = endOfMonth.contains(day);
      boolean endsQuarter = endOfQuarter.contains(day);
      if (age <= DAILY
          || (age <= WEEKLY && (endsWeek || endsMonth))
          || (age <= MONTHLY && endsMonth)
          || endsQuarter) {
        kept.add(day);
      }
    }
    return kept;
  }

  private static Set<Integer> lastOf(Period period, Collection<Integer> days) {
    Map<String, Integer> last = new HashMap<>();
    for (int day : days) {
      last.merge(period.of(day), day, Math::max);
    }
    return new HashSet<>(last.values());
  }

  private enum Period {
    WEEK,
    MONTH,
    QUARTER;

    String of(int day) {
      LocalDate date = LocalDate.ofEpochDay(day);
      return switch (this) {
        // Day 0 of the epoch was a Thursday: weeks begin on Monday.
        case WEEK -> "w" + Math.floorDiv(day + 3, 7);
        case MONTH -> "m" + date.getYear() + "-" + date.getMonthValue();
        case QUARTER -> "q" + date.getYear() + "-" + date.get(IsoFields.QUARTER_OF_YEAR);
      };
    }
  }
}
