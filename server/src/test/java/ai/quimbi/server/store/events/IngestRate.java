package ai.quimbi.server.store.events;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.LineItem;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.ProfileCodec;
import ai.quimbi.core.customer.RateLookup;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Measures how many orders a second go in, profiles included: `IngestRate [imported] [batches]`.
/// Prints the rate of batches of 500 with nothing stored, of the import, and of batches after it.
public final class IngestRate {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final int CHUNK = 10_000;
  private static final int BATCH = 500;

  private final Random random = new Random(7);
  private final Tenant tenant = EventsDatabase.freshTenant();
  private final Orders orders = new Orders(EventsDatabase.DATABASES);
  private final Imports imports = new Imports(EventsDatabase.DATABASES);
  private int customers;
  private int told;

  public static void main(String[] args) {
    int imported = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
    int batches = args.length > 1 ? Integer.parseInt(args[1]) : 40;
    IngestRate rate = new IngestRate();
    rate.customers = Math.max(1, imported / 5);
    rate.batches("warm-up", batches);
    rate.batches("batches of 500, little stored", batches);
    rate.batches("batches of 500, little stored", batches);
    rate.imported(imported);
    rate.batches("batches of 500, all stored", batches);
    rate.batches("batches of 500, all stored", batches);
    rate.oneCustomer(100_000);
    System.exit(0);
  }

  private void batches(String what, int count) {
    List<List<Order>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(orders(BATCH));
    }
    Moment start = Moment.now();
    for (List<Order> batch : all) {
      orders.ingest(tenant, batch, NOW, OnError.REFUSE_ALL, RateLookup.NONE);
    }
    report(what, count * BATCH, start);
  }

  // Products, days and hours are as many as a real customer of this size has.
  private void oneCustomer(int count) {
    customers = 1;
    List<List<Order>> all = new ArrayList<>();
    for (int i = 0; i < count; i += BATCH) {
      all.add(orders(BATCH));
    }
    Moment start = Moment.now();
    for (List<Order> batch : all) {
      orders.ingest(tenant, batch, NOW, OnError.REFUSE_ALL, RateLookup.NONE);
    }
    report("one customer, batches of 500", count, start);
    List<List<Order>> singles = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      singles.add(orders(1));
    }
    Moment ones = Moment.now();
    for (List<Order> one : singles) {
      orders.ingest(tenant, one, NOW, OnError.REFUSE_ALL, RateLookup.NONE);
    }
    report("one customer, one by one", singles.size(), ones);
    Customers stored = new Customers(EventsDatabase.DATABASES);
    Moment reads = Moment.now();
    long bytes = 0;
    for (int i = 0; i < 100; i++) {
      bytes = ProfileCodec.encode(stored.profile(tenant, "cust_0").orElseThrow()).length;
    }
    report("one customer, profile of " + bytes + " bytes", 100, reads);
  }

  private void imported(int count) {
    List<List<Order>> chunks = new ArrayList<>();
    for (int done = 0; done < count; done += CHUNK) {
      chunks.add(orders(Math.min(CHUNK, count - done)));
    }
    Moment start = Moment.now();
    imports.chunks(tenant, chunks.iterator(), NOW, RateLookup.NONE, chunk -> {});
    report("import, chunks", count, start);
    Moment settling = Moment.now();
    imports.settle(tenant, NOW, done -> {});
    report("import, profiles", count, settling);
    report("import", count, start);
  }

  // On a busy machine the processor time tells more than the clock.
  private static void report(String what, int count, Moment start) {
    Moment end = Moment.now();
    double seconds = (end.nanos - start.nanos) / 1e9;
    System.out.printf(
        "%-32s %,9d orders %6.2f s %,9.0f a second; processor: java %.2f s, postgres %.2f s%n",
        what,
        count,
        seconds,
        count / seconds,
        (end.java - start.java) / 1e9,
        (end.postgres - start.postgres) / 1e9);
  }

  private record Moment(long nanos, long java, long postgres) {
    static Moment now() {
      ProcessHandle self = ProcessHandle.current();
      return new Moment(
          System.nanoTime(), nanos(self), self.descendants().mapToLong(Moment::nanos).sum());
    }

    private static long nanos(ProcessHandle process) {
      return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }
  }

  private List<Order> orders(int count) {
    List<Order> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      List<LineItem> items = new ArrayList<>();
      for (int line = 1 + random.nextInt(2); line > 0; line--) {
        items.add(
            new LineItem(
                "prod_" + random.nextInt(500),
                "Cotton Batting",
                "category" + random.nextInt(8),
                1 + random.nextInt(3),
                BigDecimal.valueOf(random.nextInt(9_000), 2)));
      }
      all.add(
          new Order(
              "shop",
              "order_" + Long.toHexString(random.nextLong()) + told++,
              "cust_" + random.nextInt(customers),
              NOW.minusSeconds(random.nextInt(90_000_000)),
              "USD",
              BigDecimal.valueOf(random.nextInt(20_000), 2),
              Order.Status.PAID,
              false,
              null,
              null,
              List.of(),
              "web",
              items,
              null));
    }
    return all;
  }
}
