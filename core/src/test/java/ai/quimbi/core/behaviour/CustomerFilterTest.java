package ai.quimbi.core.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.behaviour.CustomerFilter.Measure;
import ai.quimbi.core.behaviour.CustomerFilter.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CustomerFilterTest {
  private static Reading read(Map<String, String> query) {
    return CustomerFilter.read(query, Set.of("limit", "cursor")::contains);
  }

  private static CustomerFilter filter(Map<String, String> query) {
    return assertInstanceOf(Reading.Read.class, read(query)).filter();
  }

  private static String mistake(String name, String value) {
    Reading.Wrong wrong = assertInstanceOf(Reading.Wrong.class, read(Map.of(name, value)));
    assertEquals(name, wrong.mistakes().getFirst().parameter());
    return wrong.mistakes().getFirst().message();
  }

  @Test
  void the_documented_query_is_understood() {
    CustomerFilter filter =
        filter(
            Map.of(
                "segment.purchase_value", "whale,premium",
                "churn_risk_min", "0.55",
                "sort", "-ltv_12mo",
                "limit", "20"));

    assertEquals(Map.of(Axis.PURCHASE_VALUE, List.of("whale", "premium")), filter.segments());
    assertEquals(Map.of(Measure.CHURN_RISK, 0.55), filter.least());
    assertEquals(Optional.of(Measure.LTV_12MO), filter.sort().by());
    assertTrue(filter.sort().descending());
    assertTrue(filter.admits(axis -> "premium", measure -> 0.6));
    assertTrue(!filter.admits(axis -> "mid_tier", measure -> 0.6));
    assertTrue(!filter.admits(axis -> "whale", measure -> 0.5));
  }

  @Test
  void an_archetype_asks_for_its_segments() {
    CustomerFilter filter = filter(Map.of("archetype", "arch_premium_deal_hunter"));

    assertTrue(
        filter.admits(
            axis -> axis == Axis.PURCHASE_VALUE ? "premium" : "deal_hunter", measure -> 0.0));
    assertTrue(!filter.admits(axis -> "premium", measure -> 0.0));
    assertTrue(filter(Map.of()).isEverybody());
  }

  @Test
  void what_is_not_understood_is_taught() {
    assertEquals(
        "The segments of purchase_value are whale, premium, mid_tier, low_value",
        mistake("segment.purchase_value", "rich"));
    assertTrue(mistake("segment.wealth", "rich").startsWith("Unknown axis. Known are purchase_v"));
    assertTrue(mistake("wealth", "1").contains("churn_risk_min"));
    assertTrue(mistake("churn_risk_min", "much").contains("number"));
    assertTrue(mistake("churn_risk_max", "NaN").contains("number"));
    assertTrue(mistake("sort", "name").contains("ltv_12mo"));
    assertTrue(mistake("archetype", "unknown").contains("arch_premium"));
  }

  @Test
  void all_mistakes_come_at_once() {
    Reading.Wrong wrong =
        assertInstanceOf(
            Reading.Wrong.class, read(Map.of("a", "1", "sort", "x", "segment.y", "z")));

    assertEquals(3, wrong.mistakes().size());
  }
}
