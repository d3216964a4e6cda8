package ai.quimbi.core.forecast;

import java.util.Arrays;

/// When a customer buys, beyond what (x, t_x, T) tell: the gaps between purchases and where the
/// present silence stands among them. Gaps are days, 0 where there is none; `outlasted` is the
/// share of gaps that were shorter than the silence, `returning` the share, among the gaps longer
/// than it, that ended within another horizon (both drawn towards ½, and ½ where there is no gap);
/// then the purchases of the last 30, 91 and 182 days, and those a year ago in what is now to come.
public record Rhythm(
    double medianGap,
    double lastGap,
    double longestGap,
    double outlasted,
    double returning,
    int last30,
    int last91,
    int last182,
    int yearAgo) {
  private static final int YEAR = Traits.YEAR;
  static final Rhythm NONE = new Rhythm(0, 0, 0, 0.5, 0.5, 0, 0, 0, 0);

  /// Of the first `n` purchase days as seen on `day`. Scoring a whole shop spends much of its time
  /// here: what is as often true as not is counted without branches.
  static Rhythm of(Panel.History history, int n, int day, int horizonDays) {
    int[] days = history.days;
    int[] gaps = new int[n - 1];
    int silence = day - days[n - 1];
    int shorter = 0;
    int longer = 0;
    int unended = 0;
    for (int i = 0; i < gaps.length; i++) {
      int gap = days[i + 1] - days[i];
      gaps[i] = gap;
      shorter += isBelow(gap, silence);
      longer += isBelow(silence, gap);
      unended += isBelow(silence + horizonDays, gap);
    }
    int last30 = 0;
    int last91 = 0;
    int last182 = 0;
    int yearAgo = 0;
    for (int i = 0; i < n; i++) {
      int ago = day - days[i];
      last30 += isBelow(ago, 30);
      last91 += isBelow(ago, 91);
      last182 += isBelow(ago, 182);
      yearAgo += isBelow(ago, YEAR) - isBelow(ago, YEAR - Math.min(YEAR, horizonDays));
    }
    int last = gaps.length == 0 ? 0 : gaps[gaps.length - 1];
    Arrays.sort(gaps);
    return new Rhythm(
        median(gaps),
        last,
        gaps.length == 0 ? 0 : gaps[gaps.length - 1],
        (shorter + 0.5) / (gaps.length + 1),
        (longer - unended + 0.5) / (longer + 1),
        last30,
        last91,
        last182,
        yearAgo);
  }

  // 1 where a < b, else 0; of days, whose differences do not overflow.
  private static int isBelow(int a, int b) {
    return (a - b) >>> 31;
  }

  // Of gaps in ascending order.
  private static double median(int[] gaps) {
    int n = gaps.length;
    return n == 0 ? 0 : (gaps[(n - 1) / 2] + gaps[n / 2]) / 2.0;
  }
}
