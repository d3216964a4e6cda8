package ai.quimbi.core.copilot;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Usage over a period: the mean of its days, the means of up to four equal, consecutive parts
/// (oldest first), and where they lead.
public record Usage(Trend trend, long avgDailyUsers, List<Long> sparkline) implements ToolResult {
  private static final int PARTS = 4;

  public Usage {
    sparkline = List.copyOf(sparkline);
  }

  /// Of the `periodDays` that end with the latest day told. A day nobody told counts as unknown,
  /// not as empty. Nothing can be said of fewer than two days.
  public static Optional<Usage> of(List<UsageDay> days, int periodDays) {
    List<UsageDay> sorted = days.stream().sorted(Comparator.comparingInt(UsageDay::day)).toList();
    if (sorted.isEmpty()) {
      return Optional.empty();
    }
    int first = sorted.getLast().day() - periodDays + 1;
    List<UsageDay> period = sorted.stream().filter(day -> day.day() >= first).toList();
    if (period.size() < 2) {
      return Optional.empty();
    }
    List<Long> sparkline = new ArrayList<>();
    int parts = Math.min(PARTS, period.size());
    for (int i = 0; i < parts; i++) {
      int from = i * period.size() / parts;
      int to = (i + 1) * period.size() / parts;
      sparkline.add(Math.round(mean(period.subList(from, to))));
    }
    return Optional.of(new Usage(trend(sparkline), Math.round(mean(period)), sparkline));
  }

  /// From the least-squares slope against `max(0.1, 0.001 x mean)` a step.
  static Trend trend(List<Long> sparkline) {
    int n = sparkline.size();
    double meanX = (n - 1) / 2.0;
    double meanY = sparkline.stream().mapToLong(Long::longValue).average().orElse(0);
    double sxy = 0;
    double sxx = 0;
    for (int x = 0; x < n; x++) {
      sxy += (x - meanX) * (sparkline.get(x) - meanY);
      sxx += (x - meanX) * (x - meanX);
    }
    double slope = sxx == 0 ? 0 : sxy / sxx;
    double noticeable = Math.max(0.1, 0.001 * meanY);
    if (slope > noticeable) {
      return Trend.UP;
    }
    return slope < -noticeable ? Trend.DOWN : Trend.FLAT;
  }

  private static double mean(List<UsageDay> days) {
    return days.stream().mapToLong(UsageDay::activeUsers).average().orElseThrow();
  }
}
