package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.ToolName;
import ai.quimbi.server.store.TestDatabase;
import ai.quimbi.server.store.documents.CountingProxy;
import ai.quimbi.server.store.documents.S3Server;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// The signed tools over documents that others put there, in a folder and in S3, and over what is
/// told by the API: whatever they are kept in, the tools answer the same.
class DocumentedToolsTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String DAYS =
      """
      {"days": [{"date": "2026-03-01", "activeUsers": 76}, {"date": "2026-03-02",
        "activeUsers": 78}, {"date": "2026-03-03", "activeUsers": 80}, {"date": "2026-03-04",
        "activeUsers": 82}]}
      """;
  private static final String SUMMARY =
      "{\"trend\": \"up\", \"avgDailyUsers\": 82, \"sparkline\": [77, 81, 85, 89]}";
  private static final String TICKETS =
      """
      {"openTickets": 2, "recentTickets": [{"id": "T-901", "severity": "low"},
        {"id": "T-902", "severity": "medium"}]}
      """;
  private static final String CONTRACT = "{\"renewalDate\": \"2026-11-01\", \"arr\": 250000}";

  @TempDir private Path folder;

  /// A platform with settings of its own, and a client at it.
  private record House(Platform platform, Quimbi.Customer customer, SignedCaller client)
      implements AutoCloseable {
    static House with(Map<String, String> settings) {
      Map<String, String> all = new HashMap<>(settings);
      all.put("QUIMBI_PORT", "0");
      Platform platform =
          Platform.open(
              TestDatabase.databases(),
              Settings.read(all),
              new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
              () -> Quimbi.NOW);
      Quimbi.Customer customer = Quimbi.tenant();
      SignedCaller client =
          SignedCaller.of(
              customer.tenant(), Set.of("public", "alice"), SignedCaller.ALL_TOOLS, false, 100_000);
      return new House(platform, customer, client);
    }

    Tenant tenant() {
      return customer.tenant();
    }

    JsonNode call(ToolName tool, String customerId, String params) {
      String body = "{\"customerId\": \"" + customerId + "\", \"params\": " + params + "}";
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      return send("POST", "/tool/" + tool.label(), bytes, client.headers(Quimbi.NOW, bytes));
    }

    String code(ToolName tool, String customerId, String params) {
      return call(tool, customerId, params).at("/error/code").asText();
    }

    JsonNode tell(String method, String path, String json) {
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      Map<String, String> headers =
          Map.of(
              "X-API-Key",
              String.valueOf(customer.caller().key()),
              "Content-Type",
              "application/json");
      return send(method, path, bytes, headers);
    }

    private JsonNode send(String method, String path, byte[] body, Map<String, String> headers) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + platform.port() + path))
              .method(method, BodyPublishers.ofByteArray(body));
      headers.forEach(request::header);
      try {
        HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
        return Quimbi.json(answer.body());
      } catch (IOException e) {
        throw new IllegalStateException(path, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(path, e);
      }
    }

    @Override
    public void close() {
      platform.close();
    }
  }

  /// How a test puts a document: by its path below the tenant's prefix.
  private interface Put {
    void at(String path, String content);
  }

  private interface Story {
    void in(House house, Put put);
  }

  private static final Map<String, String> S3 =
      Map.of(
          "QUIMBI_DOCUMENTS",
          "s3",
          "QUIMBI_S3_BUCKET",
          S3Server.BUCKET,
          "QUIMBI_S3_PATH_STYLE",
          "true",
          "QUIMBI_S3_CHECKSUMS",
          "required",
          "QUIMBI_AWS_ACCESS_KEY_ID",
          "test",
          "QUIMBI_AWS_SECRET_ACCESS_KEY",
          "test");

  private static Map<String, String> s3At(URI address) {
    Map<String, String> settings = new HashMap<>(S3);
    settings.put("QUIMBI_S3_ENDPOINT", address.toString());
    return settings;
  }

  private Map<String, String> inFolder() {
    return Map.of("QUIMBI_DOCUMENTS", "folder", "QUIMBI_DOCUMENTS_FOLDER", folder.toString());
  }

  private void everywhere(Story story) {
    try (House house = House.with(inFolder())) {
      Path own = folder.resolve(house.tenant().id());
      story.in(
          house,
          (path, content) -> {
            try {
              Path file = own.resolve(path).normalize();
              Files.createDirectories(file.getParent());
              Files.writeString(file, content);
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          });
    }
    try (House house = House.with(s3At(S3Server.shared().address()));
        S3Client s3 = S3Server.shared().client()) {
      story.in(
          house,
          (path, content) ->
              s3.putObject(
                  p -> p.bucket(S3Server.BUCKET).key(keyOf(house, path)),
                  RequestBody.fromString(content)));
    }
  }

  private static String keyOf(House house, String path) {
    return Path.of(house.tenant().id()).resolve(path).normalize().toString();
  }

  @Test
  void the_tools_answer_what_the_documents_say() {
    everywhere(
        (house, put) -> {
          put.at("public/usage/acme-001.json", SUMMARY);
          put.at("public/tickets/acme-001.json", TICKETS);
          put.at("public/contract/acme-001.json", CONTRACT);

          assertEquals(
              Quimbi.json(SUMMARY),
              house
                  .call(ToolName.GET_CUSTOMER_USAGE, "acme-001", "{\"periodDays\": 2}")
                  .path("data"));
          assertEquals(
              Quimbi.json(TICKETS),
              house.call(ToolName.GET_RECENT_TICKETS, "acme-001", "{}").path("data"));
          assertEquals(
              Quimbi.json(CONTRACT),
              house.call(ToolName.GET_CONTRACT_INFO, "acme-001", "{}").path("data"));
          assertEquals(
              Quimbi.json(
                  "{\"score\":93,\"riskLevel\":\"low\","
                      + "\"signals\":[\"usage_up\",\"few_tickets\",\"renewal_far\"]}"),
              house.call(ToolName.CALCULATE_HEALTH, "acme-001", "{}").path("data"));
          assertEquals(
              "Renewal Alignment with acme-001",
              house.call(ToolName.GENERATE_EMAIL, "acme-001", "{}").at("/data/subject").asText());
          assertTrue(
              house.call(ToolName.GENERATE_QBR_OUTLINE, "acme-001", "{}").path("ok").asBoolean());
        });
  }

  @Test
  void days_are_cut_to_the_period_and_flat_documents_serve_the_public() {
    everywhere(
        (house, put) -> {
          put.at("usage/flat-1.json", DAYS);

          JsonNode all = house.call(ToolName.GET_CUSTOMER_USAGE, "flat-1", "{}").path("data");
          assertEquals(79, all.path("avgDailyUsers").asInt());
          JsonNode two =
              house.call(ToolName.GET_CUSTOMER_USAGE, "flat-1", "{\"periodDays\": 2}").path("data");
          assertEquals(81, two.path("avgDailyUsers").asInt());
          assertEquals(
              "MISSING_DATA",
              house.code(ToolName.GET_CUSTOMER_USAGE, "flat-1", "{\"ownerUserId\": \"alice\"}"));
        });
  }

  @Test
  void what_no_document_says_is_missing_though_the_tables_know_it() {
    everywhere(
        (house, put) -> {
          put.at("alice/usage/of-alice.json", SUMMARY);
          new ai.quimbi.server.app.demo.DemoAccounts(TestDatabase.databases())
              .tell(house.tenant(), Quimbi.NOW);

          for (ToolName tool :
              List.of(
                  ToolName.GET_CUSTOMER_USAGE,
                  ToolName.GET_CONTRACT_INFO,
                  ToolName.CALCULATE_HEALTH,
                  ToolName.GENERATE_EMAIL)) {
            assertEquals("MISSING_DATA", house.code(tool, "acme-001", "{}"), tool.label());
            assertEquals("MISSING_DATA", house.code(tool, "of-alice", "{}"), tool.label());
          }
          assertEquals("MISSING_DATA", house.code(ToolName.GET_RECENT_TICKETS, "nobody", "{}"));
          assertEquals(
              0,
              house
                  .call(ToolName.GET_RECENT_TICKETS, "of-alice", "{\"ownerUserId\": \"alice\"}")
                  .at("/data/openTickets")
                  .asInt(-1));
        });
  }

  @Test
  void a_document_that_cannot_be_read_is_a_failure_and_no_number() {
    everywhere(
        (house, put) -> {
          List<String> broken =
              List.of(
                  "",
                  "[]",
                  "{",
                  "{\"trend\": \"sideways\", \"avgDailyUsers\": 1, \"sparkline\": []}",
                  "{\"trend\": \"up\", \"avgDailyUsers\": -1, \"sparkline\": []}",
                  "{\"trend\": \"up\", \"avgDailyUsers\": \"82\", \"sparkline\": []}",
                  "{\"trend\": \"up\", \"avgDailyUsers\": 1e40, \"sparkline\": []}",
                  "{\"days\": [{\"date\": \"yesterday\", \"activeUsers\": 1}]}",
                  "{\"days\": [{\"date\": \"2026-03-01\", \"activeUsers\": 1},"
                      + " {\"date\": \"2026-03-01\", \"activeUsers\": 2}]}");
          for (int i = 0; i < broken.size(); i++) {
            put.at("public/usage/broken-" + i + ".json", broken.get(i));
            assertEquals(
                "TOOL_FAILURE",
                house.code(ToolName.GET_CUSTOMER_USAGE, "broken-" + i, "{}"),
                broken.get(i));
          }
          put.at("public/contract/broken-0.json", "{\"renewalDate\": \"soon\"}");
          assertEquals("TOOL_FAILURE", house.code(ToolName.GET_CONTRACT_INFO, "broken-0", "{}"));
          put.at("public/tickets/broken-0.json", TICKETS);
          assertEquals("", house.code(ToolName.GET_RECENT_TICKETS, "broken-0", "{}"));
        });
  }

  @Test
  void hostile_ids_name_accounts_that_are_not_there() {
    everywhere(
        (house, put) -> {
          put.at("public/usage/x.json", SUMMARY);
          put.at("alice/usage/x.json", SUMMARY);
          for (String id :
              List.of(
                  "..", "../usage/x", "../../alice/usage/x", "%2e%2e/usage/x", "/x", "x.json")) {
            assertEquals("MISSING_DATA", house.code(ToolName.GET_CUSTOMER_USAGE, id, "{}"), id);
          }
        });
  }

  @Test
  void another_tenants_documents_are_not_there() {
    everywhere(
        (house, put) -> {
          Quimbi.Customer other = Quimbi.tenant();
          put.at("../" + other.tenant().id() + "/public/usage/acme-001.json", SUMMARY);

          assertEquals("MISSING_DATA", house.code(ToolName.GET_CUSTOMER_USAGE, "acme-001", "{}"));
        });
  }

  @Test
  void what_is_told_by_the_api_comes_to_the_tools_through_the_documents() {
    everywhere(
        (house, put) -> {
          String account = "/api/accounts/told-1";
          house.tell(
              "PUT",
              account,
              "{\"name\": \"Told Inc\", \"renewal_date\": \"2026-11-01\", \"arr\": 250000}");
          house.tell("POST", account + "/usage", DAYS.replace("activeUsers", "active_users"));
          house.tell(
              "POST",
              account + "/tickets",
              """
              {"tickets": [{"id": "T-1", "severity": "low", "status": "open",
                "opened_at": "2026-03-10T10:00:00Z"}]}
              """);

          assertEquals(
              93, house.call(ToolName.CALCULATE_HEALTH, "told-1", "{}").at("/data/score").asInt());
          assertEquals(
              "Renewal Alignment with Told Inc",
              house.call(ToolName.GENERATE_EMAIL, "told-1", "{}").at("/data/subject").asText());

          house.tell("PUT", account, "{\"name\": \"Told Inc\", \"owner\": \"alice\"}");
          assertEquals("MISSING_DATA", house.code(ToolName.GET_CUSTOMER_USAGE, "told-1", "{}"));
          String alices = "{\"ownerUserId\": \"alice\"}";
          assertEquals("", house.code(ToolName.GET_CUSTOMER_USAGE, "told-1", alices));
          house.tell("DELETE", account, "");
          assertEquals("MISSING_DATA", house.code(ToolName.GET_CUSTOMER_USAGE, "told-1", alices));
        });
  }

  @Test
  void the_planner_and_the_portfolio_know_the_documents_accounts() {
    everywhere(
        (house, put) -> {
          put.at("public/usage/acme-001.json", SUMMARY);
          put.at("public/contract/acme-001.json", "{\"renewalDate\": \"2026-04-01\", \"arr\": 1}");

          JsonNode plan =
              house.tell(
                  "POST", "/api/copilot/plan", "{\"message\": \"How healthy is acme-001?\"}");
          assertEquals(86, plan.at("/health/score").asInt(), plan.toString());
          JsonNode ranked =
              house.tell(
                  "POST",
                  "/api/copilot/plan",
                  "{\"message\": \"Which accounts renew in 60 days?\"}");
          assertTrue(ranked.toString().contains("acme-001"), ranked.toString());
        });
  }

  @Test
  void when_s3_is_away_tools_fail_and_the_plan_goes_on() throws IOException {
    try (CountingProxy mortal = CountingProxy.to(S3Server.shared().address());
        House house = House.with(s3At(mortal.address()))) {
      house.tell(
          "PUT",
          "/api/accounts/acme-001",
          "{\"name\": \"Acme\", \"renewal_date\": \"2026-11-01\", \"arr\": 1}");
      assertEquals("", house.code(ToolName.GET_CONTRACT_INFO, "acme-001", "{}"));

      mortal.die();
      for (ToolName tool : ToolName.values()) {
        assertEquals("TOOL_FAILURE", house.code(tool, "acme-001", "{}"), tool.label());
        assertEquals(
            "TOOL_FAILURE", house.code(tool, "acme-001", "{\"lenient\": true}"), tool.label());
      }
      JsonNode refused = house.tell("PUT", "/api/accounts/acme-001", "{\"name\": \"Acme\"}");
      assertEquals("SERVICE_UNAVAILABLE", refused.at("/error/code").asText());
    }
  }
}
