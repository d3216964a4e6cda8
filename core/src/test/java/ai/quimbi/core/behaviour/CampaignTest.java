package ai.quimbi.core.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.behaviour.Campaign.Candidate;
import ai.quimbi.core.behaviour.Campaign.Goal;
import ai.quimbi.core.behaviour.Campaign.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CampaignTest {
  private static final Candidate SAFE = new Candidate("safe", 0.05, 900, 800);
  private static final Candidate TORN = new Candidate("torn", 0.50, 400, 700);
  private static final Candidate POOR = new Candidate("poor", 0.50, 10, 15);
  private static final Candidate GONE = new Candidate("gone", 0.97, 20, 1_200);
  private static final Candidate NEVER = new Candidate("never", 0.60, 0, 0);
  private static final List<Candidate> ALL = List.of(SAFE, TORN, POOR, GONE, NEVER);

  private static List<String> ids(Goal goal) {
    return Campaign.rank(goal, goal.usualEffect(), ALL, 10).stream()
        .map(target -> target.candidate().customerId())
        .toList();
  }

  @Test
  void each_goal_addresses_its_own_customers_by_worth() {
    assertEquals(List.of("torn", "poor"), ids(Goal.RETENTION));
    assertEquals(List.of("safe", "torn", "poor"), ids(Goal.GROWTH));
    assertEquals(List.of("gone"), ids(Goal.WIN_BACK));
  }

  @Test
  void the_worth_is_the_documented_formula_and_the_reason_tells_its_numbers() {
    Target torn = Campaign.rank(Goal.RETENTION, 0.15, ALL, 1).getFirst();

    assertEquals(0.15 * 0.5 * 400 / 0.5, torn.expectedValue(), 1e-9);
    assertEquals("50% risk of leaving, with 400.00 expected in a year", torn.reason());
  }

  @Test
  void ties_go_by_id_and_impossible_numbers_are_refused() {
    List<Candidate> twins = List.of(new Candidate("b", 0.3, 9, 9), new Candidate("a", 0.3, 9, 9));

    assertEquals(
        "a", Campaign.rank(Goal.GROWTH, 0.1, twins, 1).getFirst().candidate().customerId());
    assertThrows(IllegalArgumentException.class, () -> new Candidate("x", Double.NaN, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> Campaign.rank(Goal.GROWTH, 0, twins, 1));
    assertEquals(Optional.of(Goal.WIN_BACK), Goal.ofLabel("win_back"));
    assertEquals(Optional.empty(), Goal.ofLabel("revenue"));
  }

  @Test
  void migration_counts_moves_arrivals_and_leavers() {
    Migration migration =
        Migration.between(
            Map.of("a", "arch_whale", "b", "arch_premium", "c", "arch_premium", "d", "arch_whale"),
            Map.of("a", "arch_whale", "b", "arch_whale", "c", "arch_whale", "e", "arch_premium"));

    assertEquals(
        List.of(
            new Migration.Move("arch_premium", "arch_whale", 2),
            new Migration.Move("arch_whale", "arch_whale", 1)),
        migration.moves());
    assertEquals(1, migration.arrived());
    assertEquals(1, migration.left());
    assertTrue(Migration.between(Map.of(), Map.of()).moves().isEmpty());
  }
}
