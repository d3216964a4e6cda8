package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.ApiKey.Mode;
import ai.quimbi.core.access.Quota;
import ai.quimbi.core.access.Scope;
import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.RatedOrder;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.Keys;
import ai.quimbi.server.store.events.Customers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server is killed again and again while callers send orders, by SIGKILL at any moment and
/// between a commit and its reply. Callers send again what was not acknowledged.
class KillDuringIngestionTest {
  private static final int CUSTOMERS = 7;
  private static final int BATCH = 20;
  private static final int SENDERS = 3;

  @TempDir Path folder;
  private final Random chance = new Random(20260315);
  private final AtomicInteger batches = new AtomicInteger();
  private final ArrayDeque<Integer> unsure = new ArrayDeque<>();
  private final Set<Integer> acknowledged = new HashSet<>();
  private int retold;

  @Test
  void four_kills_lose_no_acknowledged_order_and_double_none() throws Exception {
    killAndCheck(4);
  }

  @Test
  @Tag("battery")
  @Tag("battery-kill")
  void sixty_kills_lose_no_acknowledged_order_and_double_none() throws Exception {
    killAndCheck(60);
  }

  private void killAndCheck(int kills) throws Exception {
    Path data = folder.resolve("data");
    Path log = folder.resolve("log");
    String key = prepare(data);
    for (int kill = 0; kill < kills; kill++) {
      boolean betweenCommitAndReply = kill % 2 == 1;
      int dieAt = betweenCommitAndReply ? 1 + chance.nextInt(30) : 0;
      try (ServerProcess server =
          ServerProcess.start(log, DoomedServer.class, data.toString(), "" + dieAt)) {
        int port = server.awaitPort();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
          senders.add(Thread.ofVirtual().start(() -> sendUntilDead(port, key)));
        }
        if (betweenCommitAndReply) {
          server.awaitEnd();
        } else {
          Thread.sleep(100 + chance.nextInt(600));
          server.kill();
        }
        for (Thread sender : senders) {
          sender.join();
        }
      }
    }
    finishWhatIsUnsure(data, log, key);
    check(data, kills);
  }

  private String prepare(Path data) {
    try (Installation installation = open(data)) {
      Databases databases = installation.databases();
      Tenant tenant =
          new Tenant("shop", "Shop", null, ZoneId.of("UTC"), Currency.getInstance("USD"));
      databases.tenants().create(tenant);
      Keys.Wish wish =
          new Keys.Wish(
              "", EnumSet.allOf(Scope.class), Mode.TEST, new Quota(10_000_000, 100_000_000), null);
      Keys.Addition addition = databases.keys().add("shop", wish, Instant.now());
      return ((Keys.Addition.Added) addition).secret();
    }
  }

  private static Installation open(Path data) {
    return Installation.ofCommand(Settings.read(Map.of("QUIMBI_DATA", data.toString())), "test");
  }

  private void sendUntilDead(int port, String key) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (true) {
        int batch = nextBatch();
        try {
          int status = send(http, port, key, batch);
          if (status != 200) {
            remember(batch);
            continue;
          }
          synchronized (this) {
            acknowledged.add(batch);
          }
        } catch (IOException e) {
          remember(batch);
          return;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private synchronized int nextBatch() {
    if (unsure.isEmpty()) {
      return batches.getAndIncrement();
    }
    retold++;
    return unsure.removeFirst();
  }

  private synchronized void remember(int batch) {
    unsure.addLast(batch);
  }

  private static int send(HttpClient http, int port, String key, int batch)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/data/ingest_orders"))
            .timeout(Duration.ofSeconds(20))
            .header("X-API-Key", key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(ordersOf(batch)))
            .build();
    return http.send(request, BodyHandlers.ofString()).statusCode();
  }

  private static String ordersOf(int batch) {
    List<String> orders = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      int number = batch * BATCH + i;
      orders.add(
          """
          {"customer_id": "c%d", "order_id": "o%d", "order_date": "2026-01-%02dT10:00:00Z",
           "total_price": 1.00}
          """
              .formatted(number % CUSTOMERS, number, 1 + number % 28));
    }
    return "{\"source\": \"shop\", \"orders\": [" + String.join(",", orders) + "]}";
  }

  private void finishWhatIsUnsure(Path data, Path log, String key) throws Exception {
    try (ServerProcess server = ServerProcess.start(log, DoomedServer.class, data.toString(), "0");
        HttpClient http = HttpClient.newHttpClient()) {
      int port = server.awaitPort();
      while (!unsure.isEmpty()) {
        int batch = unsure.removeFirst();
        assertEquals(200, send(http, port, key, batch));
        acknowledged.add(batch);
      }
      server.kill();
    }
  }

  private void check(Path data, int kills) {
    try (Installation installation = open(data)) {
      Customers customers = new Customers(installation.databases());
      Tenant tenant = installation.databases().tenants().find("shop").orElseThrow();
      Map<String, Integer> seen = new TreeMap<>();
      long counted = 0;
      for (int c = 0; c < CUSTOMERS; c++) {
        String id = "c" + c;
        for (RatedOrder rated : customers.history(tenant, id).orders()) {
          seen.merge(rated.order().orderId(), 1, Integer::sum);
        }
        counted += customers.profile(tenant, id).orElseThrow().orders();
      }
      int expected = acknowledged.size() * BATCH;
      assertTrue(acknowledged.size() > kills, "too little was sent to show anything");
      assertTrue(retold > 0, "nothing was ever sent twice");
      for (int batch : acknowledged) {
        for (int i = 0; i < BATCH; i++) {
          assertEquals(1, seen.get("o" + (batch * BATCH + i)), "order " + (batch * BATCH + i));
        }
      }
      assertEquals(expected, seen.size());
      // What the profiles count is what the orders are.
      assertEquals(expected, counted);
    }
  }
}
