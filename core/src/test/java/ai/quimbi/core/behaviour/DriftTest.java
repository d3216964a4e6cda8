package ai.quimbi.core.behaviour;

import static ai.quimbi.core.behaviour.Customers.TODAY;
import static ai.quimbi.core.behaviour.Customers.order;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.customer.Profile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DriftTest {
  private static final BehaviourModel SHIPPED = BehaviourModel.shipped(2);

  private static Memberships on(Profile profile, int day) {
    return Behaviour.of(profile, SHIPPED, day).memberships();
  }

  @Test
  void nothing_changed_is_no_drift() {
    Memberships memberships = on(Customers.documentsExample(), TODAY);
    Drift drift = Drift.between(memberships, memberships);

    assertEquals(0, drift.overall());
    assertEquals(List.of(), drift.changes());
  }

  @Test
  void a_planted_turn_to_discounts_shows_on_its_axis_and_hardly_elsewhere() {
    Profile before = Profile.EMPTY;
    for (int i = 0; i < 10; i++) {
      before = before.plus(order(700 - 30 * i, 60, 0, 0, "a/" + i % 3));
    }
    Profile after = before;
    for (int i = 0; i < 30; i++) {
      after = after.plus(order(400 - 13 * i, 60, 15, 0, "a/" + i % 3));
    }
    Drift drift = Drift.between(on(before, TODAY - 420), on(after, TODAY));
    Drift.Change change =
        drift.changes().stream()
            .filter(one -> one.axis() == Axis.PRICE_SENSITIVITY)
            .findFirst()
            .orElseThrow();

    assertEquals("full_price", change.from());
    assertEquals("deal_hunter", change.to());
    assertEquals(
        "price_sensitivity went from full_price to deal_hunter: more is bought at a discount.",
        change.words());
    assertTrue(change.drift() > 0.7, "drift " + change.drift());
    assertTrue(drift.byAxis().getOrDefault(Axis.RETURN_BEHAVIOR, 1.0) < 0.1);
    assertTrue(drift.overall() > 0.7 / 8 && drift.overall() <= 1);
  }

  @Test
  void drift_is_a_distance() {
    PlantedWorld world = new PlantedWorld(3, 0.3);
    List<Memberships> some = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      some.add(on(world.customer(i).profile(), TODAY));
    }
    for (int i = 0; i + 2 < some.size(); i++) {
      Memberships a = some.get(i);
      Memberships b = some.get(i + 1);
      Memberships c = some.get(i + 2);
      double ab = Drift.between(a, b).overall();
      assertEquals(ab, Drift.between(b, a).overall());
      assertTrue(ab >= 0 && ab <= 1);
      // 1e-3: every axis is rounded to four decimals.
      assertTrue(Drift.between(a, c).overall() <= ab + Drift.between(b, c).overall() + 1e-3);
    }
  }

  @Test
  void memberships_survive_their_bytes() {
    Memberships memberships = on(Customers.documentsExample(), TODAY);

    assertEquals(memberships, Memberships.ofBytes(memberships.toBytes()));
    assertEquals(2 * Axis.SEGMENTS, memberships.toBytes().length);
  }
}
