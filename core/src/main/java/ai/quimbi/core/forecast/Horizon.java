package ai.quimbi.core.forecast;

import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.customer.PurchaseDay;
import java.util.Arrays;
import java.util.List;

/// The H of churn: the 90th percentile of the days between a tenant's purchases, within 30 to 365.
/// Whoever stays away longer than nine of ten gaps ever lasted has, for this tenant, gone quiet.
final class Horizon {
  private static final int SHORTEST = 30;
  private static final int LONGEST = 365;
  private static final int FEW = 20;
  static final int SHIPPED_DAYS = 120;

  private Horizon() {}

  static void addGaps(Profile profile, int today, List<Integer> gaps) {
    int last = Integer.MIN_VALUE;
    for (PurchaseDay day : profile.purchaseDays()) {
      if (day.day() > today || day.orders() <= 0) {
        continue;
      }
      if (last != Integer.MIN_VALUE) {
        gaps.add(day.day() - last);
      }
      last = day.day();
    }
  }

  static int ofGaps(List<Integer> gaps) {
    if (gaps.size() < FEW) {
      return SHIPPED_DAYS;
    }
    int[] sorted = gaps.stream().mapToInt(Integer::intValue).toArray();
    Arrays.sort(sorted);
    int at = (int) Math.ceil(0.9 * sorted.length) - 1;
    return Math.clamp(sorted[at], SHORTEST, LONGEST);
  }
}
