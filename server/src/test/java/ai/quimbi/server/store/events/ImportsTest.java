package ai.quimbi.server.store.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.RateLookup;
import ai.quimbi.server.store.NoSuchTenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportsTest {
  private static final Instant NOW = Instant.parse("2025-06-01T00:00:00Z");
  private static final int LARGE = 2_500; // goes in by COPY

  private final Orders orders = new Orders(EventsDatabase.DATABASES);
  private final Imports imports = new Imports(EventsDatabase.DATABASES);
  private final Customers customers = new Customers(EventsDatabase.DATABASES);

  @Test
  void a_large_chunk_stores_what_many_small_batches_store() {
    List<Order> told = largeChunk();
    Tenant imported = EventsDatabase.freshTenant();
    Tenant ingested = EventsDatabase.freshTenant();

    Ingestion.Done done = imports.chunk(imported, told, NOW, RateLookup.NONE);
    for (int from = 0; from < LARGE; from += 500) {
      List<Order> batch = told.subList(from, from + 500);
      orders.ingest(ingested, batch, NOW, OnError.REFUSE_ALL, RateLookup.NONE);
    }

    assertEquals(LARGE, done.ingested());
    assertEquals(customers.list(ingested, 1_000, null), customers.list(imported, 1_000, null));
    assertEquals(rows(ingested), rows(imported));
  }

  @Test
  void profiles_are_right_before_and_after_they_are_settled() {
    List<Order> told = largeChunk();
    Tenant tenant = EventsDatabase.freshTenant();
    orders.ingest(tenant, told.subList(0, 100), NOW, OnError.REFUSE_ALL, RateLookup.NONE);
    imports.chunk(tenant, told, NOW, RateLookup.NONE);

    List<Customers.Entry> before = customers.list(tenant, 1_000, null);
    long settled = imports.settle(tenant, NOW, done -> {});
    List<Customers.Entry> after = customers.list(tenant, 1_000, null);

    assertEquals(before, after);
    assertEquals(before.size(), settled);
    assertEquals(0, imports.settle(tenant, NOW, done -> {}));
  }

  @Test
  void an_import_adds_what_it_changed_to_what_was_there_unless_others_changed_it_too() {
    Tenant tenant = EventsDatabase.freshTenant();
    Imports other = new Imports(EventsDatabase.DATABASES);
    orders.ingest(tenant, orders("old", 0, 60), NOW, OnError.REFUSE_ALL, RateLookup.NONE);

    imports.chunk(tenant, orders("new", 0, 60), NOW, RateLookup.NONE);
    Order moved = Told.order("old0", "c5", "99.00", Told.NOON.plusSeconds(5));
    imports.chunk(tenant, List.of(moved), NOW, RateLookup.NONE);
    orders.ingest(tenant, orders("api", 0, 4), NOW, OnError.REFUSE_ALL, RateLookup.NONE);
    other.chunk(tenant, orders("other", 4, 8), NOW, RateLookup.NONE);
    imports.chunk(tenant, orders("newer", 0, 12), NOW, RateLookup.NONE);
    assertEquals(20, imports.settle(tenant, NOW, done -> {}));
    // What the other one kept has been added up already, and is not added again.
    assertEquals(0, other.settle(tenant, NOW, done -> {}));
    other.chunk(tenant, orders("last", 0, 3), NOW, RateLookup.NONE);
    assertEquals(3, other.settle(tenant, NOW, done -> {}));

    assertEquals(143, customers.counts(tenant).orders());
    assertEveryProfileIsWhatTheEventsSay(tenant);
  }

  @Test
  void what_another_import_has_added_up_is_not_added_again() {
    Tenant tenant = EventsDatabase.freshTenant();
    Imports other = new Imports(EventsDatabase.DATABASES);

    imports.chunk(tenant, orders("a", 0, 40), NOW, RateLookup.NONE);
    other.chunk(tenant, orders("b", 0, 10), NOW, RateLookup.NONE);
    // It ends while the first is in the middle, and adds up its customers, too.
    assertEquals(20, other.settle(tenant, NOW, done -> {}));
    imports.chunk(tenant, orders("c", 0, 20), NOW, RateLookup.NONE);
    assertEquals(20, imports.settle(tenant, NOW, done -> {}));

    assertEveryProfileIsWhatTheEventsSay(tenant);
  }

  private void assertEveryProfileIsWhatTheEventsSay(Tenant tenant) {
    for (Customers.Entry entry : customers.list(tenant, 1_000, null)) {
      assertEquals(
          customers.history(tenant, entry.customerId()).profile(Orders.ledger(tenant)),
          entry.profile(),
          entry.customerId());
    }
  }

  private static List<Order> orders(String prefix, int from, int to) {
    List<Order> told = new ArrayList<>();
    for (int i = from; i < to; i++) {
      told.add(Told.order(prefix + i, "c" + i % 20, i % 90 + ".50"));
    }
    return told;
  }

  @Test
  void a_chunk_sent_again_is_all_duplicates_and_leaves_no_profile_to_settle() {
    List<Order> told = largeChunk();
    Tenant tenant = EventsDatabase.freshTenant();
    imports.chunk(tenant, told, NOW, RateLookup.NONE);
    imports.settle(tenant, NOW, done -> {});

    Ingestion.Done again = imports.chunk(tenant, told, NOW, RateLookup.NONE);

    assertEquals(LARGE, again.duplicates());
    assertEquals(0, imports.settle(tenant, NOW, done -> {}));
  }

  @Test
  void chunks_are_stored_in_their_order_while_the_next_are_read() {
    Tenant tenant = EventsDatabase.freshTenant();
    List<List<Order>> read = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      read.add(List.of(Told.order("o1", "c" + i % 3, i + ".00"), Told.order("x" + i, "c1", "1")));
    }
    List<List<Order>> stored = new ArrayList<>();

    imports.chunks(
        tenant, read.iterator(), NOW, RateLookup.NONE, chunk -> stored.add(chunk.rows()));

    assertEquals(read, stored);
    assertEquals(3_000, customers.profile(tenant, "c0").orElseThrow().netMinor());
    assertEquals(31, customers.counts(tenant).orders());
  }

  @Test
  void a_chunk_that_cannot_be_stored_ends_the_import() {
    Tenant gone = EventsDatabase.freshTenant();
    EventsDatabase.DATABASES.tenants().delete(gone.id());
    List<List<Order>> read = List.of(List.of(Told.order("o1", "c1", "1")));

    assertThrows(
        NoSuchTenant.class,
        () -> imports.chunks(gone, read.iterator(), NOW, RateLookup.NONE, chunk -> {}));
  }

  private static List<Order> largeChunk() {
    List<Order> chunk = new ArrayList<>(LARGE);
    for (int i = 0; i < LARGE; i++) {
      Instant updatedAt = i % 3 == 0 ? null : Told.NOON.plusSeconds(i).plusNanos(123_456_789);
      chunk.add(Told.order("ö🧵" + i, "c/" + i % 70, i % 90 + ".50", updatedAt));
    }
    return chunk;
  }

  private static List<String> rows(Tenant tenant) {
    return EventsDatabase.DATABASES.read(
        tenant.id(),
        handle ->
            handle
                .createQuery(
                    """
                    SELECT concat_ws('|', source, order_id, customer_id, ordered_at, updated_at,
                                     received_at, net_minor, rate, content, fingerprint)
                      FROM app.orders ORDER BY source, order_id
                    """)
                .mapTo(String.class)
                .list());
  }
}
