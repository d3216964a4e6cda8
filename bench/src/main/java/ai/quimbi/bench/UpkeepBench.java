package ai.quimbi.bench;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.LineItem;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.customer.PurchaseDay;
import ai.quimbi.core.customer.RateLookup;
import ai.quimbi.core.forecast.Revenue;
import ai.quimbi.server.api.Backfill;
import ai.quimbi.server.api.ModelShelf;
import ai.quimbi.server.api.Refit;
import ai.quimbi.server.api.Scoreboard;
import ai.quimbi.server.app.Config;
import ai.quimbi.server.app.Installation;
import ai.quimbi.server.app.Settings;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.events.Customers;
import ai.quimbi.server.store.events.Imports;
import ai.quimbi.server.store.events.Models;
import ai.quimbi.server.store.events.PastRows;
import ai.quimbi.server.store.events.RefitLog;
import ai.quimbi.server.store.events.Scores;
import ai.quimbi.server.store.events.Snapshots;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `./quimbi bench upkeep [CUSTOMERS]`: what is done for a tenant as a whole, after an import: the
/// fit, everybody's scores for the first time, on the next day and when nothing has changed, the
/// months before, and the revenue forecast. Each once: they are long.
final class UpkeepBench {
  private static final int CHUNK = 10_000;

  private UpkeepBench() {}

  static void run(String[] arguments) throws Exception {
    int customers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    Config config =
        Settings.read(Map.of("QUIMBI_DATA", Files.createTempDirectory("quimbi-bench").toString()));
    InstantSource clock = InstantSource.system();
    try (Installation installation = Installation.ofServer(config, "bench", nanos -> {})) {
      Databases databases = installation.databases();
      Tenant tenant =
          new Tenant("bench", "Bench", "retail", ZoneOffset.UTC, Currency.getInstance("USD"));
      databases.tenants().create(tenant);
      Instant now = clock.instant();
      int today = (int) LocalDate.ofInstant(now, ZoneOffset.UTC).toEpochDay();
      long orders = fill(databases, tenant, customers, today, now);
      System.out.printf(Locale.ROOT, "%,d customers, %,d orders%n", customers, orders);

      Customers read = new Customers(databases);
      ModelShelf shelf = new ModelShelf(new Models(databases));
      Refit refit = new Refit(read, shelf, new RefitLog(databases), clock);
      Scoreboard scoreboard =
          new Scoreboard(new Scores(databases), new Snapshots(databases), shelf);
      Backfill backfill = new Backfill(read, new PastRows(databases), shelf);
      time("fit of both models", customers, () -> refit.now(tenant));
      time("first scores", customers, () -> scoreboard.completely(tenant, now));
      time("scores, nothing changed", customers, () -> scoreboard.completely(tenant, now));
      Instant tomorrow = now.plus(Duration.ofDays(1));
      time("scores of the next day", customers, () -> scoreboard.completely(tenant, tomorrow));
      for (int round = 0; round < 2; round++) {
        time(
            "revenue, 12 months",
            customers,
            () -> Revenue.of(read.everyProfile(tenant), shelf.of(tenant).forecast(), today, 12));
      }
      time("months before", customers, () -> backfill.run(tenant, now));
    }
  }

  private static long fill(
      Databases databases, Tenant tenant, int customers, int today, Instant now) {
    PlantedShop shop = new PlantedShop(today);
    Imports imports = new Imports(databases);
    List<Order> chunk = new ArrayList<>();
    long orders = 0;
    for (int i = 0; i < customers; i++) {
      Profile profile = shop.customer(i);
      for (PurchaseDay day : profile.purchaseDays()) {
        chunk.add(order("c" + i, day));
        orders++;
      }
      if (chunk.size() >= CHUNK || i == customers - 1) {
        imports.chunk(tenant, chunk, now, RateLookup.NONE);
        chunk.clear();
      }
    }
    imports.settle(tenant, now, count -> {});
    return orders;
  }

  private static Order order(String customer, PurchaseDay day) {
    BigDecimal total = BigDecimal.valueOf(Math.max(1, day.netMinor() + day.refundedMinor()), 2);
    return new Order(
        "bench",
        customer + "-" + day.day(),
        customer,
        Instant.ofEpochSecond(86_400L * day.day()),
        "USD",
        total,
        Order.Status.PAID,
        true,
        BigDecimal.valueOf(day.discountMinor(), 2),
        BigDecimal.valueOf(day.refundedMinor(), 2),
        List.of(),
        null,
        List.of(
            new LineItem(
                "p" + day.day() % 50, "p" + day.day() % 50, "c" + day.day() % 4, 1, total)),
        null);
  }

  private static void time(String what, int customers, Runnable work) {
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT, "%-26s %8.2f s  %,12.0f customers/s%n", what, seconds, customers / seconds);
  }
}
