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

  /// Of the first `n` purchase days as seen on `day`.
  static Rhythm of(Panel.History history, int n, int day, int horizonDays) {
    int[] days = history.days;
    int[] gaps = new int[n - 1];
    int silence = day - days[n - 1];
    int shorter = 0;
    int longer = 0;
    int ended = 0;
    for (int i = 0; i < gaps.length; i++) {
      int gap = days[i + 1] - days[i];
      gaps[i] = gap;
      shorter += gap < silence ? 1 : 0;
      longer += gap > silence ? 1 : 0;
      ended += gap > silence && gap <= silence + horizonDays ? 1 : 0;
    }
    int[] since = {0, 0, 0, 0};
    for (int i = 0; i < n; i++) {
      int ago = day - days[i];
      since[0] += ago < 30 ? 1 : 0;
      since[1] += ago < 91 ? 1 : 0;
      since[2] += ago < 182 ? 1 : 0;
      since[3] += ago < YEAR && ago >= YEAR - Math.min(YEAR, horizonDays) ? 1 : 0;
    }
    double last = gaps.length == 0 ? 0 : gaps[gaps.length - 1];
    Arrays.sort(gaps);
    return new Rhythm(
        median(gaps),
        last,
        gaps.length == 0 ? 0 : gaps[gaps.length - 1],
        (shorter + 0.5) / (gaps.length + 1),
        (ended + 0.5) / (longer + 1),
        since[0],
        since[1],
        since[2],
        since[3]);
  }

  // Of gaps in ascending order.
  private static double median(int[] gaps) {
    int n = gaps.length;
    return n == 0 ? 0 : (gaps[(n - 1) / 2] + gaps[n / 2]) / 2.0;
  }
}
