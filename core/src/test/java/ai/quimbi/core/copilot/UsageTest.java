package ai.quimbi.core.copilot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Usage over a period: mean, four parts, trend.
final class UsageTest {
  private static List<UsageDay> days(long... users) {
    return IntStream.range(0, users.length)
        .mapToObj(i -> new UsageDay(20_000 + i, users[i]))
        .toList();
  }

  private static Usage usage(int period, long... users) {
    return Usage.of(days(users), period).orElseThrow();
  }

  @Test
  void the_documents_example_comes_out_of_days_that_add_up_to_it() {
    Usage usage = usage(30, 76, 78, 80, 82, 84, 86, 88, 90);

    assertEquals(new Usage(Trend.UP, 83, List.of(77L, 81L, 85L, 89L)), usage);
  }

  @Test
  void the_period_counts_back_from_the_latest_day_with_data() {
    List<UsageDay> days =
        List.of(new UsageDay(100, 900), new UsageDay(110, 10), new UsageDay(139, 20));

    assertEquals(new Usage(Trend.UP, 15, List.of(10L, 20L)), Usage.of(days, 30).orElseThrow());
    assertEquals(
        new Usage(Trend.DOWN, 310, List.of(900L, 10L, 20L)), Usage.of(days, 40).orElseThrow());
  }

  @Test
  void fewer_than_two_days_in_the_period_say_nothing() {
    assertTrue(Usage.of(List.of(), 30).isEmpty());
    assertTrue(Usage.of(days(5), 30).isEmpty());
    assertTrue(Usage.of(days(5, 6), 1).isEmpty());
    assertTrue(Usage.of(List.of(new UsageDay(1, 5), new UsageDay(50, 6)), 30).isEmpty());
  }

  @Test
  void parts_are_equal_and_consecutive_and_at_most_four() {
    assertEquals(List.of(1L, 2L), usage(30, 1, 2).sparkline());
    assertEquals(List.of(1L, 2L, 3L), usage(30, 1, 2, 3).sparkline());
    // Five days in four parts: 1 | 2 | 3 | 4, 5
    assertEquals(List.of(10L, 20L, 30L, 45L), usage(30, 10, 20, 30, 40, 50).sparkline());
  }

  @Test
  void a_slope_must_exceed_a_tenth_of_a_user_and_a_thousandth_of_the_mean() {
    assertEquals(Trend.FLAT, Usage.trend(List.of(50L, 50L, 50L, 50L)));
    // Slope 0.1 per step, exactly at the bound; 0.3 is above it.
    assertEquals(Trend.FLAT, Usage.trend(List.of(0L, 0L, 0L, 0L, 0L)));
    assertEquals(Trend.UP, Usage.trend(List.of(10L, 10L, 10L, 11L)));
    assertEquals(Trend.DOWN, Usage.trend(List.of(11L, 10L, 10L, 10L)));
    // Mean 1000: 0.3 a step is less than a thousandth of it.
    assertEquals(Trend.FLAT, Usage.trend(List.of(1000L, 1000L, 1000L, 1001L)));
    assertEquals(Trend.UP, Usage.trend(List.of(1000L, 1002L, 1004L, 1006L)));
  }

  @Test
  void order_does_not_matter_and_time_reversed_turns_the_trend() {
    Random random = new Random(60);
    for (int i = 0; i < 200; i++) {
      long[] users = LongStream.generate(() -> random.nextInt(500)).limit(2 + i % 40).toArray();
      List<UsageDay> days = new ArrayList<>(days(users));
      Usage usage = Usage.of(days, 365).orElseThrow();
      Collections.shuffle(days, random);
      assertEquals(usage, Usage.of(days, 365).orElseThrow());

      long low = LongStream.of(users).min().orElseThrow();
      long high = LongStream.of(users).max().orElseThrow();
      assertTrue(usage.avgDailyUsers() >= low && usage.avgDailyUsers() <= high);
      Trend backwards = Usage.trend(usage.sparkline().reversed());
      assertEquals(
          usage.trend() == Trend.FLAT, backwards == Trend.FLAT, usage.sparkline().toString());
      assertTrue(usage.trend() == Trend.FLAT || usage.trend() != backwards);
    }
  }
}
