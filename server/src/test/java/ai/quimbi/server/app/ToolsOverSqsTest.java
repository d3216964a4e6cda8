package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Signature;
import ai.quimbi.core.access.SigningSecret;
import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.app.demo.DemoAccounts;
import ai.quimbi.server.jobs.LocalSqs;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.Secrets;
import ai.quimbi.server.store.TestDatabase;
import ai.quimbi.server.store.copilot.Clients;
import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `/tool/start` and `/tool/status` of a server whose workers hear of jobs over SQS: from the
/// signed request to the result, with a real queue (ElasticMQ) in between. The installation is the
/// test's own, so that nobody else's workers do the work.
class ToolsOverSqsTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int JOBS = 12;

  // A job that SQS does not bring is looked for after half a minute; these tests do not wait so
  // long.
  private static final int MOST_TENTHS_OF_A_SECOND = 200;

  @TempDir private Path folder;

  @Test
  void a_tool_started_by_a_signed_request_is_announced_over_sqs_done_once_and_told()
      throws Exception {
    String installation = "sqs" + Long.toString(ProcessHandle.current().pid(), 36);
    try (LocalSqs sqs = new LocalSqs();
        Databases databases =
            Databases.open(
                TestDatabase.operator(),
                Secrets.inFolder(folder),
                Databases.Limits.DEFAULT.withInstallation(installation))) {
      String queue = sqs.queue("tools");
      Tenant tenant =
          new Tenant("shop", "Shop", "retail", ZoneId.of("UTC"), Currency.getInstance("USD"));
      databases.tenants().create(tenant);
      new DemoAccounts(databases).tell(tenant, Quimbi.NOW);
      Clients.Wish wish =
          new Clients.Wish(
              "frontend", "shop", Set.of("public"), SignedCaller.ALL_TOOLS, false, 100_000);
      String secret =
          new Clients(databases.control(), databases.vault()).add(wish, Quimbi.NOW).orElseThrow();
      try (Platform platform = platform(databases, sqs.address(), queue)) {
        Caller caller = new Caller(platform.port(), secret);
        everyStartedToolEnds(caller);
        whatFailsIsToldAsItsEnvelope(caller);
        assertEquals(JOBS + 1, takenOnce(databases));
      } finally {
        databases.tenants().delete("shop");
      }
      assertEquals(0, sqs.left(queue), "messages left in the queue");
    }
  }

  private static void everyStartedToolEnds(Caller caller) throws Exception {
    JsonNode direct = caller.post("/tool/calculate_health", body("acme-001", 30)).path("data");
    assertTrue(direct.path("score").isInt(), direct.toString());
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < JOBS; i++) {
      String start =
          body("acme-001", 30 + i).replaceFirst("\\{", "{\"tool\":\"calculate_health\",");
      JsonNode started = caller.post("/tool/start", start);
      assertEquals("queued", started.path("status").asText(), started.toString());
      // Sent again with the same signature it is the same job.
      assertEquals(started.path("jobId"), caller.post("/tool/start", start).path("jobId"));
      ids.add(started.path("jobId").asText());
    }
    assertEquals(JOBS, Set.copyOf(ids).size());
    for (String id : ids) {
      JsonNode ended = caller.ended(id);
      assertEquals("succeeded", ended.path("status").asText(), ended.toString());
      assertEquals(direct, ended.at("/result/data"));
    }
  }

  private static void whatFailsIsToldAsItsEnvelope(Caller caller) throws Exception {
    JsonNode started =
        caller.post("/tool/start", "{\"tool\":\"get_contract_info\",\"customerId\":\"nobody\"}");
    JsonNode ended = caller.ended(started.path("jobId").asText());
    assertEquals("failed", ended.path("status").asText());
    assertEquals("MISSING_DATA", ended.at("/result/error/code").asText());
  }

  private static int takenOnce(Databases databases) {
    String sql = "SELECT count(*) FROM job WHERE lease = 1";
    return databases.control().read(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }

  private static String body(String customerId, int periodDays) {
    return "{\"customerId\":\"%s\",\"params\":{\"periodDays\":%d}}"
        .formatted(customerId, periodDays);
  }

  private static Platform platform(Databases databases, URI address, String queue) {
    return Platform.open(
        databases,
        Settings.read(
            Map.of(
                "QUIMBI_PORT",
                "0",
                "QUIMBI_NIGHTLY",
                "false",
                "QUIMBI_QUEUE",
                "sqs",
                "QUIMBI_SQS_QUEUE_URL",
                LocalSqs.at(address, queue).toString(),
                "QUIMBI_SQS_ENDPOINT",
                address.toString(),
                "QUIMBI_AWS_ACCESS_KEY_ID",
                LocalSqs.KEY,
                "QUIMBI_AWS_SECRET_ACCESS_KEY",
                LocalSqs.KEY)),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
        () -> Quimbi.NOW);
  }

  /// Signs as the contract says, at the platform's moment.
  private record Caller(int port, String secret) {
    JsonNode post(String path, String body) throws IOException, InterruptedException {
      return send(path, body.getBytes(StandardCharsets.UTF_8), "POST");
    }

    JsonNode ended(String jobId) throws IOException, InterruptedException {
      for (int i = 0; i < MOST_TENTHS_OF_A_SECOND; i++) {
        JsonNode job = send("/tool/status/" + jobId, new byte[0], "GET");
        if (job.has("result")) {
          return job;
        }
        Thread.sleep(100);
      }
      throw new AssertionError("SQS did not bring the job " + jobId);
    }

    private JsonNode send(String path, byte[] body, String method)
        throws IOException, InterruptedException {
      String time = Long.toString(Quimbi.NOW.toEpochMilli());
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .header("X-Client", "frontend")
              .header("X-Timestamp", time)
              .header("X-Signature", Signature.v1(SigningSecret.of(secret), time, "frontend", body))
              .method(method, BodyPublishers.ofByteArray(body))
              .build();
      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
      return Quimbi.json(response.body());
    }
  }
}
