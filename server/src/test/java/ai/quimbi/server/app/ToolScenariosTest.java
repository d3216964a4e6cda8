package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.client.CopilotTools;
import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.app.SignedCaller.Reply;
import ai.quimbi.server.http.JsonSchema;
import ai.quimbi.server.store.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The signed tools over a real server, at a fixed moment: noon of 15 March 2026 in UTC.
class ToolScenariosTest {
  private static final String ENVELOPE = "{\"customerId\":\"acme-001\",\"params\":{}}";

  private static Customer quimbi;
  private static SignedCaller copilot;

  @BeforeAll
  static void tell_of_acme() {
    quimbi = Quimbi.tenant();
    copilot = SignedCaller.of(quimbi.tenant());
    account(
        "acme-001", "{\"name\": \"Acme Corp\", \"renewal_date\": \"2026-11-01\", \"arr\": 250000}");
    tell("POST", "/api/accounts/{customer_id}/usage", "/api/accounts/acme-001/usage", usage());
    tell(
        "POST", "/api/accounts/{customer_id}/tickets", "/api/accounts/acme-001/tickets", tickets());
  }

  private static String usage() {
    List<String> days = new ArrayList<>();
    int[] users = {76, 78, 80, 82, 84, 86, 88, 90};
    for (int i = 0; i < users.length; i++) {
      days.add("{\"date\": \"2026-03-0%d\", \"active_users\": %d}".formatted(i + 1, users[i]));
    }
    return "{\"days\": [" + String.join(",", days) + "]}";
  }

  private static String tickets() {
    return """
    {"tickets": [
      {"id": "T-901", "severity": "low", "status": "open", "opened_at": "2026-03-10T10:00:00Z"},
      {"id": "T-902", "severity": "medium", "status": "open", "opened_at": "2026-03-09T10:00:00Z"},
      {"id": "T-900", "severity": "high", "status": "closed", "opened_at": "2026-03-01T10:00:00Z",
       "closed_at": "2026-03-02T10:00:00Z", "subject": "Login"}]}
    """;
  }

  private static Quimbi.Reply tell(String method, String template, String path, String body) {
    Quimbi.Reply reply = quimbi.caller().send(method, template, path, body);
    assertEquals(200, reply.status(), reply.text());
    return reply;
  }

  private static void account(String id, String body) {
    tell("PUT", "/api/accounts/{customer_id}", "/api/accounts/" + id, body);
  }

  @Test
  void every_tool_answers_what_the_contract_promises() {
    assertEquals(
        Quimbi.json(
            "{\"ok\":true,\"data\":{\"trend\":\"up\",\"avgDailyUsers\":83,"
                + "\"sparkline\":[77,81,85,89]},\"error\":null}"),
        copilot.call("get_customer_usage", "acme-001", "{\"periodDays\":30}").json());
    assertEquals(
        Quimbi.json(
            """
            {"openTickets": 2, "recentTickets": [{"id": "T-901", "severity": "low"},
              {"id": "T-902", "severity": "medium"}, {"id": "T-900", "severity": "high"}]}
            """),
        copilot.call("get_recent_tickets", "acme-001", "{}").data());
    assertEquals(
        Quimbi.json("{\"renewalDate\":\"2026-11-01\",\"arr\":250000}"),
        copilot.call("get_contract_info", "acme-001", "{}").data());
    // 230 days: 0.45*100 + 0.35*80 + 0.20*100
    assertEquals(
        Quimbi.json(
            "{\"score\":93,\"riskLevel\":\"low\","
                + "\"signals\":[\"usage_up\",\"few_tickets\",\"renewal_far\"]}"),
        copilot.call("calculate_health", "acme-001", "{}").data());
    JsonNode email = copilot.call("generate_email", "acme-001", "{}").data();
    assertEquals("Renewal Alignment with Acme Corp", email.path("subject").asText());
    assertTrue(email.path("body").asText().contains("1 November 2026, in 230 days"));
    JsonNode sections =
        copilot.call("generate_qbr_outline", "acme-001", "{}").data().path("sections");
    assertTrue(sections.get(0).asText().startsWith("Adoption overview: 83 daily users"));
  }

  @Test
  void the_published_schemas_hold_for_what_the_tools_answer() {
    Reply published = SignedCaller.send("GET", "/tools", null, Map.of());
    assertEquals(200, published.status());
    assertEquals(6, published.json().path("tools").size());
    for (JsonNode tool : published.json().path("tools")) {
      String name = tool.path("name").asText();
      JsonSchema input = JsonSchema.of(tool.path("inputSchema"));
      JsonSchema output = JsonSchema.of(tool.path("outputSchema"));
      for (String params : List.of("{}", "{\"lenient\":true}")) {
        Reply reply = copilot.call(name, "acme-001", params);
        assertEquals(List.of(), output.faults(reply.data()), name);
      }
      assertEquals(List.of(), input.faults(Quimbi.json(ENVELOPE)));
      assertFalse(input.faults(Quimbi.json("{}")).isEmpty());
    }
  }

  @Test
  void components_are_told_only_to_those_who_ask() {
    JsonNode data =
        copilot.call("calculate_health", "acme-001", "{\"include\":[\"components\"]}").data();

    assertEquals(
        Quimbi.json("{\"name\":\"usage\",\"score\":100,\"weight\":0.45}").toString(),
        data.path("components").get(0).toString());
    assertEquals(1, data.path("weightsVersion").asInt());
    assertTrue(
        copilot
            .call("calculate_health", "acme-001", "{}")
            .data()
            .path("components")
            .isMissingNode());
  }

  @Test
  void missing_data_is_said_to_be_missing() {
    account("bare-001", "{\"name\": \"Bare\"}");

    assertEquals("MISSING_DATA", copilot.call("calculate_health", "nobody", "{}").code());
    assertEquals(404, copilot.call("calculate_health", "bare-001", "{}").status());
    assertEquals("MISSING_DATA", copilot.call("get_customer_usage", "bare-001", "{}").code());
    assertEquals("MISSING_DATA", copilot.call("get_contract_info", "bare-001", "{}").code());
    assertEquals("MISSING_DATA", copilot.call("generate_email", "bare-001", "{}").code());
    assertEquals(
        "{\"openTickets\":0,\"recentTickets\":[]}",
        copilot.call("get_recent_tickets", "bare-001", "{}").data().toString());
    JsonNode lenient = copilot.call("calculate_health", "bare-001", "{\"lenient\":true}").data();
    assertTrue(lenient.path("missingData").asBoolean());
  }

  @Test
  void an_overdue_renewal_counts_as_no_days() {
    account("late-001", "{\"name\": \"Late\", \"renewal_date\": \"2026-03-01\", \"arr\": 10}");
    tell("POST", "/api/accounts/{customer_id}/usage", "/api/accounts/late-001/usage", usage());

    assertEquals(
        "[\"usage_up\",\"no_tickets\",\"renewal_near\"]",
        copilot.call("calculate_health", "late-001", "{}").data().path("signals").toString());
  }

  @Test
  void tickets_also_arise_from_ingested_interactions() {
    account("mix-001", "{\"name\": \"Mix\"}");
    tell(
        "POST",
        "/api/data/ingest_interactions",
        "/api/data/ingest_interactions",
        """
        {"source": "helpdesk", "interactions": [
          {"customer_id": "mix-001", "interaction_type": "support_ticket",
           "timestamp": "2026-03-10T10:00:00Z", "metadata": {"ticket_id": "H-1", "resolved": false,
           "severity": "urgent"}},
          {"customer_id": "mix-001", "interaction_type": "support_ticket",
           "timestamp": "2026-03-09T10:00:00Z", "metadata": {"ticket_id": "H-2", "resolved": true}},
          {"customer_id": "mix-001", "interaction_type": "support_ticket",
           "timestamp": "2026-03-08T10:00:00Z"},
          {"customer_id": "orders-only", "interaction_type": "support_ticket",
           "timestamp": "2026-03-08T10:00:00Z", "metadata": {"ticket_id": "H-9", "status": "open"}}]}
        """);

    JsonNode data = copilot.call("get_recent_tickets", "mix-001", "{}").data();
    assertEquals(1, data.path("openTickets").asInt());
    assertEquals(3, data.path("recentTickets").size());
    assertEquals(
        "{\"id\":\"H-1\",\"severity\":\"high\"}", data.path("recentTickets").get(0).toString());
    // A customer known from events alone is an account, too.
    assertEquals(
        1,
        copilot.call("get_recent_tickets", "orders-only", "{}").data().path("openTickets").asInt());
  }

  @Test
  void what_is_told_again_changes_nothing_and_what_is_deleted_is_gone() {
    account("twice-001", "{\"name\": \"Twice\"}");
    for (int i = 0; i < 2; i++) {
      tell("POST", "/api/accounts/{customer_id}/usage", "/api/accounts/twice-001/usage", usage());
      tell(
          "POST",
          "/api/accounts/{customer_id}/tickets",
          "/api/accounts/twice-001/tickets",
          tickets());
    }
    assertEquals(
        83,
        copilot.call("get_customer_usage", "twice-001", "{}").data().path("avgDailyUsers").asInt());
    JsonNode shown = quimbi.get("/api/accounts/{customer_id}", "/api/accounts/twice-001").json();
    assertEquals("up", shown.path("usage_trend").asText());
    assertEquals(2, shown.path("open_tickets").asInt());

    tell("DELETE", "/api/accounts/{customer_id}", "/api/accounts/twice-001", "");
    assertEquals("MISSING_DATA", copilot.call("get_recent_tickets", "twice-001", "{}").code());
    assertEquals(
        404, quimbi.get("/api/accounts/{customer_id}", "/api/accounts/twice-001").status());
  }

  @Test
  void faults_of_accounts_are_told_all_at_once() {
    Quimbi.Reply reply =
        quimbi
            .caller()
            .send(
                "POST",
                "/api/accounts/{customer_id}/usage",
                "/api/accounts/acme-001/usage",
                "{\"days\":[{\"date\":\"2026-02-30\",\"active_users\":-1},{\"date\":\"x\"}]}");
    assertEquals(422, reply.status());
    assertEquals(4, reply.json().at("/error/details/errors").size(), reply.text());
    String path = "/api/accounts/acme-001";
    for (String wrong :
        List.of(
            "{}",
            "{\"name\": \"A\", \"renewal_date\": \"soon\"}",
            "{\"name\": \"A\", \"arr\": -1}",
            "{\"name\": \"A\\nB\"}")) {
      assertEquals(
          422,
          quimbi.caller().send("PUT", "/api/accounts/{customer_id}", path, wrong).status(),
          wrong);
    }
  }

  @Test
  void owners_and_tenants_do_not_see_each_other() {
    account("mine-001", "{\"name\": \"Mine\", \"owner\": \"alice\"}");
    String asAlice = "{\"ownerUserId\":\"alice\"}";
    SignedCaller alice =
        SignedCaller.of(quimbi.tenant(), Set.of("alice"), SignedCaller.ALL_TOOLS, false, 1000);
    Customer others = Quimbi.tenant();
    SignedCaller stranger = SignedCaller.of(others.tenant());

    assertEquals(200, alice.call("get_recent_tickets", "mine-001", asAlice).status());
    assertEquals("MISSING_DATA", alice.call("get_recent_tickets", "mine-001", "{}").code());
    assertEquals("MISSING_DATA", alice.call("get_recent_tickets", "acme-001", "{}").code());
    assertEquals("MISSING_DATA", copilot.call("get_recent_tickets", "mine-001", "{}").code());
    assertEquals("MISSING_DATA", copilot.call("get_recent_tickets", "mine-001", asAlice).code());
    assertEquals("MISSING_DATA", stranger.call("get_recent_tickets", "acme-001", "{}").code());
    for (String method : List.of("GET", "DELETE")) {
      String template = "/api/accounts/{customer_id}";
      Quimbi.Reply real = others.caller().send(method, template, "/api/accounts/acme-001", null);
      Quimbi.Reply unreal = others.caller().send(method, template, "/api/accounts/none", null);
      assertEquals(404, real.status());
      assertEquals(unreal.code(), real.code());
    }
  }

  @Test
  void checks_come_in_the_contracts_order_and_all_end_in_an_envelope() {
    byte[] huge = new byte[2 * 1024 * 1024];
    byte[] body = ENVELOPE.getBytes(StandardCharsets.UTF_8);
    Map<String, String> unsigned = Map.of();

    expect(413, "INVALID_INPUT", SignedCaller.send("GET", "/tool/none", huge, unsigned));
    expect(405, "INVALID_INPUT", SignedCaller.send("GET", "/tool/none", null, unsigned));
    expect(405, "INVALID_INPUT", SignedCaller.send("DELETE", "/tool/none", null, unsigned));
    expect(401, "UNAUTHORIZED", SignedCaller.send("POST", "/tool/none", body, unsigned));
    expect(401, "UNAUTHORIZED", SignedCaller.send("POST", "/tool/", body, unsigned));
    expect(404, "UNKNOWN_TOOL", copilot.post("/tool/none", "no json"));
    expect(404, "UNKNOWN_TOOL", copilot.post("/tool/", ENVELOPE));
    expect(404, "UNKNOWN_TOOL", copilot.post("/tool/a/b", ENVELOPE));
    expect(400, "INVALID_INPUT", copilot.post("/tool/calculate_health", "no json"));
  }

  private static void expect(int status, String code, Reply reply) {
    assertEquals(status + " " + code, reply.status() + " " + reply.code(), reply.json().toString());
  }

  @Test
  void whatever_is_no_request_is_invalid_input() {
    String deep =
        "{\"customerId\":\"a\",\"params\":{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}}";
    for (String wrong :
        List.of(
            "",
            "[]",
            "null",
            "{",
            "{}{}",
            "{\"params\":{}}",
            "{\"customerId\":\"\"}",
            "{\"customerId\":7}",
            "{\"customerId\":null}",
            "{\"customerId\":\"a\\u0000\"}",
            "{\"customerId\":\"a\",\"customerId\":\"b\"}",
            "{\"customerId\":\"acme-001\",\"params\":null}",
            "{\"customerId\":\"acme-001\",\"params\":[]}",
            "{\"customerId\":\"acme-001\",\"params\":{\"periodDays\":0}}",
            "{\"customerId\":\"acme-001\",\"params\":{\"periodDays\":366}}",
            "{\"customerId\":\"acme-001\",\"params\":{\"periodDays\":1.5}}",
            "{\"customerId\":\"acme-001\",\"params\":{\"periodDays\":\"30\"}}",
            "{\"customerId\":\"acme-001\",\"params\":{\"periodDays\":null}}",
            "{\"customerId\":\"" + "x".repeat(129) + "\"}",
            deep)) {
      expect(400, "INVALID_INPUT", copilot.post("/tool/get_customer_usage", wrong));
    }
    byte[] utf16 = ENVELOPE.getBytes(StandardCharsets.UTF_16LE);
    byte[] latin = "{\"customerId\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    for (byte[] wrong : List.of(utf16, latin)) {
      expect(
          400,
          "INVALID_INPUT",
          SignedCaller.send(
              "POST", "/tool/get_customer_usage", wrong, copilot.headers(Quimbi.NOW, wrong)));
    }
    assertEquals(
        200, copilot.post("/tool/get_recent_tickets", "{\"customerId\":\"acme-001\"}").status());
    assertEquals(
        200, copilot.call("get_customer_usage", "acme-001", "{\"unheardOf\":{\"a\":1}}").status());
  }

  @Test
  void on_every_path_what_is_too_large_too_deep_or_no_text_ends_in_an_envelope() {
    byte[] huge =
        ("{\"customerId\":\"" + "x".repeat(2_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);
    byte[] utf16 = ENVELOPE.getBytes(StandardCharsets.UTF_16LE);
    byte[] latin = "{\"customerId\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    List<String> paths = new ArrayList<>(List.of("/tool/start"));
    SignedCaller.ALL_TOOLS.stream().sorted().map(tool -> "/tool/" + tool).forEach(paths::add);
    assertEquals(7, paths.size());
    for (String path : paths) {
      expect(413, "INVALID_INPUT", signed(path, huge));
      expect(400, "INVALID_INPUT", signed(path, utf16));
      expect(400, "INVALID_INPUT", signed(path, latin));
      for (String wrong :
          List.of(
              "", "[".repeat(100) + "]".repeat(100), "{\"customerId\":\"a\",\"params\":null}")) {
        expect(400, "INVALID_INPUT", signed(path, wrong.getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  private static Reply signed(String path, byte[] body) {
    return SignedCaller.send("POST", path, body, copilot.headers(Quimbi.NOW, body));
  }

  @Test
  void the_window_is_exact_to_the_millisecond_at_both_ends() {
    byte[] body = ENVELOPE.getBytes(StandardCharsets.UTF_8);
    for (long millis : new long[] {-300_001, -300_000, 300_000, 300_001}) {
      Reply reply =
          SignedCaller.send(
              "POST",
              "/tool/get_contract_info",
              body,
              copilot.headers(Quimbi.NOW.plusMillis(millis), body));
      assertEquals(Math.abs(millis) > 300_000 ? 401 : 200, reply.status(), "" + millis);
    }
  }

  @Test
  void one_signature_serves_several_tools_in_one_millisecond() {
    byte[] body = ENVELOPE.getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = copilot.headers(Quimbi.NOW, body);
    Set<Integer> statuses = new HashSet<>();
    for (String tool : SignedCaller.ALL_TOOLS) {
      statuses.add(SignedCaller.send("POST", "/tool/" + tool, body, headers).status());
      statuses.add(SignedCaller.send("POST", "/tool/" + tool, body, headers).status());
    }
    assertEquals(Set.of(200), statuses);
  }

  @Test
  void version_2_can_be_required_and_its_nonce_serves_once() {
    SignedCaller strict =
        SignedCaller.of(quimbi.tenant(), Set.of("public"), SignedCaller.ALL_TOOLS, true, 1000);
    byte[] body = ENVELOPE.getBytes(StandardCharsets.UTF_8);
    String path = "/tool/get_contract_info";
    Map<String, String> headers = strict.v2Headers("POST", path, "nonce-nonce-nonce-1", body);

    expect(401, "UNAUTHORIZED", strict.post(path, ENVELOPE));
    assertEquals(200, SignedCaller.send("POST", path, body, headers).status());
    expect(401, "UNAUTHORIZED", SignedCaller.send("POST", path, body, headers));
    Map<String, String> elsewhere =
        strict.v2Headers("POST", "/tool/get_recent_tickets", "nonce-nonce-nonce-2", body);
    expect(401, "UNAUTHORIZED", SignedCaller.send("POST", path, body, elsewhere));
    // A nonce is used up only by a right signature.
    assertEquals(
        200, SignedCaller.send("POST", "/tool/get_recent_tickets", body, elsewhere).status());
  }

  @Test
  void the_shipped_client_speaks_both_versions() {
    for (ai.quimbi.client.Signature version : ai.quimbi.client.Signature.values()) {
      CopilotTools tools =
          CopilotTools.builder()
              .baseUrl("http://127.0.0.1:" + Quimbi.platform().port())
              .client(copilot.client(), copilot.secret())
              .signature(version)
              .clock(Clock.fixed(Quimbi.NOW, ZoneOffset.UTC))
              .build();
      assertEquals(93, tools.health("acme-001").path("score").asInt());
    }
  }

  @Test
  void a_rotated_secret_goes_on_beside_the_new_one_until_the_next_rotation() {
    SignedCaller before = SignedCaller.of(quimbi.tenant());
    SignedCaller after = rotated(before);
    assertEquals(200, before.call("get_contract_info", "acme-001", "{}").status());
    assertEquals(200, after.call("get_contract_info", "acme-001", "{}").status());

    SignedCaller last = rotated(after);
    // Another server remembers a client for less than a second.
    assertTrue(eventually(() -> last.call("get_contract_info", "acme-001", "{}").status() == 200));
    assertEquals(200, after.call("get_contract_info", "acme-001", "{}").status());
    expect(401, "UNAUTHORIZED", before.call("get_contract_info", "acme-001", "{}"));
  }

  private static boolean eventually(BooleanSupplier claim) {
    for (int i = 0; i < 40 && !claim.getAsBoolean(); i++) {
      LockSupport.parkNanos(50_000_000);
    }
    return claim.getAsBoolean();
  }

  private static SignedCaller rotated(SignedCaller old) {
    String secret = SignedCaller.clients().rotate(old.client(), Quimbi.NOW).orElseThrow();
    return new SignedCaller(old.client(), secret);
  }

  @Test
  void a_client_sees_only_its_tools_and_waits_when_it_asked_too_often() {
    SignedCaller narrow =
        SignedCaller.of(quimbi.tenant(), Set.of("public"), Set.of("get_contract_info"), false, 3);

    expect(404, "UNKNOWN_TOOL", narrow.call("calculate_health", "acme-001", "{}"));
    assertEquals(200, narrow.call("get_contract_info", "acme-001", "{}").status());
    assertEquals(200, narrow.call("get_contract_info", "acme-001", "{}").status());
    Reply refused = narrow.call("get_contract_info", "acme-001", "{}");
    expect(429, "RATE_LIMITED", refused);
    assertTrue(Integer.parseInt(refused.raw().headers().firstValue("Retry-After").orElse("")) > 0);
  }

  @Test
  void a_tool_that_takes_too_long_is_a_timeout_and_leaves_nothing_behind() {
    Customer slow = Quimbi.tenant();
    SignedCaller caller = SignedCaller.of(slow.tenant());
    expect(404, "MISSING_DATA", caller.call("get_contract_info", "acme-001", "{}"));
    Reply late =
        TestDatabase.databases()
            .inTransaction(
                slow.tenant().id(),
                handle -> {
                  handle.execute("LOCK TABLE app.account IN ACCESS EXCLUSIVE MODE");
                  return caller.call("get_contract_info", "acme-001", "{}");
                });

    expect(504, "TIMEOUT", late);
    expect(404, "MISSING_DATA", caller.call("get_contract_info", "acme-001", "{}"));
  }

  @Test
  void health_can_be_weighed_differently_after_a_look_at_what_would_change() {
    Customer other = Quimbi.tenant();
    SignedCaller caller = SignedCaller.of(other.tenant());
    String body = "{\"name\": \"A\", \"renewal_date\": \"2026-04-01\", \"arr\": 1}";
    other.caller().send("PUT", "/api/accounts/{customer_id}", "/api/accounts/a", body);
    other
        .caller()
        .send("POST", "/api/accounts/{customer_id}/usage", "/api/accounts/a/usage", usage());
    String template = "/api/copilot/health-config";
    String wished = "{\"weights\": {\"usage\": 0, \"tickets\": 0, \"renewal\": 1}}";

    JsonNode preview =
        other.caller().send("PUT", template, template + "?preview=true", wished).json();
    assertEquals(86, preview.at("/accounts/0/score_before").asInt());
    assertEquals(30, preview.at("/accounts/0/score_after").asInt());
    assertEquals(1, other.get(template, template).json().path("version").asInt());
    assertEquals(86, caller.call("calculate_health", "a", "{}").data().path("score").asInt());

    assertEquals(200, other.caller().send("PUT", template, template, wished).status());
    assertEquals(2, other.get(template, template).json().path("version").asInt());
    assertEquals(30, caller.call("calculate_health", "a", "{}").data().path("score").asInt());
    assertEquals(
        422,
        other
            .caller()
            .send(
                "PUT",
                template,
                template,
                "{\"weights\": {\"usage\": 0.5, \"tickets\": 0.3, \"renewal\": 0.1}}")
            .status());
  }
}
