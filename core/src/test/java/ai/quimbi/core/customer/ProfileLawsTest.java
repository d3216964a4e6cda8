package ai.quimbi.core.customer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Profiles form a commutative group, and equal profiles are equal bytes, over seeded histories.
class ProfileLawsTest {
  private static final int HISTORIES = 1_000;
  private static final Ledger LEDGER = RandomHistories.LEDGER;

  @Test
  void the_order_of_events_and_how_they_are_grouped_play_no_part() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      List<Profile> contributions = contributions(new RandomHistories(seed).history());
      Profile whole = contributions.stream().reduce(Profile.EMPTY, Profile::plus);

      List<Profile> shuffled = new ArrayList<>(contributions);
      Collections.shuffle(shuffled, new Random(seed));
      int cut = shuffled.isEmpty() ? 0 : new Random(-seed).nextInt(shuffled.size());
      Profile left = shuffled.subList(0, cut).stream().reduce(Profile.EMPTY, Profile::plus);
      Profile right =
          shuffled.subList(cut, shuffled.size()).stream().reduce(Profile.EMPTY, Profile::plus);

      assertArrayEquals(
          ProfileCodec.encode(whole), ProfileCodec.encode(right.plus(left)), "seed " + seed);
    }
  }

  @Test
  void a_sum_in_one_pass_is_the_sum_of_the_single_contributions() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      History history = new RandomHistories(seed).history();

      Profile inOnePass = history.profile(LEDGER);
      Profile oneByOne = contributions(history).stream().reduce(Profile.EMPTY, Profile::plus);

      assertEquals(oneByOne, inOnePass, "seed " + seed);
    }
  }

  @Test
  void what_is_taken_back_leaves_no_trace() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      RandomHistories random = new RandomHistories(seed);
      Profile before = random.history().profile(LEDGER);
      RatedOrder order = random.order("x");
      Interaction contact = random.interaction("y");

      Profile there = before.plus(Profile.of(order.order(), LEDGER, order.rate()));
      Profile back =
          new ProfileSum(LEDGER)
              .subtract(contact)
              .add(there)
              .subtract(order)
              .add(contact)
              .toProfile();

      assertArrayEquals(ProfileCodec.encode(before), ProfileCodec.encode(back), "seed " + seed);
      assertTrue(before.minus(before).isEmpty());
    }
  }

  @Test
  void bytes_lead_back_to_the_same_profile_also_below_zero() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      Profile profile = new RandomHistories(seed).history().profile(LEDGER);
      Profile negative = Profile.EMPTY.minus(profile);

      assertEquals(profile, ProfileCodec.decode(ProfileCodec.encode(profile)), "seed " + seed);
      assertEquals(negative, ProfileCodec.decode(ProfileCodec.encode(negative)), "seed " + seed);
    }
  }

  @Test
  void damaged_bytes_are_refused_and_never_exhaust_memory() {
    byte[] good = ProfileCodec.encode(new RandomHistories(3).history().profile(LEDGER));
    Random random = new Random(1);
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThrows(IllegalArgumentException.class, () -> ProfileCodec.decode(cut));
    }
    for (int attempt = 0; attempt < 2_000; attempt++) {
      byte[] damaged = good.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      try {
        Profile read = ProfileCodec.decode(damaged);
        assertEquals(read, ProfileCodec.decode(ProfileCodec.encode(read)));
      } catch (IllegalArgumentException | ArithmeticException refused) {
        assertTrue(refused.getMessage() != null);
      }
    }
  }

  @Test
  void an_order_says_the_same_after_its_way_through_bytes() {
    for (int seed = 0; seed < HISTORIES; seed++) {
      Order order = new RandomHistories(seed).order("o1").order();

      byte[] bytes = OrderCodec.encode(order);
      Order back = OrderCodec.decode(order.source(), order.orderId(), order.customerId(), bytes);

      assertArrayEquals(bytes, OrderCodec.encode(back), "seed " + seed);
      assertEquals(order.orderedAt(), back.orderedAt());
      assertEquals(0, order.total().compareTo(back.total()));
      assertEquals(order.status(), back.status());
      assertEquals(order.items().size(), back.items().size());
      assertEquals(order.updatedAt(), back.updatedAt());
    }
  }

  private static List<Profile> contributions(History history) {
    List<Profile> contributions = new ArrayList<>();
    history
        .orders()
        .forEach(rated -> contributions.add(Profile.of(rated.order(), LEDGER, rated.rate())));
    history.interactions().forEach(contact -> contributions.add(Profile.of(contact, LEDGER)));
    return contributions;
  }
}
