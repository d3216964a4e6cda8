package ai.quimbi.server.app.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.customer.Interaction;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.Order.Status;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DemoHistoryTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
  private static final DemoHistory SHOP = DemoHistory.of(DemoCompany.shop(), 1, TODAY);
  private static final List<Batch> BATCHES = all(SHOP, 500);
  private static final List<Order> ORDERS =
      BATCHES.stream().flatMap(batch -> batch.orders().stream()).toList();
  private static final List<Contact> CONTACTS =
      BATCHES.stream().flatMap(batch -> batch.contacts().stream()).toList();
  private static final Map<String, Truth> TRUTHS =
      SHOP.truths().stream().collect(Collectors.toMap(Truth::customerId, truth -> truth));

  @Test
  void the_same_seed_and_day_tell_the_same_story_and_another_seed_another() {
    DemoCompany peer = DemoCompany.peers().getFirst();

    List<Batch> once = all(DemoHistory.of(peer, 7, TODAY), 100);
    List<Batch> again = all(DemoHistory.of(peer, 7, TODAY), 100);
    List<Batch> other = all(DemoHistory.of(peer, 8, TODAY), 100);

    assertEquals(once, again);
    assertNotEquals(once, other);
  }

  @Test
  void the_size_of_batches_changes_nothing_but_the_batches() {
    DemoHistory history = DemoHistory.of(DemoCompany.peers().get(3), 7, TODAY);

    List<Order> small = orders(all(history, 17));
    List<Order> large = orders(all(history, 1000));

    assertEquals(small, large);
  }

  @Test
  void everything_comes_in_time_order_and_nothing_on_or_after_today() {
    Instant end = TODAY.atStartOfDay(SHOP.company().tenant().zone()).toInstant();
    Instant reached = Instant.MIN;
    for (Batch batch : BATCHES) {
      Instant latest = reached;
      for (List<Instant> times : List.of(orderTimes(batch), contactTimes(batch))) {
        Instant last = Instant.MIN;
        for (Instant at : times) {
          assertFalse(at.isBefore(last), "in time order");
          last = at;
        }
        latest = last.isAfter(latest) ? last : latest;
      }
      reached = latest;
    }
    assertTrue(reached.isBefore(end));
    for (Order order : ORDERS) {
      Instant updated = order.updatedAt();
      assertTrue(updated != null && updated.isBefore(end) && !updated.isBefore(order.orderedAt()));
    }
  }

  @Test
  void a_shop_of_five_thousand_customers_has_forty_to_sixty_thousand_orders() {
    assertEquals(5_000, SHOP.truths().size());
    assertTrue(TRUTHS.containsKey("cust_12345"));
    assertEquals(5_000, ORDERS.stream().map(Order::customerId).distinct().count());
    assertEquals(SHOP.orders(), ORDERS.size());
    assertBetween(40_000, 60_000, ORDERS.size());
    assertBetween(15_000, 40_000, CONTACTS.size());
    assertEquals(ORDERS.size(), ORDERS.stream().map(Order::orderId).distinct().count());
    long contacts = CONTACTS.stream().map(c -> c.interaction().identity()).distinct().count();
    assertEquals(CONTACTS.size(), contacts);
  }

  @Test
  void the_catalogue_holds_a_hundred_and_fifty_products_in_ten_categories() {
    Catalogue catalogue = Catalogue.quilting();

    assertEquals(10, catalogue.categories().size());
    assertEquals(150, catalogue.products().stream().map(Product::name).distinct().count());
    assertEquals(150, catalogue.products().stream().map(Product::id).distinct().count());
  }

  @Test
  void amounts_add_up_and_fit_the_currency() {
    for (DemoHistory history : withPeers()) {
      int scale = history.company().ledger().scale();
      for (Order order : orders(all(history, 500))) {
        BigDecimal discount = order.discountAmount();
        BigDecimal paid = Basket.value(order.items());
        paid = discount == null ? paid : paid.subtract(discount);
        assertEquals(0, paid.compareTo(order.total()), order::orderId);
        assertTrue(order.total().signum() > 0 && order.total().scale() <= scale, order::orderId);
        assertTrue(order.refunded().compareTo(order.total()) <= 0, order::orderId);
      }
    }
  }

  @Test
  void what_is_sent_back_called_off_and_reduced_stays_within_what_shops_see() {
    assertBetween(0.04, 0.09, share(order -> order.refunded().signum() > 0));
    assertBetween(0.008, 0.016, share(Order::isCancelled));
    assertBetween(0.010, 0.035, share(order -> order.status() == Status.REFUNDED));
    assertBetween(0.10, 0.14, share(order -> order.discountAmount() == null));
    assertBetween(0.25, 0.50, share(DemoHistoryTest::isReduced));
    assertBetween(0.45, 0.85, share(order -> order.items().size() > 1));
  }

  @Test
  void most_customers_come_back_and_some_never_do() {
    Map<String, Long> orders =
        ORDERS.stream().collect(Collectors.groupingBy(Order::customerId, Collectors.counting()));

    double repeat = orders.values().stream().filter(n -> n > 1).count() / 5_000.0;

    assertBetween(0.60, 0.90, repeat);
    assertTrue(orders.values().stream().anyMatch(n -> n > 60));
  }

  @Test
  void autumn_is_busier_than_summer_and_saturdays_than_tuesdays() {
    Map<Integer, Integer> byMonth = new HashMap<>();
    Map<Integer, Integer> byWeekday = new HashMap<>();
    for (Order order : ORDERS) {
      LocalDate day = dayOf(order);
      // Two whole years once the shop has its customers.
      if (!day.isBefore(TODAY.minusYears(2))) {
        byMonth.merge(day.getMonthValue(), 1, Integer::sum);
      }
      byWeekday.merge(day.getDayOfWeek().getValue(), 1, Integer::sum);
    }

    int autumn =
        byMonth.getOrDefault(10, 0) + byMonth.getOrDefault(11, 0) + byMonth.getOrDefault(12, 0);
    int summer =
        byMonth.getOrDefault(6, 0) + byMonth.getOrDefault(7, 0) + byMonth.getOrDefault(8, 0);

    assertBetween(1.4, 3.0, (double) autumn / summer);
    assertBetween(1.2, 2.5, (double) byWeekday.getOrDefault(6, 0) / byWeekday.getOrDefault(2, 0));
  }

  @Test
  void customers_act_as_their_truth_says() {
    double hunters = reducedShareOf(CustomerType.DEAL_HUNTER);
    double devoted = reducedShareOf(CustomerType.DEVOTED_QUILTER);
    assertTrue(hunters > 2 * devoted, hunters + " against " + devoted);

    double senders = returnedShareOf(CustomerType.TRIES_AND_RETURNS);
    double makers = returnedShareOf(CustomerType.REGULAR_MAKER);
    assertTrue(senders > 4 * makers, senders + " against " + makers);

    double weekends =
        shareOf(CustomerType.WEEKEND_CRAFTER, o -> dayOf(o).getDayOfWeek().getValue() >= 6);
    assertBetween(0.70, 0.95, weekends);
    double holidays = shareOf(CustomerType.HOLIDAY_SEWER, o -> dayOf(o).getMonthValue() >= 10);
    assertBetween(0.65, 0.95, holidays);

    for (Order order : ORDERS) {
      Truth truth = truth(order.customerId());
      assertTrue(truth.isAliveOn(Math.toIntExact(dayOf(order).toEpochDay())), order::orderId);
      order.items().forEach(i -> assertTrue(truth.categories().contains(i.category())));
    }
  }

  @Test
  void the_true_rate_and_value_are_those_of_the_orders() {
    double years = 0;
    double expected = 0;
    double seen = 0;
    double value = 0;
    double trueValue = 0;
    int today = Math.toIntExact(TODAY.toEpochDay());
    Map<String, Integer> repeats = new HashMap<>();
    for (Order order : ORDERS) {
      repeats.merge(order.customerId(), 1, Integer::sum);
      value += Basket.value(order.items()).doubleValue();
      trueValue += truth(order.customerId()).orderValue();
    }
    for (Truth truth : SHOP.truths()) {
      if (truth.cadence() == Cadence.YEAR_ROUND) {
        double lived = (Math.min(truth.aliveUntil() + 1, today) - truth.firstDay()) / 365.0;
        years += lived;
        expected += lived * truth.ordersPerYear();
        seen += repeats.getOrDefault(truth.customerId(), 0) - 1;
      }
    }

    assertTrue(years > 500);
    // Sales bring forward what the yearly rate does not count.
    assertBetween(0.90, 1.20, seen / expected);
    assertBetween(0.80, 1.15, value / trueValue);
  }

  @Test
  void most_are_lost_in_the_end_but_many_are_alive_today() {
    int today = Math.toIntExact(TODAY.toEpochDay());

    double alive = SHOP.truths().stream().filter(t -> t.isAliveOn(today)).count() / 5_000.0;

    assertBetween(0.30, 0.70, alive);
    assertTrue(truth("cust_12345").isAliveOn(today));
    assertTrue(ORDERS.stream().filter(o -> o.customerId().equals("cust_12345")).count() >= 5);
  }

  @Test
  void contacts_know_their_order_and_tickets_their_id() {
    Set<String> ids = ORDERS.stream().map(Order::orderId).collect(Collectors.toSet());
    Set<String> types = new HashSet<>();
    for (Contact contact : CONTACTS) {
      Interaction interaction = contact.interaction();
      types.add(interaction.type());
      assertTrue(ids.contains(contact.metadata().get("order_id")));
      if (interaction.type().equals("support_ticket")) {
        assertEquals(interaction.identity(), contact.metadata().get("ticket_id"));
        assertTrue(contact.metadata().containsKey("resolved"));
      }
    }
    assertEquals(Set.of("support_ticket", "email_open", "chat", "review"), types);
  }

  @Test
  void the_twelve_peers_differ_in_industry_scale_and_size() {
    List<DemoCompany> peers = DemoCompany.peers();

    assertEquals(12, peers.stream().map(peer -> peer.tenant().id()).distinct().count());
    assertEquals("peer-01", peers.getFirst().tenant().id());
    assertEquals("peer-12", peers.getLast().tenant().id());
    assertEquals(9, peers.stream().filter(p -> "retail".equals(p.tenant().industry())).count());
    for (DemoCompany peer : peers) {
      DemoHistory history = DemoHistory.of(peer, 1, TODAY);
      assertBetween(150, 600, history.truths().size());
      assertBetween(12, 30, peer.months());
      assertBetween(1.5, 20, (double) history.orders() / peer.customers());
    }
  }

  private static Truth truth(String customerId) {
    return Objects.requireNonNull(TRUTHS.get(customerId), customerId);
  }

  private static List<DemoHistory> withPeers() {
    List<DemoHistory> histories = new ArrayList<>(List.of(SHOP));
    DemoCompany.peers().forEach(peer -> histories.add(DemoHistory.of(peer, 1, TODAY)));
    return histories;
  }

  private static List<Batch> all(DemoHistory history, int size) {
    List<Batch> batches = new ArrayList<>();
    for (Iterator<Batch> each = history.batches(size); each.hasNext(); ) {
      batches.add(each.next());
    }
    return batches;
  }

  private static List<Order> orders(List<Batch> batches) {
    return batches.stream().flatMap(batch -> batch.orders().stream()).toList();
  }

  private static List<Instant> orderTimes(Batch batch) {
    return batch.orders().stream().map(Order::orderedAt).toList();
  }

  private static List<Instant> contactTimes(Batch batch) {
    return batch.contacts().stream().map(contact -> contact.interaction().at()).toList();
  }

  private static LocalDate dayOf(Order order) {
    return order.orderedAt().atZone(SHOP.company().tenant().zone()).toLocalDate();
  }

  private static boolean isReduced(Order order) {
    BigDecimal discount = order.discountAmount();
    return discount != null && discount.signum() > 0;
  }

  private static double reducedShareOf(CustomerType type) {
    return shareOf(type, DemoHistoryTest::isReduced);
  }

  private static double returnedShareOf(CustomerType type) {
    return shareOf(type, order -> order.refunded().signum() > 0);
  }

  private static double shareOf(CustomerType type, Predicate<Order> claim) {
    List<Order> theirs = ORDERS.stream().filter(o -> truth(o.customerId()).type() == type).toList();
    return (double) theirs.stream().filter(claim).count() / theirs.size();
  }

  private static double share(Predicate<Order> claim) {
    return (double) ORDERS.stream().filter(claim).count() / ORDERS.size();
  }

  private static void assertBetween(double low, double high, double value) {
    assertTrue(value >= low && value <= high, value + " is not in " + low + " to " + high);
  }
}
