package ai.quimbi.core.behaviour;

import static ai.quimbi.core.behaviour.Axis.CATEGORY_AFFINITY;
import static ai.quimbi.core.behaviour.Axis.COMMUNICATION_PREFERENCE;
import static ai.quimbi.core.behaviour.Axis.LOYALTY_TRAJECTORY;
import static ai.quimbi.core.behaviour.Axis.PRICE_SENSITIVITY;
import static ai.quimbi.core.behaviour.Axis.PROBLEM_COMPLEXITY_PROFILE;
import static ai.quimbi.core.behaviour.Axis.PRODUCT_KNOWLEDGE;
import static ai.quimbi.core.behaviour.Axis.PURCHASE_FREQUENCY;
import static ai.quimbi.core.behaviour.Axis.PURCHASE_VALUE;
import static ai.quimbi.core.behaviour.Axis.REPURCHASE_BEHAVIOR;
import static ai.quimbi.core.behaviour.Axis.RETURN_BEHAVIOR;
import static ai.quimbi.core.behaviour.Axis.SHOPPING_CADENCE;
import static ai.quimbi.core.behaviour.Axis.SHOPPING_MATURITY;
import static ai.quimbi.core.behaviour.Axis.VALUE_SOPHISTICATION;
import static ai.quimbi.core.behaviour.Customers.TODAY;
import static ai.quimbi.core.behaviour.Customers.contact;
import static ai.quimbi.core.behaviour.Customers.order;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.quimbi.core.customer.Profile;
import java.time.LocalDate;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/// One customer in words for every segment, under the published cut-points.
final class SegmentsInWordsTest {
  private static final BehaviourModel SHIPPED = BehaviourModel.shipped(2);

  private static void is(Axis axis, String segment, Profile profile) {
    Behaviour behaviour = Behaviour.of(profile, SHIPPED, TODAY);
    assertEquals(
        segment, behaviour.dominant(axis), () -> behaviour.memberships().of(axis).toString());
  }

  /// `n` orders, each made from its number.
  private static Profile orders(int n, IntFunction<Profile> each) {
    Profile sum = Profile.EMPTY;
    for (int i = 0; i < n; i++) {
      sum = sum.plus(each.apply(i));
    }
    return sum;
  }

  @Test
  void purchase_value_is_net_spend_alone() {
    is(PURCHASE_VALUE, "whale", order(30, 6_000, 0, 0));
    is(PURCHASE_VALUE, "whale", orders(60, i -> order(10 + 15 * i, 100, 0, 0)));
    is(PURCHASE_VALUE, "premium", orders(10, i -> order(10 + 15 * i, 80, 0, 0)));
    is(PURCHASE_VALUE, "mid_tier", orders(4, i -> order(10 + 15 * i, 50, 0, 0)));
    is(PURCHASE_VALUE, "low_value", order(30, 30, 0, 0));
    is(PURCHASE_VALUE, "low_value", order(30, 6_000, 0, 5_980));
  }

  @Test
  void price_sensitivity_is_the_share_bought_at_a_discount_never_the_size_of_orders() {
    is(PRICE_SENSITIVITY, "deal_hunter", orders(8, i -> order(10 + 40 * i, 900, 90, 0)));
    is(
        PRICE_SENSITIVITY,
        "strategic",
        orders(9, i -> order(10 + 40 * i, 50, i % 3 == 0 ? 9 : 0, 0)));
    is(PRICE_SENSITIVITY, "full_price", orders(8, i -> order(10 + 40 * i, 9, 0, 0)));
    is(PRICE_SENSITIVITY, "strategic", Profile.EMPTY);
  }

  @Test
  void shopping_maturity_is_the_time_since_the_first_purchase() {
    is(SHOPPING_MATURITY, "new", order(12, 50, 0, 0));
    is(SHOPPING_MATURITY, "developing", order(150, 50, 0, 0));
    is(SHOPPING_MATURITY, "established", order(500, 50, 0, 0));
    is(SHOPPING_MATURITY, "long_term", order(1_600, 50, 0, 0));
  }

  @Test
  void purchase_frequency_is_purchase_days_a_year() {
    is(PURCHASE_FREQUENCY, "power_buyer", orders(24, i -> order(5 + 30 * i, 50, 0, 0)));
    is(PURCHASE_FREQUENCY, "regular", orders(9, i -> order(5 + 90 * i, 50, 0, 0)));
    is(PURCHASE_FREQUENCY, "occasional", orders(4, i -> order(5 + 240 * i, 50, 0, 0)));
    is(PURCHASE_FREQUENCY, "infrequent", order(1_200, 50, 0, 0));
  }

  @Test
  void return_behavior_is_the_share_of_value_given_back() {
    is(RETURN_BEHAVIOR, "careful_buyer", orders(8, i -> order(10 + 40 * i, 50, 0, 0)));
    is(
        RETURN_BEHAVIOR,
        "occasional_returner",
        orders(8, i -> order(10 + 40 * i, 50, 0, i == 3 ? 50 : 0)));
    is(
        RETURN_BEHAVIOR,
        "frequent_returner",
        orders(8, i -> order(10 + 40 * i, 50, 0, i % 2 == 0 ? 50 : 0)));
  }

  @Test
  void category_affinity_is_how_different_two_purchases_are() {
    String[] categories = {"fabric/a", "thread/a", "batting/a", "notions/a"};
    is(
        CATEGORY_AFFINITY,
        "multi_category",
        orders(8, i -> order(9 + i, 9, 0, 0, categories[i % 4])));
    is(CATEGORY_AFFINITY, "category_loyal", orders(8, i -> order(9 + i, 9, 0, 0, "fabric/" + i)));
  }

  @Test
  void shopping_cadence_is_when_purchases_fall() {
    is(SHOPPING_CADENCE, "regular", orders(14, i -> order(10 + 45 * i, 50, 0, 0)));
    // 2026-06-30 is a Tuesday: multiples of seven days before it are Tuesdays, too.
    int[] weeks = {1, 2, 9, 14, 15, 30, 33, 38, 44, 52, 60, 63, 71, 80};
    is(SHOPPING_CADENCE, "weekday", orders(14, i -> order(7 * weeks[i], 50, 0, 0)));
    is(SHOPPING_CADENCE, "weekend_crafter", orders(14, i -> order(7 * weeks[i] + 2, 50, 0, 0)));
    is(SHOPPING_CADENCE, "seasonal", orders(12, i -> everyNovember(i)));
    is(SHOPPING_CADENCE, "year_round", orders(30, SegmentsInWordsTest::atAnyTime));
    int[] bursts = {40, 95, 160, 300, 325, 530, 610, 780};
    is(SHOPPING_CADENCE, "irregular", orders(24, i -> order(bursts[i / 3] + i % 3, 50, 0, 0)));
    is(SHOPPING_CADENCE, "irregular", order(40, 50, 0, 0));
  }

  // As chance would have it: short gaps and long ones in no order, over three years.
  private static Profile atAnyTime(int i) {
    int[] gaps = {2, 90, 12, 45, 5, 80, 30, 3, 60, 100, 8, 20, 70, 15, 55};
    int daysAgo = 3;
    for (int j = 0; j < i; j++) {
      daysAgo += gaps[j % gaps.length];
    }
    return order(daysAgo, 50, 0, 0);
  }

  private static Profile everyNovember(int i) {
    int day = (int) LocalDate.of(2023 + i / 4, 11, 3 + 6 * (i % 4)).toEpochDay();
    return order(TODAY - day, 50, 0, 0);
  }

  @Test
  void repurchase_behavior_is_the_share_of_products_bought_again() {
    is(REPURCHASE_BEHAVIOR, "loyal", orders(8, i -> order(10 + 37 * i, 50, 0, 0, "a/favourite")));
    is(
        REPURCHASE_BEHAVIOR,
        "variety_seeker",
        orders(8, i -> order(10 + 37 * i, 50, 0, 0, "a/" + i)));
    is(
        REPURCHASE_BEHAVIOR,
        "routine_buyer",
        orders(8, i -> order(10 + 37 * i, 50, 0, 0, i % 2 == 0 ? "a/usual" : "a/" + i)));
  }

  @Test
  void communication_preference_is_the_channel_most_contacts_use() {
    is(COMMUNICATION_PREFERENCE, "email", orders(5, i -> contact(i, "support_ticket", "email")));
    is(COMMUNICATION_PREFERENCE, "chat", orders(5, i -> contact(i, "support_ticket", "live chat")));
    is(COMMUNICATION_PREFERENCE, "phone", orders(5, i -> contact(i, "phone_call", null)));
    is(COMMUNICATION_PREFERENCE, "social", orders(5, i -> contact(i, "message", "instagram")));
    String[] all = {"email", "chat", "phone", "social"};
    is(COMMUNICATION_PREFERENCE, "no_preference", orders(8, i -> contact(i, "ticket", all[i % 4])));
  }

  @Test
  void problem_complexity_is_how_often_and_how_closely_support_is_asked() {
    Profile bought = orders(10, i -> order(10 + 30 * i, 50, 0, 0));
    Profile twice = contact(200, "support_ticket", "email").plus(contact(20, "ticket", "email"));
    Profile often = orders(10, i -> contact(60 + 3 * i, "support_ticket", "email"));
    is(PROBLEM_COMPLEXITY_PROFILE, "low_touch", orders(30, i -> order(1 + i, 9, 0, 0)).plus(twice));
    is(
        PROBLEM_COMPLEXITY_PROFILE,
        "routine",
        bought.plus(twice).plus(contact(90, "ticket", "chat")));
    is(PROBLEM_COMPLEXITY_PROFILE, "complex", bought.plus(often));
  }

  @Test
  void loyalty_trajectory_is_the_trend_of_gaps_values_and_silence() {
    is(LOYALTY_TRAJECTORY, "growing", orders(12, i -> order(10 + 4 * i * i, 90 - 6 * i, 0, 0)));
    is(LOYALTY_TRAJECTORY, "steady", orders(12, i -> order(15 + 30 * i, 50, 0, 0)));
    is(
        LOYALTY_TRAJECTORY,
        "declining",
        orders(12, i -> order(780 - 10 * i - 5 * i * i, 90 - 6 * i, 0, 0)));
    is(LOYALTY_TRAJECTORY, "lapsed", orders(12, i -> order(700 + 30 * i, 50, 0, 0)));
  }

  @Test
  void product_knowledge_is_only_hinted_at_by_what_was_bought() {
    is(
        PRODUCT_KNOWLEDGE,
        "beginner",
        orders(4, i -> order(9 + i, 9, 0, 0, "a/" + i % 2)).plus(asks(3)));
    is(PRODUCT_KNOWLEDGE, "expert", orders(40, i -> order(9 + i, 9, 0, 0, "a/" + i, "b/" + i)));
    Behaviour expert =
        Behaviour.of(orders(40, i -> order(9 + i, 9, 0, 0, "a/" + i, "b/" + i)), SHIPPED, TODAY);
    assertEquals(true, expert.confidence(PRODUCT_KNOWLEDGE) < 0.5);
  }

  private static Profile asks(int times) {
    return orders(times, i -> contact(i, "question", "email"));
  }

  @Test
  void value_sophistication_is_unit_price_and_discounts() {
    is(VALUE_SOPHISTICATION, "bargain_led", orders(9, i -> order(9 + i, 8, 2, 0, "a/" + i)));
    is(
        VALUE_SOPHISTICATION,
        "balanced",
        orders(9, i -> order(9 + i, 15, i % 3 == 0 ? 2 : 0, 0, "a/" + i)));
    is(VALUE_SOPHISTICATION, "quality_led", orders(9, i -> order(9 + i, 40, 0, 0, "a/" + i)));
  }
}
