package ai.quimbi.core.copilot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Health over all 36 combinations of trend, tickets and renewal.
final class HealthTest {
  /// Computed by hand from CONTRACT.md, part B, and checked with Python's exact fractions and its
  /// `round`, which rounds half to even. Columns: trend, open tickets, days, score, risk, signals.
  private static final String GOLDEN =
      """
      up    0 181 100 low    usage_up,no_tickets,renewal_far
      up    0  60  94 low    usage_up,no_tickets
      up    0  59  86 low    usage_up,no_tickets,renewal_near
      up    1 181  93 low    usage_up,few_tickets,renewal_far
      up    1  60  87 low    usage_up,few_tickets
      up    1  59  79 low    usage_up,few_tickets,renewal_near
      up    3 181  82 low    usage_up,many_tickets,renewal_far
      up    3  60  76 low    usage_up,many_tickets
      up    3  59  68 medium usage_up,many_tickets,renewal_near
      up    6 181  72 medium usage_up,many_tickets,renewal_far
      up    6  60  66 medium usage_up,many_tickets
      up    6  59  58 medium usage_up,many_tickets,renewal_near
      flat  0 181  78 low    usage_flat,no_tickets,renewal_far
      flat  0  60  72 medium usage_flat,no_tickets
      flat  0  59  64 medium usage_flat,no_tickets,renewal_near
      flat  1 181  70 medium usage_flat,few_tickets,renewal_far
      flat  1  60  64 medium usage_flat,few_tickets
      flat  1  59  56 medium usage_flat,few_tickets,renewal_near
      flat  3 181  60 medium usage_flat,many_tickets,renewal_far
      flat  3  60  54 medium usage_flat,many_tickets
      flat  3  59  46 high   usage_flat,many_tickets,renewal_near
      flat  6 181  50 medium usage_flat,many_tickets,renewal_far
      flat  6  60  44 high   usage_flat,many_tickets
      flat  6  59  36 high   usage_flat,many_tickets,renewal_near
      down  0 181  55 medium usage_down,no_tickets,renewal_far
      down  0  60  49 high   usage_down,no_tickets
      down  0  59  41 high   usage_down,no_tickets,renewal_near
      down  1 181  48 high   usage_down,few_tickets,renewal_far
      down  1  60  42 high   usage_down,few_tickets
      down  1  59  34 high   usage_down,few_tickets,renewal_near
      down  3 181  38 high   usage_down,many_tickets,renewal_far
      down  3  60  32 high   usage_down,many_tickets
      down  3  59  24 high   usage_down,many_tickets,renewal_near
      down  6 181  27 high   usage_down,many_tickets,renewal_far
      down  6  60  21 high   usage_down,many_tickets
      down  6  59  13 high   usage_down,many_tickets,renewal_near
      """;

  private static Health health(Trend trend, int open, long days) {
    return Health.of(trend, open, days, HealthWeights.DEFAULT);
  }

  @Test
  void all_36_combinations_are_as_the_contract_says() {
    List<String> rows = GOLDEN.lines().toList();
    assertEquals(36, rows.size());
    for (String row : rows) {
      String[] cells = row.strip().split(" +", -1);
      Health health =
          health(
              Trend.valueOf(cells[0].toUpperCase(java.util.Locale.ROOT)),
              Integer.parseInt(cells[1]),
              Long.parseLong(cells[2]));
      assertEquals(Integer.parseInt(cells[3]), health.score(), row);
      assertEquals(cells[4], health.risk().label(), row);
      assertEquals(Arrays.asList(cells[5].split(",", -1)), health.signals(), row);
    }
  }

  @Test
  void the_steps_of_each_component_are_where_the_contract_has_them() {
    Map<Integer, Integer> tickets = Map.of(0, 100, 1, 80, 2, 80, 3, 50, 5, 50, 6, 20, 1000, 20);
    tickets.forEach(
        (open, score) ->
            assertEquals(score, health(Trend.UP, open, 90).components().get(1).score()));
    Map<Long, Integer> renewal = Map.of(0L, 30, 59L, 30, 60L, 70, 180L, 70, 181L, 100);
    renewal.forEach(
        (days, score) ->
            assertEquals(score, health(Trend.UP, 0, days).components().get(2).score()));
  }

  @Test
  void a_half_goes_to_the_even_number() {
    // 0.45*50 + 0.35*100 + 0.20*100 = 77.5 and 0.45*50 + 0.35*80 + 0.20*100 = 70.5
    assertEquals(78, health(Trend.FLAT, 0, 200).score());
    assertEquals(70, health(Trend.FLAT, 1, 200).score());
  }

  @Test
  void other_weights_are_versions_and_must_add_up() {
    HealthWeights usageOnly = new HealthWeights(2, 10_000, 0, 0);

    assertEquals(100, Health.of(Trend.UP, 50, 0L, usageOnly).score());
    assertEquals(0, Health.of(Trend.DOWN, 0, 400L, usageOnly).score());
    assertEquals(4_500, HealthWeights.tenThousandths(new BigDecimal("0.45")));
    assertThrows(IllegalArgumentException.class, () -> new HealthWeights(2, 5_000, 4_000, 0));
    assertThrows(IllegalArgumentException.class, () -> new HealthWeights(2, 11_000, -1_000, 0));
    assertThrows(
        ArithmeticException.class, () -> HealthWeights.tenThousandths(new BigDecimal("0.33333")));
  }
}
