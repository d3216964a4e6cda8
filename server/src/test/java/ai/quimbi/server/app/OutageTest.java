package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.ApiKey.Mode;
import ai.quimbi.core.access.Quota;
import ai.quimbi.core.access.Scope;
import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.store.Keys;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// PostgreSQL goes away under load and comes back.
class OutageTest {
  @TempDir Path folder;

  @Test
  void while_the_database_is_gone_callers_hear_503_and_then_it_goes_on() throws Exception {
    Config config =
        Settings.read(Map.of("QUIMBI_PORT", "0", "QUIMBI_DATA", folder.resolve("data").toString()));
    try (Server server = Server.start(config, "serve", InstantSource.system());
        HttpClient http = HttpClient.newHttpClient()) {
      Tenant tenant =
          new Tenant("shop", "Shop", null, ZoneId.of("UTC"), Currency.getInstance("USD"));
      server.databases().tenants().create(tenant);
      String key = key(server);
      AtomicBoolean isOver = new AtomicBoolean();
      AtomicInteger number = new AtomicInteger();
      ConcurrentLinkedQueue<Integer> acknowledged = new ConcurrentLinkedQueue<>();
      ConcurrentLinkedQueue<HttpResponse<String>> refusals = new ConcurrentLinkedQueue<>();
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        callers.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      while (!isOver.get()) {
                        int order = number.getAndIncrement();
                        HttpResponse<String> answer = send(http, server.port(), key, order);
                        if (answer.statusCode() == 200) {
                          acknowledged.add(order);
                        } else {
                          refusals.add(answer);
                        }
                      }
                    }));
      }
      awaitMore(acknowledged, 20);
      kill(postmaster());
      awaitMore(refusals, 1);
      awaitMore(acknowledged, 20);
      isOver.set(true);
      for (Thread caller : callers) {
        caller.join();
      }

      for (HttpResponse<String> refusal : refusals) {
        assertEquals(503, refusal.statusCode(), refusal.body());
        JsonNode error = Wire.JSON.readTree(refusal.body()).path("error");
        assertEquals("SERVICE_UNAVAILABLE", error.path("code").asText());
        assertTrue(refusal.headers().firstValue("Retry-After").orElse("").matches("[1-9]\\d*"));
      }
      HttpResponse<String> facts = get(http, server.port(), key, "/api/customers/c");
      JsonNode stored = Wire.JSON.readTree(facts.body()).path("total_orders");
      assertTrue(stored.asInt() >= acknowledged.size(), stored + " < " + acknowledged.size());
      assertTrue(stored.asInt() <= number.get());
    }
  }

  private static String key(Server server) {
    Keys.Wish wish =
        new Keys.Wish(
            "", EnumSet.allOf(Scope.class), Mode.TEST, new Quota(10_000_000, 100_000_000), null);
    Keys.Addition addition = server.databases().keys().add("shop", wish, Instant.now());
    return ((Keys.Addition.Added) addition).secret();
  }

  private long postmaster() throws IOException {
    Path file = folder.resolve("data/pg/postmaster.pid");
    return Long.parseLong(Files.readAllLines(file).getFirst().strip());
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  private static void awaitMore(ConcurrentLinkedQueue<?> queue, int more)
      throws InterruptedException {
    int from = queue.size();
    Instant end = Instant.now().plusSeconds(60);
    while (queue.size() < from + more) {
      assertTrue(Instant.now().isBefore(end), "nothing more came within a minute");
      Thread.sleep(10);
    }
  }

  private static HttpResponse<String> send(HttpClient http, int port, String key, int order) {
    String body =
        """
        {"source": "s", "orders": [{"customer_id": "c", "order_id": "o%d",
          "order_date": "2026-01-01T10:00:00Z", "total_price": 1.00}]}
        """
            .formatted(order);
    return call(
        http,
        request(port, key, "/api/data/ingest_orders").POST(BodyPublishers.ofString(body)).build());
  }

  private static HttpResponse<String> get(HttpClient http, int port, String key, String path) {
    return call(http, request(port, key, path).GET().build());
  }

  private static HttpRequest.Builder request(int port, String key, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("X-API-Key", key)
        .header("Content-Type", "application/json");
  }

  private static HttpResponse<String> call(HttpClient http, HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException("the server itself stays", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
