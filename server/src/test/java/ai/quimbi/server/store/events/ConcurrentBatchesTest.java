package ai.quimbi.server.store.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.customer.RateLookup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Batches that overlap in orders and customers, at the same time.
class ConcurrentBatchesTest {
  private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");

  private final Tenant tenant = EventsDatabase.freshTenant();
  private final Orders orders = new Orders(EventsDatabase.DATABASES);
  private final Imports imports = new Imports(EventsDatabase.DATABASES);
  private final Customers customers = new Customers(EventsDatabase.DATABASES);

  @Test
  void the_same_orders_from_many_at_once_are_counted_once() throws Exception {
    List<Order> batch = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      batch.add(Told.order("o" + i, "c" + i % 20, "1.00"));
    }
    List<Callable<Integer>> tellers = new ArrayList<>();
    for (int teller = 0; teller < 8; teller++) {
      List<Order> shuffled = new ArrayList<>(batch);
      Collections.shuffle(shuffled, new Random(teller));
      tellers.add(() -> tell(shuffled).ingested());
    }

    int ingested = all(tellers).stream().mapToInt(Integer::intValue).sum();

    assertEquals(150, ingested);
    assertEquals(new Customers.Counts(20, 150, 0), customers.counts(tenant));
    assertProfilesAreTheirHistories();
  }

  @Test
  void changes_moves_imports_and_settling_at_once_lose_nothing() throws Exception {
    List<Callable<Integer>> work = new ArrayList<>();
    for (int teller = 0; teller < 6; teller++) {
      int seed = teller;
      work.add(
          () -> {
            Random random = new Random(seed);
            int told = 0;
            for (int round = 0; round < 12; round++) {
              List<Order> batch = new ArrayList<>();
              for (int id = 0; id < 60; id++) {
                if (random.nextInt(3) == 0) {
                  String total = random.nextInt(50) + ".00";
                  batch.add(Told.order("o" + id, "c" + random.nextInt(15), total));
                }
              }
              Collections.shuffle(batch, random);
              told +=
                  seed == 0
                      ? imports.chunk(tenant, batch, NOW, RateLookup.NONE).ingested()
                      : tell(batch).ingested();
              if (seed <= 1) {
                imports.settle(tenant, NOW, done -> {});
              }
            }
            return told;
          });
    }

    all(work);
    assertProfilesAreTheirHistories();
    imports.settle(tenant, NOW, done -> {});
    assertProfilesAreTheirHistories();
  }

  @Test
  void imports_that_end_in_the_middle_of_each_other_count_everything_once() throws Exception {
    List<Callable<Integer>> work = new ArrayList<>();
    for (int importer = 0; importer < 3; importer++) {
      int seed = importer;
      work.add(
          () -> {
            Random random = new Random(seed);
            Imports own = new Imports(EventsDatabase.DATABASES);
            int told = 0;
            for (int chunk = 0; chunk < 40; chunk++) {
              List<Order> batch = new ArrayList<>();
              for (int id = 0; id < 10; id++) {
                String order = seed + "/" + random.nextInt(1_000);
                String customer = "c" + random.nextInt(90); // few meet two imports at once
                batch.add(Told.order(order, customer, chunk + ".10"));
              }
              told += own.chunk(tenant, batch, NOW, RateLookup.NONE).ingested();
              if (random.nextInt(4) == 0) {
                own.settle(tenant, NOW, done -> {});
              }
            }
            own.settle(tenant, NOW, done -> {});
            return told;
          });
    }

    all(work);
    assertEquals(0, imports.settle(tenant, NOW, done -> {}));
    assertProfilesAreTheirHistories();
  }

  private void assertProfilesAreTheirHistories() {
    List<Customers.Entry> all = customers.list(tenant, 100, null);
    for (Customers.Entry entry : all) {
      Profile expected =
          customers.history(tenant, entry.customerId()).profile(Orders.ledger(tenant));
      assertEquals(expected, entry.profile(), entry.customerId());
    }
  }

  private Ingestion.Done tell(List<Order> batch) {
    return IngestionAlgebraTest.done(
        orders.ingest(tenant, batch, NOW, OnError.REFUSE_ALL, RateLookup.NONE));
  }

  private static <T> List<T> all(List<Callable<T>> work) throws Exception {
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<T> future : threads.invokeAll(work)) {
        results.add(future.get());
      }
    }
    return results;
  }
}
