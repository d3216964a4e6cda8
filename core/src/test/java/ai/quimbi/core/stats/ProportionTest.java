package ai.quimbi.core.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProportionTest {
  /// Newcombe (1998), table I, method 3: the intervals for 81/263, 15/148, 0/20 and 1/29.
  @Test
  void intervals_are_newcombes() {
    int[][] cases = {{81, 263}, {15, 148}, {0, 20}, {1, 29}};
    double[][] intervals = {{0.2553, 0.3662}, {0.0624, 0.1605}, {0.0000, 0.1611}, {0.0061, 0.1718}};
    for (int i = 0; i < cases.length; i++) {
      Proportion told = Proportion.of(cases[i][0], cases[i][1]);
      assertEquals(intervals[i][0], told.lower(), 0.00005);
      assertEquals(intervals[i][1], told.upper(), 0.00005);
    }
  }

  @Test
  void the_share_lies_in_its_interval_and_more_cases_narrow_it() {
    for (int n = 1; n < 200; n++) {
      for (int k = 0; k <= n; k++) {
        Proportion few = Proportion.of(k, n);
        Proportion many = Proportion.of(10 * k, 10 * n);
        assertTrue(few.lower() <= few.share() + 1e-12 && few.share() <= few.upper() + 1e-12);
        assertTrue(many.upper() - many.lower() < few.upper() - few.lower());
      }
    }
    assertThrows(IllegalArgumentException.class, () -> Proportion.of(0, 0));
    assertThrows(IllegalArgumentException.class, () -> Proportion.of(2, 1));
  }
}
