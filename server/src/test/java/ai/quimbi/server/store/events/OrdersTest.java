package ai.quimbi.server.store.events;

import static ai.quimbi.server.store.events.Told.NOON;
import static ai.quimbi.server.store.events.Told.foreign;
import static ai.quimbi.server.store.events.Told.order;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.History;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.customer.RateLookup;
import ai.quimbi.core.customer.RatedOrder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrdersTest {
  private static final Instant T1 = Instant.parse("2025-01-01T00:00:00Z");
  private static final Instant T2 = Instant.parse("2025-01-02T00:00:00Z");
  private static final Instant T3 = Instant.parse("2025-01-03T00:00:00Z");

  private final Tenant tenant = EventsDatabase.freshTenant();
  private final Orders orders = new Orders(EventsDatabase.DATABASES);
  private final Customers customers = new Customers(EventsDatabase.DATABASES);

  @Test
  void an_order_sent_again_unchanged_is_a_duplicate() {
    Ingestion.Done first = tell(T1, order("o1", "c1", "10.00"), order("o2", "c1", "5.00"));
    Ingestion.Done again = tell(T2, order("o1", "c1", "10.0"), order("o3", "c2", "1.00"));

    assertEquals(2, first.ingested());
    assertEquals(Set.of("c1"), first.customersUpdated());
    assertEquals(1, again.ingested());
    assertEquals(1, again.duplicates());
    assertEquals(Set.of("c2"), again.customersUpdated());
    assertEquals(1_500, net("c1"));
    assertEquals(new Customers.Counts(2, 3, 0), customers.counts(tenant));
  }

  @Test
  void without_updated_at_the_later_arrival_wins_also_with_an_earlier_content() {
    tell(T1, order("o1", "c1", "10.00"));
    tell(T2, order("o1", "c1", "20.00"));
    assertEquals(2_000, net("c1"));

    Ingestion.Done back = tell(T3, order("o1", "c1", "10.00"));

    assertEquals(1, back.ingested());
    assertEquals(1_000, net("c1"));
  }

  @Test
  void the_greater_updated_at_wins_whenever_it_arrives() {
    tell(T1, order("o1", "c1", "20.00", T2));

    Ingestion.Done older = tell(T2, order("o1", "c1", "10.00", T1));
    Ingestion.Done undated = tell(T2, order("o1", "c1", "11.00"));
    Ingestion.Done olderAgain = tell(T3, order("o1", "c1", "10.00", T1));

    assertEquals(List.of(new RowResult.Stored(false)), older.rows());
    assertEquals(Set.of(), older.customersUpdated());
    assertEquals(1, undated.ingested());
    assertEquals(1, olderAgain.duplicates());
    assertEquals(2_000, net("c1"));
  }

  @Test
  void versions_in_one_batch_are_told_apart_by_updated_at() {
    Ingestion.Done done =
        tell(
            T3,
            order("o1", "c1", "30.00", T3),
            order("o1", "c1", "10.00", T1),
            order("o1", "c1", "30.0", T3),
            order("o1", "c1", "20.00", T2));

    assertEquals(3, done.ingested());
    assertEquals(1, done.duplicates());
    assertEquals(3_000, net("c1"));
    assertEquals(3, versions());
  }

  @Test
  void the_same_order_twice_in_a_batch_with_different_content_is_refused() {
    Ingestion refused =
        orders.ingest(
            tenant,
            List.of(order("o1", "c1", "1"), order("o2", "c1", "1"), order("o1", "c1", "2")),
            T1,
            OnError.REFUSE_ALL,
            RateLookup.NONE);

    var faults = assertInstanceOf(Ingestion.Refused.class, refused).of("orders");
    assertEquals(
        List.of("orders[0].order_id", "orders[2].order_id"),
        faults.stream().map(fault -> fault.path()).toList());
    assertEquals(new Customers.Counts(0, 0, 0), customers.counts(tenant));
  }

  @Test
  void one_bad_row_refuses_all_or_only_itself() {
    List<Order> batch = List.of(order("o1", "c1", "1.00"), order("o2", "c1", "-1"));

    Ingestion refused = orders.ingest(tenant, batch, T1, OnError.REFUSE_ALL, RateLookup.NONE);
    assertInstanceOf(Ingestion.Refused.class, refused);
    assertEquals(Optional.empty(), customers.profile(tenant, "c1"));

    Ingestion rest = orders.ingest(tenant, batch, T1, OnError.CONTINUE, RateLookup.NONE);
    Ingestion.Done done = assertInstanceOf(Ingestion.Done.class, rest);
    assertEquals(1, done.ingested());
    assertEquals(1, done.rejected());
    assertInstanceOf(RowResult.Rejected.class, done.rows().get(1));
    assertEquals(100, net("c1"));
  }

  @Test
  void an_order_moves_to_another_customer_and_both_profiles_follow() {
    tell(T1, order("o1", "c1", "10.00"), order("o2", "c1", "1.00"));

    Ingestion.Done moved = tell(T2, order("o1", "c2", "10.00"));

    assertEquals(Set.of("c1", "c2"), moved.customersUpdated());
    assertEquals(100, net("c1"));
    assertEquals(1_000, net("c2"));
  }

  @Test
  void a_customer_whose_only_order_moved_away_is_unknown_again() {
    tell(T1, order("o1", "c1", "10.00"));
    tell(T2, order("o1", "c2", "10.00"));

    assertEquals(Optional.empty(), customers.profile(tenant, "c1"));
    assertEquals(
        List.of("c2"),
        customers.list(tenant, 10, null).stream().map(Customers.Entry::customerId).toList());
    assertEquals(1, customers.counts(tenant).customers());
  }

  @Test
  void a_refund_and_a_cancellation_take_the_value_back() {
    tell(T1, order("o1", "c1", "10.00"), order("o2", "c1", "5.00"));

    tell(T2, order("o1", "c1", "10.00", Order.Status.REFUNDED, T2));
    assertEquals(500, net("c1"));
    assertEquals(2, customers.profile(tenant, "c1").orElseThrow().orders());

    tell(T3, order("o2", "c1", "5.00", Order.Status.CANCELLED, T2));
    assertEquals(0, net("c1"));
    assertEquals(1, customers.profile(tenant, "c1").orElseThrow().orders());
  }

  @Test
  void another_currency_is_counted_at_the_rate_of_its_day_and_keeps_it() {
    RateLookup early = (currency, day) -> Optional.of(new BigDecimal("1.10"));
    RateLookup late = (currency, day) -> Optional.of(new BigDecimal("2.00"));

    orders.ingest(tenant, List.of(foreign("o1", "c1", "10", "EUR")), T1, OnError.REFUSE_ALL, early);
    orders.ingest(tenant, List.of(foreign("o1", "c1", "10", "EUR")), T2, OnError.REFUSE_ALL, late);
    assertEquals(1_100, net("c1"));

    Ingestion none =
        orders.ingest(
            tenant,
            List.of(foreign("o2", "c1", "10", "GBP")),
            T2,
            OnError.REFUSE_ALL,
            RateLookup.NONE);
    String message =
        assertInstanceOf(Ingestion.Refused.class, none).of("orders").getFirst().message();
    assertTrue(message.contains("GBP") && message.contains("2024-03-15"), message);
  }

  @Test
  void what_was_known_at_a_time_can_be_asked() {
    tell(T1, order("o1", "c1", "10.00", T1), order("o2", "c1", "1.00"));
    tell(T2, order("o1", "c2", "20.00", T2));
    tell(T3, order("o1", "c1", "15.00", NOON)); // older than both: it loses

    assertEquals(List.of("10", "1"), totals(customers.historyKnownAt(tenant, "c1", T1)));
    assertEquals(List.of("1"), totals(customers.historyKnownAt(tenant, "c1", T2)));
    assertEquals(List.of("20"), totals(customers.historyKnownAt(tenant, "c2", T3)));
    assertEquals(List.of(), totals(customers.historyKnownAt(tenant, "c2", T1)));
    assertEquals(
        totals(customers.history(tenant, "c1")),
        totals(customers.historyKnownAt(tenant, "c1", T3)));
  }

  @Test
  void orders_told_in_a_question_take_the_place_of_stored_ones() {
    tell(T1, order("o1", "c1", "10.00"), order("o2", "c1", "5.00"), order("o3", "c2", "7.00"));

    Profile without = customers.profileWithout(tenant, "c1", Set.of("o1", "o3")).orElseThrow();
    List<RatedOrder> stored = customers.storedOrders(tenant, "c1", Set.of("o1", "o3"));

    assertEquals(500, without.netMinor());
    assertEquals(List.of("o1"), stored.stream().map(rated -> rated.order().orderId()).toList());
    assertEquals(Optional.empty(), customers.profileWithout(tenant, "nobody", Set.of("o1")));
    assertTrue(
        customers.profileWithout(tenant, "c2", Set.of("o3")).orElseThrow().isEmpty(),
        "known, with nothing left");
  }

  @Test
  void customers_come_in_pages_in_the_order_of_their_ids() {
    for (String id : List.of("b", "a/b", "..", "50%", "Z", "é", "🧵", "a")) {
      tell(T1, order("o" + id, id, "1.00"));
    }

    List<String> first = ids(customers.list(tenant, 5, null));
    List<String> rest = ids(customers.list(tenant, 5, first.getLast()));

    assertEquals(List.of("..", "50%", "Z", "a", "a/b"), first);
    assertEquals(List.of("b", "é", "🧵"), rest);
  }

  private Ingestion.Done tell(Instant receivedAt, Order... told) {
    return IngestionAlgebraTest.done(
        orders.ingest(tenant, List.of(told), receivedAt, OnError.REFUSE_ALL, RateLookup.NONE));
  }

  private long net(String customer) {
    return customers.profile(tenant, customer).orElseThrow().netMinor();
  }

  private long versions() {
    return EventsDatabase.DATABASES.read(
        tenant.id(),
        handle ->
            handle.createQuery("SELECT count(*) FROM app.order_version").mapTo(Long.class).one());
  }

  private static List<String> totals(History history) {
    return history.orders().stream().map(rated -> rated.order().total().toPlainString()).toList();
  }

  private static List<String> ids(List<Customers.Entry> page) {
    return page.stream().map(Customers.Entry::customerId).toList();
  }
}
