package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.ApiKey.Mode;
import ai.quimbi.core.access.Scope;
import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.jobs.Endings;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.Keys;
import ai.quimbi.server.store.Secrets;
import ai.quimbi.server.store.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Servers are killed by SIGKILL in the middle of an import, an export and a refit: held there by
/// locks of the test, so that the moment is no matter of luck. A third server takes the jobs up
/// when their leases are over. A trigger counts how often each comes to its end.
class KilledJobsTest {
  /// An import stores 10,000 orders at a time: the second lot is the one that is cut off.
  private static final int ORDERS = 12_000;

  private static final String LATE = "c-late";
  private static final List<String> CUSTOMERS =
      IntStream.range(0, 10).mapToObj(i -> "c-" + i).toList();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private Databases databases;
  private Endings endings;
  private String installation;
  private Company importing;
  private Company other;

  private record Company(Tenant tenant, String key) {}

  private record Begun(String imported, String exported, String refit) {}

  @BeforeEach
  void two_companies() {
    installation = "killed" + Long.toString(ProcessHandle.current().pid(), 36);
    databases =
        Databases.open(
            TestDatabase.operator(),
            Secrets.inFolder(folder),
            Databases.Limits.DEFAULT.withInstallation(installation));
    importing = company("importing");
    other = company("other");
    endings = Endings.counted(databases);
  }

  @AfterEach
  void remove_them() {
    databases.tenants().delete("importing");
    databases.tenants().delete("other");
    databases.close();
  }

  @Test
  void an_import_an_export_and_a_refit_whose_servers_are_killed_end_once_and_right()
      throws Exception {
    Begun begun;
    try (ServerProcess first = server();
        ServerProcess second = server()) {
      int port = first.awaitPort();
      second.awaitPort();
      post(port, importing, "/api/data/ingest_orders", orders(List.of(LATE), 1));
      post(port, other, "/api/data/ingest_orders", orders(CUSTOMERS, 90));
      begun =
          whileHeld(
              importing,
              "SELECT FROM app.customer WHERE customer_id = '" + LATE + "' FOR UPDATE",
              () ->
                  whileHeld(
                      other,
                      "LOCK TABLE app.score, app.refit, app.model IN EXCLUSIVE MODE",
                      () -> {
                        Begun all = begin(port);
                        assertEquals(10_001, ordersOf(importing), "half of the file is stored");
                        first.kill();
                        second.kill();
                        return all;
                      }));
    }
    assertEquals(3, count("SELECT count(*) FROM job WHERE status = 'running' AND lease = 1"));
    try (ServerProcess third = server()) {
      int port = third.awaitPort();
      JsonNode imported = ended(port, importing, "/api/imports/" + begun.imported());
      assertEquals(ORDERS, imported.at("/result/orders").asInt(), imported.toString());
      assertEquals(ORDERS + 1, ordersOf(importing));
      JsonNode late = get(port, importing, "/api/customers/" + LATE);
      assertEquals(ORDERS - 10_000 + 1, late.path("total_orders").asInt(), late.toString());

      JsonNode exported = ended(port, other, "/api/exports/jobs/" + begun.exported());
      assertEquals(CUSTOMERS.size(), exported.at("/result/rows").asInt(), exported.toString());
      String file = text(port, other, "/api/exports/jobs/" + begun.exported() + "/file");
      assertEquals(CUSTOMERS.size(), file.lines().count());
      assertTrue(CUSTOMERS.stream().allMatch(id -> file.contains("\"" + id + "\"")), file);

      JsonNode refit = ended(port, other, "/api/jobs/" + begun.refit());
      assertEquals("succeeded", refit.path("status").asText(), refit.toString());
      theRefitThatEndedServesAlone(port, begun.refit());
    }
    // The import has left a job of its own, which may have ended too.
    endings.assertOnceEach(List.of(begun.imported(), begun.exported(), begun.refit()));
    assertEquals(3, count("SELECT count(*) FROM job WHERE status = 'succeeded' AND lease = 2"));
  }

  /// Of the refit that was cut off nothing is left.
  private void theRefitThatEndedServesAlone(int port, String jobId) throws Exception {
    String result =
        databases
            .control()
            .read(
                handle ->
                    handle
                        .select("SELECT result FROM job WHERE job_id = ?", jobId)
                        .mapTo(String.class)
                        .one());
    JsonNode fitted = Quimbi.json(result);
    assertEquals("fitted", fitted.path("status").asText(), result);
    assertEquals(1, number(other, "SELECT count(*) FROM app.model"));
    JsonNode serving = get(port, other, "/api/insights/model");
    assertEquals("fitted", serving.path("status").asText(), serving.toString());
    assertEquals(fitted.path("model_version"), serving.path("model_version"));
    String asked = "{\"customer_id\": \"c-1\"}";
    JsonNode churn = post(port, other, "/api/intelligence/predict/churn", asked);
    assertEquals(fitted.path("model_version"), churn.path("model_version"), churn.toString());
  }

  /// A server works on two such jobs at a time, so the third is the other server's.
  private Begun begin(int port) throws Exception {
    String imported = post(port, importing, "/api/imports", csv()).path("job_id").asText();
    awaitWaiters(importing, 1);
    String exported =
        post(port, other, "/api/exports/customers?format=ndjson", "").path("job_id").asText();
    awaitWaiters(other, 1);
    String refit = post(port, other, "/api/jobs", "{\"kind\":\"refit\"}").path("job_id").asText();
    awaitWaiters(other, 2);
    return new Begun(imported, exported, refit);
  }

  private <T> T whileHeld(Company company, String lock, Callable<T> work) throws Exception {
    return databases.inTransaction(
        company.tenant().id(),
        handle -> {
          handle.execute(lock);
          return work.call();
        });
  }

  private void awaitWaiters(Company company, int count) throws InterruptedException {
    String sql =
        "SELECT count(*) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND wait_event_type = 'Lock'";
    for (int i = 0; i < 1_200; i++) {
      // Inside the transaction that holds the lock the statistics would stay what they were.
      databases.read(
          company.tenant().id(), handle -> handle.execute("SELECT pg_stat_clear_snapshot()"));
      if (number(company, sql) >= count) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError(company.tenant().id() + ": nothing waits at the test's lock");
  }

  private int ordersOf(Company company) {
    return number(company, "SELECT count(*) FROM app.orders");
  }

  private int number(Company company, String sql) {
    return databases.read(
        company.tenant().id(), handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }

  private int count(String sql) {
    return databases.control().read(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }

  private Company company(String id) {
    Tenant tenant = new Tenant(id, id, "retail", ZoneId.of("UTC"), Currency.getInstance("USD"));
    databases.tenants().create(tenant);
    Keys.Wish wish = new Keys.Wish("", EnumSet.allOf(Scope.class), Mode.TEST, Quimbi.PLENTY, null);
    Keys.Addition added = databases.keys().add(id, wish, Instant.now());
    return new Company(tenant, ((Keys.Addition.Added) added).secret());
  }

  private ServerProcess server() {
    return ServerProcess.start(
        folder.resolve("log"),
        DoomedJobServer.class,
        TestDatabase.operatorText(),
        installation,
        folder.toString());
  }

  private static String orders(List<String> customers, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                """
                {"customer_id": "%s", "order_id": "first-%d", "order_date": "2025-0%d-1%dT10:00:00Z",
                 "total_price": %d.00}
                """
                    .formatted(customers.get(i % customers.size()), i, 1 + i % 9, i % 7, 20 + i))
        .collect(Collectors.joining(",", "{\"source\": \"shop\", \"orders\": [", "]}"));
  }

  /// The first 10,000 rows are of others; the rest is of the customer whose row the test holds.
  private static String csv() {
    String rows =
        IntStream.range(0, ORDERS)
            .mapToObj(
                i ->
                    "%s,o-%d,2025-0%d-0%d,%d.50\n"
                        .formatted(
                            i < 10_000 ? "c-" + i % 40 : LATE, i, 1 + i % 9, 1 + i % 9, 10 + i))
            .collect(Collectors.joining("", "customer_id,order_id,date,amount\n", ""));
    return Wire.JSON.createObjectNode().put("source", "shop").put("csv", rows).toString();
  }

  private static JsonNode ended(int port, Company company, String path) throws Exception {
    for (int i = 0; i < 1_800; i++) {
      JsonNode job = get(port, company, path);
      if (job.path("status").asText().matches("succeeded|failed")) {
        return job;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("not ended within three minutes: " + path);
  }

  private static JsonNode get(int port, Company company, String path) throws Exception {
    return Quimbi.json(text(port, company, path));
  }

  private static String text(int port, Company company, String path) throws Exception {
    return send(port, company, path, HttpRequest.newBuilder().GET());
  }

  private static JsonNode post(int port, Company company, String path, String body)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder().POST(BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    return Quimbi.json(send(port, company, path, request));
  }

  private static String send(int port, Company company, String path, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        HTTP.send(
            request
                .uri(URI.create("http://127.0.0.1:" + port + path))
                .header("X-API-Key", company.key())
                .build(),
            BodyHandlers.ofString());
    assertEquals(200, response.statusCode(), path + ": " + response.body());
    return response.body();
  }
}
