package ai.quimbi.core.behaviour;

import static ai.quimbi.core.behaviour.Customers.TODAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.behaviour.Archetype.Level;
import ai.quimbi.core.behaviour.Guidance.Expertise;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ArchetypeTest {
  private static final Behaviour EXAMPLE =
      Behaviour.of(Customers.documentsExample(), BehaviourModel.shipped(2), TODAY);

  @Test
  void ids_are_readable_at_every_level() {
    assertEquals("arch_premium", Archetype.of(EXAMPLE, Level.L1).id());
    assertEquals("arch_premium_deal_hunter", Archetype.of(EXAMPLE, Level.L2).id());
    assertEquals(
        "arch_premium_deal_hunter_established_power_buyer_careful_buyer_multi_category_regular_loyal",
        Archetype.of(EXAMPLE, Level.L3).id());
  }

  @Test
  void an_archetype_is_described_in_words() {
    assertEquals("A high spender.", Archetype.of(EXAMPLE, Level.L1).words());
    assertEquals(
        "A high spender who buys mostly at a discount.", Archetype.of(EXAMPLE, Level.L2).words());
    assertEquals(
        "A high spender who buys mostly at a discount; established, buys very often; rarely returns"
            + " anything, shops across categories, comes at even intervals, rebuys the same products.",
        Archetype.of(EXAMPLE, Level.L3).words());
    assertTrue(Archetype.of(EXAMPLE, Level.L2).strength() > 0.6);
  }

  @Test
  void every_id_is_read_back() {
    for (Level level : Level.values()) {
      Archetype archetype = Archetype.of(EXAMPLE, level);
      assertEquals(Optional.of(archetype.segments()), Archetype.segmentsOf(archetype.id()));
    }
    for (String foreign :
        List.of(
            "",
            "arch_",
            "arch_unknown",
            "unknown",
            "arch_premium_",
            "arch_premium_new",
            "arch_premium_deal_hunter_established")) {
      assertEquals(Optional.empty(), Archetype.segmentsOf(foreign), foreign);
    }
  }

  @Test
  void guidance_has_at_most_five_sentences_and_never_says_the_same_twice() {
    Random random = new Random(1);
    Set<String> said = new HashSet<>();
    for (int round = 0; round < 2_000; round++) {
      Map<Axis, String> segments = new TreeMap<>();
      for (Axis axis : Axis.values()) {
        segments.put(axis, axis.segments().get(random.nextInt(axis.size())));
      }
      List<String> guidance = Guidance.of(segments, List.of(Expertise.values()).get(round % 3));
      assertTrue(guidance.size() <= 5);
      assertEquals(guidance.size(), new HashSet<>(guidance).size());
      boolean isKnown = guidance.contains("Frequent shopper - they know the store well");
      boolean isNew = guidance.contains("New to the store - explain how things work here");
      assertTrue(!(isKnown && isNew), guidance.toString());
      said.addAll(guidance);
    }
    assertEquals(16, said.size(), "every sentence can be said");
  }

  @Test
  void what_the_message_shows_comes_first() {
    assertEquals(
        "Their message shows a beginner - explain each step and avoid jargon",
        Guidance.of(EXAMPLE, Expertise.BEGINNER).getFirst());
    assertEquals(
        "Their message shows experience - skip the basics",
        Guidance.of(EXAMPLE, Expertise.EXPERT).getFirst());
  }

  @Test
  void a_first_order_does_not_make_a_habit() {
    Behaviour behaviour =
        Behaviour.of(Customers.order(3, 80, 10, 0, "a/1"), BehaviourModel.shipped(2), TODAY);

    assertEquals(
        List.of("New to the store - explain how things work here"), Guidance.of(behaviour));
    assertEquals(Sufficiency.LOW, behaviour.sufficiency());
  }

  @Test
  void older_names_of_axes_are_understood() {
    assertEquals(Optional.of(Axis.SHOPPING_MATURITY), Axis.ofLabel("customer_maturity"));
    assertEquals(Optional.of(Axis.CATEGORY_AFFINITY), Axis.ofLabel("category_exploration"));
    assertEquals(Optional.of(Axis.SHOPPING_CADENCE), Axis.ofLabel("purchase_cadence"));
    assertEquals(Optional.empty(), Axis.ofLabel("PURCHASE_VALUE"));
    int place = 0;
    for (Axis axis : Axis.values()) {
      assertEquals(place, axis.index());
      assertEquals(Optional.of(axis), Axis.ofLabel(Axis.labels().get(place)));
      place++;
    }
  }
}
