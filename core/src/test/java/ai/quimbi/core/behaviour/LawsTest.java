package ai.quimbi.core.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.customer.Profile.Counter;
import ai.quimbi.core.customer.Profile.Fact;
import ai.quimbi.core.customer.PurchaseDay;
import ai.quimbi.core.customer.Tally;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What holds for every customer of every tenant.
final class LawsTest {
  private static final int TODAY = PlantedWorld.TODAY;

  private static List<Profile> shop(long seed, int customers) {
    PlantedWorld world = new PlantedWorld(seed, 0.4);
    List<Profile> shop = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      shop.add(world.customer(i).profile());
    }
    return shop;
  }

  private static BehaviourModel fit(List<Profile> shop) {
    return BehaviourModel.fit(shop, TODAY, Customers.LEDGER);
  }

  @Test
  void every_axis_adds_up_to_one() {
    BehaviourModel model = fit(shop(1, 500));
    for (Profile profile : shop(2, 2_000)) {
      Behaviour behaviour = Behaviour.of(profile, model, TODAY);
      for (Axis axis : Axis.values()) {
        int sum = 0;
        for (int j = 0; j < axis.size(); j++) {
          int parts = behaviour.memberships().parts(axis, j);
          assertTrue(parts >= 0, axis.label());
          sum += parts;
        }
        assertEquals(Memberships.WHOLE, sum, axis.label());
        double confidence = behaviour.confidence(axis);
        assertTrue(confidence >= 0 && confidence < 1, axis.label() + " " + confidence);
      }
    }
  }

  @Test
  void the_order_of_the_customers_changes_nothing() {
    List<Profile> shop = shop(3, 1_500);
    BehaviourModel model = fit(shop);
    Random random = new Random(4);
    for (int round = 0; round < 5; round++) {
      Collections.shuffle(shop, random);
      assertEquals(model.encode(), fit(shop).encode());
    }
  }

  @Test
  void the_order_of_very_many_customers_changes_nothing_either() {
    // Enough that the fit begins with some of them.
    List<Profile> shop = shop(3, 200);
    Features.Builder forwards = new Features.Builder(TODAY, 160_000);
    Features.Builder backwards = new Features.Builder(TODAY, 160_000);
    for (int copy = 0; copy < 800; copy++) {
      shop.forEach(forwards::add);
      shop.reversed().forEach(backwards::add);
    }
    assertEquals(
        BehaviourModel.fit(forwards.build(), TODAY, 2).encode(),
        BehaviourModel.fit(backwards.build(), TODAY, 2).encode());
  }

  @Test
  void another_currency_changes_no_membership() {
    List<Profile> dollars = shop(5, 800);
    List<Profile> cents = dollars.stream().map(profile -> times(profile, 137)).toList();
    BehaviourModel inDollars = fit(dollars);
    BehaviourModel inCents = fit(cents);
    for (int i = 0; i < dollars.size(); i++) {
      assertEquals(
          Behaviour.of(dollars.get(i), inDollars, TODAY).memberships(),
          Behaviour.of(cents.get(i), inCents, TODAY).memberships());
    }
  }

  @Test
  void more_spend_never_lowers_purchase_value() {
    for (BehaviourModel model :
        List.of(BehaviourModel.shipped(2), fit(shop(6, 30)), fit(shop(7, 2_000)))) {
      int[] before = {0, 0, 0};
      for (long net = 1; net < 100_000_000_000L; net += 1 + net / 50) {
        Memberships now = Behaviour.of(spent(net), model, TODAY).memberships();
        // Of the highest segment, of the two highest, of the three highest: none may shrink.
        int atLeast = 0;
        for (int j = 0; j < 3; j++) {
          atLeast += now.parts(Axis.PURCHASE_VALUE, j);
          assertTrue(atLeast >= before[j], "net " + net);
          before[j] = atLeast;
        }
      }
      assertEquals(Memberships.WHOLE, before[0], "an extreme whale is wholly a whale");
    }
  }

  @Test
  void an_order_more_never_lowers_purchase_value() {
    BehaviourModel model = fit(shop(8, 1_000));
    Random random = new Random(9);
    for (Profile profile : shop(10, 1_000)) {
      Profile richer = profile.plus(Customers.order(random.nextInt(900), 1, 0, 0));
      assertTrue(
          Behaviour.of(richer, model, TODAY).memberships().dominantIndex(Axis.PURCHASE_VALUE)
              <= Behaviour.of(profile, model, TODAY)
                  .memberships()
                  .dominantIndex(Axis.PURCHASE_VALUE));
    }
  }

  @Test
  void one_customer_and_a_million_are_scored_by_the_same_rule() {
    List<Profile> shop = shop(11, 3_000);
    BehaviourModel model = fit(shop);
    short[] rows = new short[shop.size() * Axis.SEGMENTS];
    model.memberships(Features.of(shop, TODAY), rows);
    for (int i = 0; i < shop.size(); i++) {
      assertEquals(
          Behaviour.of(shop.get(i), model, TODAY).memberships(),
          Memberships.of(rows, i * Axis.SEGMENTS));
    }
  }

  @Test
  void confidence_grows_with_evidence() {
    BehaviourModel model = BehaviourModel.shipped(2);
    Profile history = Profile.EMPTY;
    double before = -1;
    for (int i = 0; i < 20; i++) {
      history = history.plus(Customers.order(1_000 - 30 * i, 60, 12, 0, "fabric/cotton"));
      double now = Behaviour.of(history, model, TODAY).confidence(Axis.PRICE_SENSITIVITY);
      assertTrue(now > before, i + " orders: " + now);
      before = now;
    }
    assertTrue(before > 0.8);
  }

  @Test
  void a_model_survives_its_text_and_is_named_by_what_it_answers() {
    BehaviourModel model = fit(shop(12, 300));
    BehaviourModel back = BehaviourModel.decode(model.encode());

    assertEquals(model, back);
    assertEquals(model.version(), back.version());
    assertEquals(
        model.version(), BehaviourModel.fit(shop(12, 300), TODAY, Customers.LEDGER).version());
    assertTrue(!model.version().equals(BehaviourModel.shipped(2).version()));
    assertEquals(300, back.customers());
    assertEquals(TODAY, back.fittedOn());
  }

  private static Profile spent(long net) {
    return new Profile(List.of(new PurchaseDay(TODAY - 10, 1, net, 0, 0)), List.of(), Map.of());
  }

  private static Profile times(Profile profile, long factor) {
    List<PurchaseDay> days =
        profile.purchaseDays().stream()
            .map(
                day ->
                    new PurchaseDay(
                        day.day(),
                        day.orders(),
                        day.netMinor() * factor,
                        day.discountMinor() * factor,
                        day.refundedMinor() * factor))
            .toList();
    Map<Counter, Tally> tallies = new EnumMap<>(profile.tallies());
    TreeMap<String, Long> facts = new TreeMap<>(profile.tally(Counter.FACTS).counts());
    facts.computeIfPresent(Fact.DISCOUNTED_NET_MINOR.name(), (name, minor) -> minor * factor);
    tallies.put(Counter.FACTS, new Tally(facts));
    return new Profile(days, profile.contactDays(), tallies);
  }
}
