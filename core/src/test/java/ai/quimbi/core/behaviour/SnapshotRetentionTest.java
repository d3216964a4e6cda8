package ai.quimbi.core.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SnapshotRetentionTest {
  private static final int TODAY = PlantedWorld.TODAY;

  private static List<Integer> everyDay(int back) {
    return IntStream.rangeClosed(TODAY - back, TODAY).boxed().toList();
  }

  @Test
  void a_week_is_kept_daily_two_months_weekly_a_year_monthly_the_rest_quarterly() {
    SortedSet<Integer> kept = SnapshotRetention.kept(everyDay(3 * 365), TODAY);

    assertEquals(8, kept.tailSet(TODAY - 7).size());
    assertTrue(kept.subSet(TODAY - 60, TODAY - 7).size() <= 8 + 2);
    assertTrue(kept.subSet(TODAY - 60, TODAY - 7).size() >= 7);
    assertTrue(kept.subSet(TODAY - 365, TODAY - 60).size() <= 11);
    assertTrue(kept.subSet(TODAY - 365, TODAY - 60).size() >= 9);
    int old = kept.headSet(TODAY - 365).size();
    assertTrue(old >= 7 && old <= 9, "quarters " + old);
  }

  @Test
  void pruning_every_day_and_pruning_once_leave_the_same_days() {
    Random random = new Random(2);
    SortedSet<Integer> all = new TreeSet<>();
    SortedSet<Integer> pruned = new TreeSet<>();
    for (int day = TODAY - 900; day <= TODAY; day++) {
      if (random.nextInt(3) > 0) {
        all.add(day);
        pruned.add(day);
      }
      pruned = SnapshotRetention.kept(pruned, day);
    }

    assertEquals(SnapshotRetention.kept(all, TODAY), pruned);
  }
}
