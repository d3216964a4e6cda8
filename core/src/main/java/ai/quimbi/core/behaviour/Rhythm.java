package ai.quimbi.core.behaviour;

import static ai.quimbi.core.behaviour.Feature.GAP_REGULARITY;
import static ai.quimbi.core.behaviour.Feature.GAP_TREND;
import static ai.quimbi.core.behaviour.Feature.MONTH_EVENNESS;
import static ai.quimbi.core.behaviour.Feature.SILENCE;
import static ai.quimbi.core.behaviour.Feature.TENURE_DAYS;
import static ai.quimbi.core.behaviour.Feature.VALUE_TREND;
import static ai.quimbi.core.behaviour.Feature.WEEKEND_SHARE;

import ai.quimbi.core.customer.PurchaseDay;
import java.time.LocalDate;
import java.util.List;

/// When a customer buys: tenure, weekdays, months, the evenness and the trend of gaps and values.
final class Rhythm {
  // What chance gives, and how many observations it weighs.
  private static final double WEEKEND_BY_CHANCE = 2.0 / 7;
  private static final double EVENNESS_BY_CHANCE = 0.85;
  private static final double REGULARITY_BY_CHANCE = 0.5;
  private static final double PRIOR = 2;
  // The usual gap of a customer seen on one day only.
  private static final double UNKNOWN_GAP_DAYS = 180;

  private Rhythm() {}

  static void write(List<PurchaseDay> days, int today, double[] row, int at) {
    int n = days.size();
    if (n == 0) {
      row[at + TENURE_DAYS] = 0;
      row[at + WEEKEND_SHARE] = WEEKEND_BY_CHANCE;
      row[at + MONTH_EVENNESS] = EVENNESS_BY_CHANCE;
      row[at + GAP_REGULARITY] = REGULARITY_BY_CHANCE;
      row[at + GAP_TREND] = 0;
      row[at + VALUE_TREND] = 0;
      row[at + SILENCE] = 0;
      return;
    }
    int first = days.getFirst().day();
    int last = days.getLast().day();
    row[at + TENURE_DAYS] = Math.max(0, (long) today - first);
    writeCalendar(days, row, at);

    double meanGap = n > 1 ? (double) (last - first) / (n - 1) : UNKNOWN_GAP_DAYS;
    double silence = Math.max(0, (long) today - last);
    row[at + SILENCE] = silence / (silence + meanGap);
    row[at + GAP_REGULARITY] = regularity(days, meanGap);
    // A trend needs two gaps in either half; below that there is none.
    double trust = (n - 1.0) / (n + 1.0);
    row[at + GAP_TREND] = n < 5 ? 0 : trust * gapTrend(days);
    row[at + VALUE_TREND] = n < 5 ? 0 : trust * valueTrend(days);
  }

  private static void writeCalendar(List<PurchaseDay> days, double[] row, int at) {
    int n = days.size();
    int[] months = new int[12];
    int weekend = 0;
    for (PurchaseDay day : days) {
      // Day 0 of the epoch was a Thursday; Monday is 0 here.
      weekend += Math.floorMod(day.day() + 3, 7) >= 5 ? 1 : 0;
      months[LocalDate.ofEpochDay(day.day()).getMonthValue() - 1]++;
    }
    double entropy = 0;
    for (int count : months) {
      if (count > 0 && count < n) {
        double p = (double) count / n;
        entropy -= p * StrictMath.log(p);
      }
    }
    double evenness = n > 1 ? entropy / StrictMath.log(Math.min(12, n)) : EVENNESS_BY_CHANCE;
    row[at + MONTH_EVENNESS] = (n * evenness + PRIOR * EVENNESS_BY_CHANCE) / (n + PRIOR);
    row[at + WEEKEND_SHARE] = (weekend + PRIOR * WEEKEND_BY_CHANCE) / (n + PRIOR);
  }

  private static double regularity(List<PurchaseDay> days, double meanGap) {
    int gaps = days.size() - 1;
    if (gaps < 2) {
      return REGULARITY_BY_CHANCE;
    }
    double squares = 0;
    for (int i = 1; i <= gaps; i++) {
      double off = days.get(i).day() - days.get(i - 1).day() - meanGap;
      squares += off * off;
    }
    double variance = squares / (gaps - 1);
    double regularity = meanGap * meanGap / (meanGap * meanGap + variance);
    double trust = (gaps - 1.0) / (gaps + 1.0);
    return REGULARITY_BY_CHANCE + trust * (regularity - REGULARITY_BY_CHANCE);
  }

  // The mean gaps of the earlier and the later half of the purchases; the day in the middle ends
  // the one and begins the other.
  private static double gapTrend(List<PurchaseDay> days) {
    int middle = days.size() / 2;
    double early = (double) (days.get(middle).day() - days.getFirst().day()) / middle;
    double late =
        (double) (days.getLast().day() - days.get(middle).day()) / (days.size() - 1 - middle);
    return (late - early) / (late + early);
  }

  private static double valueTrend(List<PurchaseDay> days) {
    int middle = days.size() / 2;
    double early = 0;
    double late = 0;
    for (int i = 0; i < days.size(); i++) {
      if (i < middle) {
        early += (double) days.get(i).netMinor() / middle;
      } else {
        late += (double) days.get(i).netMinor() / (days.size() - middle);
      }
    }
    double sum = late + early;
    return sum > 0 ? Math.clamp((late - early) / sum, -1.0, 1.0) : 0;
  }
}
