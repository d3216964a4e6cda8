package ai.quimbi.core.forecast;

import java.util.stream.IntStream;

/// The H of churn: the 90th percentile of the days between a tenant's purchases, within 30 to 365.
/// Whoever stays away longer than nine of ten gaps ever lasted has, for this tenant, gone quiet.
final class Horizon {
  private static final int SHORTEST = 30;
  private static final int LONGEST = 365;
  private static final int FEW = 20;
  static final int SHIPPED_DAYS = 120;

  private Horizon() {}

  static int of(Origin now) {
    int[] sorted =
        now.histories.stream()
            .flatMapToInt(
                h -> IntStream.range(1, h.upTo(now.day)).map(i -> h.days[i] - h.days[i - 1]))
            .sorted()
            .toArray();
    if (sorted.length < FEW) {
      return SHIPPED_DAYS;
    }
    int at = (int) Math.ceil(0.9 * sorted.length) - 1;
    return Math.clamp(sorted[at], SHORTEST, LONGEST);
  }
}
