package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.app.SignedCaller.Reply;
import ai.quimbi.server.http.JsonSchema;
import ai.quimbi.server.store.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the signed tools answer over a real server, at a fixed moment: noon of 15 March 2026 in
/// UTC.
class ToolScenariosTest {
  private static Acme acme;
  private static Customer quimbi;
  private static SignedCaller copilot;

  @BeforeAll
  static void tell_of_acme() {
    acme = Acme.told();
    quimbi = acme.quimbi();
    copilot = acme.copilot();
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
      assertEquals(List.of(), input.faults(Quimbi.json(Acme.ENVELOPE)));
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
    acme.account("bare-001", "{\"name\": \"Bare\"}");

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
    acme.account("late-001", "{\"name\": \"Late\", \"renewal_date\": \"2026-03-01\", \"arr\": 10}");
    acme.tell(
        "POST", "/api/accounts/{customer_id}/usage", "/api/accounts/late-001/usage", Acme.usage());

    assertEquals(
        "[\"usage_up\",\"no_tickets\",\"renewal_near\"]",
        copilot.call("calculate_health", "late-001", "{}").data().path("signals").toString());
  }

  @Test
  void tickets_also_arise_from_ingested_interactions() {
    acme.account("mix-001", "{\"name\": \"Mix\"}");
    acme.tell(
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
    acme.account("twice-001", "{\"name\": \"Twice\"}");
    for (int i = 0; i < 2; i++) {
      acme.tell(
          "POST",
          "/api/accounts/{customer_id}/usage",
          "/api/accounts/twice-001/usage",
          Acme.usage());
      acme.tell(
          "POST",
          "/api/accounts/{customer_id}/tickets",
          "/api/accounts/twice-001/tickets",
          Acme.tickets());
    }
    assertEquals(
        83,
        copilot.call("get_customer_usage", "twice-001", "{}").data().path("avgDailyUsers").asInt());
    JsonNode shown = quimbi.get("/api/accounts/{customer_id}", "/api/accounts/twice-001").json();
    assertEquals("up", shown.path("usage_trend").asText());
    assertEquals(2, shown.path("open_tickets").asInt());

    acme.tell("DELETE", "/api/accounts/{customer_id}", "/api/accounts/twice-001", "");
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
    acme.account("mine-001", "{\"name\": \"Mine\", \"owner\": \"alice\"}");
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
  void a_tool_that_takes_too_long_is_a_timeout_and_leaves_nothing_behind() {
    Customer slow = Quimbi.tenant();
    SignedCaller caller = SignedCaller.of(slow.tenant());
    SignedCaller.expect(404, "MISSING_DATA", caller.call("get_contract_info", "acme-001", "{}"));
    Reply late =
        TestDatabase.databases()
            .inTransaction(
                slow.tenant().id(),
                handle -> {
                  handle.execute("LOCK TABLE app.account IN ACCESS EXCLUSIVE MODE");
                  return caller.call("get_contract_info", "acme-001", "{}");
                });

    SignedCaller.expect(504, "TIMEOUT", late);
    SignedCaller.expect(404, "MISSING_DATA", caller.call("get_contract_info", "acme-001", "{}"));
  }

  @Test
  void health_can_be_weighed_differently_after_a_look_at_what_would_change() {
    Customer other = Quimbi.tenant();
    SignedCaller caller = SignedCaller.of(other.tenant());
    String body = "{\"name\": \"A\", \"renewal_date\": \"2026-04-01\", \"arr\": 1}";
    other.caller().send("PUT", "/api/accounts/{customer_id}", "/api/accounts/a", body);
    other
        .caller()
        .send("POST", "/api/accounts/{customer_id}/usage", "/api/accounts/a/usage", Acme.usage());
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
