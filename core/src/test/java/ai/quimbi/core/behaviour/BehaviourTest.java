package ai.quimbi.core.behaviour;

import static ai.quimbi.core.behaviour.Customers.TODAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.customer.Profile;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BehaviourTest {
  private static final BehaviourModel SHIPPED = BehaviourModel.shipped(2);

  @Test
  void the_documents_example_gets_the_documents_segments() {
    Behaviour behaviour = Behaviour.of(Customers.documentsExample(), SHIPPED, TODAY);

    assertEquals(
        List.of(
            "premium",
            "deal_hunter",
            "established",
            "power_buyer",
            "careful_buyer",
            "multi_category",
            "regular",
            "loyal"),
        List.copyOf(behaviour.dominants().values()),
        behaviour.toString());
    assertEquals("arch_premium_deal_hunter", Archetype.of(behaviour, Archetype.Level.L2).id());
  }

  @Test
  void the_documents_example_gets_the_documents_guidance() {
    Behaviour behaviour = Behaviour.of(Customers.documentsExample(), SHIPPED, TODAY);

    assertEquals(
        List.of(
            "Customer responds well to value propositions",
            "Frequent shopper - they know the store well",
            "This customer rarely returns - take their concerns seriously"),
        Guidance.of(behaviour));
    assertEquals(
        Guidance.of(behaviour), Guidance.of(behaviour.dominants(), Guidance.Expertise.UNSHOWN));
  }

  @Test
  void a_customer_without_orders_is_answered_with_neutral_segments_and_no_confidence() {
    Behaviour behaviour = Behaviour.of(Profile.EMPTY, SHIPPED, TODAY);

    for (Axis axis : Axis.values()) {
      assertEquals(axis.neutral(), behaviour.dominant(axis));
      assertEquals(0, behaviour.confidence(axis));
      assertTrue(behaviour.missing().containsKey(axis), axis.label());
    }
    assertEquals("new", behaviour.dominant(Axis.SHOPPING_MATURITY));
    assertEquals(Sufficiency.NONE, behaviour.sufficiency());
    assertEquals(List.of(), Guidance.of(behaviour));
  }
}
