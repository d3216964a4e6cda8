package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Scope;
import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.app.SignedCaller.Reply;
import ai.quimbi.server.app.demo.DemoAccounts;
import ai.quimbi.server.store.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Messages to the copilot over a real server, about the demo's accounts.
class PlannerScenariosTest {
  private static final String PLAN = "/api/copilot/plan";
  private static Customer quimbi;
  private static SignedCaller copilot;

  @BeforeAll
  static void tell_the_demos_accounts() {
    quimbi = Quimbi.tenant();
    new DemoAccounts(TestDatabase.databases()).tell(quimbi.tenant(), Quimbi.NOW);
    copilot = SignedCaller.of(quimbi.tenant());
  }

  private static JsonNode plan(String message) {
    Quimbi.Reply reply =
        quimbi.post(PLAN, "{\"message\": \"" + message + "\", \"selectedCustomerId\": null}");
    assertEquals(200, reply.status(), reply.text());
    return reply.json();
  }

  @Test
  void the_demos_accounts_tell_their_stories() {
    Map<String, String> stories =
        Map.of(
            "acme-001", "[\"usage_up\",\"few_tickets\",\"renewal_far\"]",
            "globex-001", "[\"usage_flat\",\"few_tickets\"]",
            "initech-001", "[\"usage_up\",\"no_tickets\"]",
            "acme-002", "[\"usage_down\",\"many_tickets\",\"renewal_near\"]");
    stories.forEach(
        (id, signals) ->
            assertEquals(
                signals,
                copilot.call("calculate_health", id, "{}").data().path("signals").toString()));
  }

  @Test
  void a_question_about_an_account_is_answered_from_its_tools() {
    JsonNode answer = plan("How healthy is Acme Corp East?");

    assertEquals(13, answer.at("/health/score").asInt());
    assertTrue(answer.path("actions").get(0).asText().startsWith("Escalate"), answer.toString());
    assertEquals(4, answer.path("usedTools").size());
    assertFalse(answer.has("emailDraft"));
    assertFalse(answer.toString().contains("null"), answer.toString());
  }

  @Test
  void an_email_and_a_review_are_written_from_the_same_facts() {
    JsonNode email = plan("Draft a renewal email for Acme Corp East");
    assertEquals("Renewal Alignment with Acme Corp East", email.at("/emailDraft/subject").asText());
    assertEquals(5, email.path("usedTools").size());

    JsonNode review = plan("Prepare the QBR of Globex");
    assertTrue(review.path("actions").get(0).asText().startsWith("Adoption overview"));
  }

  @Test
  void a_question_about_all_accounts_is_a_ranking() {
    JsonNode answer = plan("which accounts renew in 60 days and are at risk?");

    assertEquals(1, answer.path("actions").size(), answer.toString());
    assertTrue(answer.path("actions").get(0).asText().startsWith("Acme Corp East (acme-002)"));
    assertEquals("rank_accounts", answer.at("/usedTools/0/name").asText());
  }

  @Test
  void a_tool_that_fails_is_noted_and_the_plan_goes_on() {
    Customer bare = Quimbi.tenant();
    bare.caller()
        .send(
            "PUT",
            "/api/accounts/{customer_id}",
            "/api/accounts/bare-001",
            "{\"name\": \"Bare\", \"renewal_date\": \"2026-05-01\", \"arr\": 10}");
    JsonNode answer = bare.post(PLAN, "{\"message\": \"email Bare\"}").json();

    assertEquals("MISSING_DATA", answer.at("/usedTools/0/error").asText(), answer.toString());
    assertEquals("Renewal Alignment with Bare", answer.at("/emailDraft/subject").asText());
    assertTrue(answer.path("notes").toString().contains("get_customer_usage failed"));
    assertTrue(answer.path("summary").asText().contains("renews on 1 May 2026"));
  }

  @Test
  void without_an_account_the_copilot_asks_for_one() {
    JsonNode answer = plan("Draft an email");

    assertEquals(0, answer.path("usedTools").size());
    assertTrue(answer.path("summary").asText().startsWith("Which account"));
  }

  @Test
  void the_stream_tells_each_step_on_one_line_and_ends_with_the_answer() {
    List<String> events = new ArrayList<>();
    JsonNode end = Quimbi.json("{}");
    HttpResponse<byte[]> response = stream(quimbi.caller(), "Draft an email for acme-001", "");
    assertEquals(200, response.statusCode());
    assertTrue(
        response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream"));
    for (String block :
        new String(response.body(), StandardCharsets.UTF_8).strip().split("\n\n", -1)) {
      List<String> lines = block.lines().toList();
      assertEquals(2, lines.size(), block);
      String event = lines.getFirst().substring("event: ".length());
      events.add(event);
      end = Quimbi.json(lines.getLast().substring("data: ".length()));
    }
    assertEquals("plan", events.getFirst());
    assertEquals("final", events.getLast());
    assertEquals(
        Set.of(
            "plan", "tool:start", "tool:complete", "tool:end", "patch", "phase:complete", "final"),
        Set.copyOf(events));
    assertEquals(5, events.stream().filter("tool:end"::equals).count());
    assertEquals(
        "Renewal Alignment with Acme Corp", end.at("/emailDraft/subject").asText(), "" + end);
  }

  @Test
  void a_browser_opens_the_stream_with_a_token_that_a_client_signed_for() {
    Reply token = copilot.post("/api/copilot/token", "{}");
    assertEquals(200, token.status());
    assertEquals(300, token.json().path("expiresIn").asInt());
    String text = token.json().path("token").asText();
    Quimbi.Caller browser = Quimbi.stranger(null);

    assertEquals(200, stream(browser, "health of acme-001", "&token=" + text).statusCode());
    String forged = text.substring(0, text.length() - 1) + (text.endsWith("0") ? "1" : "0");
    assertEquals(401, stream(browser, "health", "&token=" + forged).statusCode());
    assertEquals(401, stream(browser, "health", "&token=x").statusCode());
    assertEquals(401, stream(browser, "health", "").statusCode());
    Quimbi.Caller powerless =
        Quimbi.key(quimbi.tenant().id(), Set.of(Scope.DATA_WRITE), Quimbi.PLENTY);
    assertEquals(403, stream(powerless, "health", "").statusCode());
    assertEquals(422, stream(quimbi.caller(), "", "").statusCode());
    assertEquals(
        401, SignedCaller.send("POST", "/api/copilot/token", new byte[0], Map.of()).status());
  }

  private static HttpResponse<byte[]> stream(Quimbi.Caller caller, String message, String more) {
    String encoded = URLEncoder.encode(message, StandardCharsets.UTF_8);
    return caller.raw("GET", "/api/copilot/stream?message=" + encoded + more, null);
  }

  @Test
  void a_tool_runs_as_a_job_and_ends_with_its_own_envelope() throws InterruptedException {
    String body =
        "{\"tool\":\"calculate_health\",\"customerId\":\"acme-001\",\"params\":{\"periodDays\":30}}";
    Reply started = copilot.post("/tool/start", body);
    assertEquals(202, started.status());
    String id = started.json().path("jobId").asText();
    // The same signature again is the same job.
    assertEquals(id, copilot.post("/tool/start", body).json().path("jobId").asText());

    JsonNode done = ended(copilot, id);
    assertEquals("succeeded", done.path("status").asText());
    assertEquals(100, done.path("progress").asInt());
    assertEquals(
        copilot.call("calculate_health", "acme-001", "{\"periodDays\":30}").json(),
        done.path("result"));

    SignedCaller other = SignedCaller.of(quimbi.tenant());
    assertEquals(404, status(other, id).status());
    assertEquals("MISSING_DATA", status(other, id).code());
    assertEquals(
        "succeeded",
        quimbi.get("/api/jobs/{job_id}", "/api/jobs/" + id).json().path("status").asText());
    assertEquals(404, Quimbi.tenant().get("/api/jobs/{job_id}", "/api/jobs/" + id).status());
  }

  @Test
  void a_job_that_finds_no_data_fails_with_the_tools_envelope() throws InterruptedException {
    Reply started =
        copilot.post("/tool/start", "{\"tool\":\"get_contract_info\",\"customerId\":\"nobody\"}");
    JsonNode done = ended(copilot, started.json().path("jobId").asText());

    assertEquals("failed", done.path("status").asText());
    assertEquals("MISSING_DATA", done.at("/result/error/code").asText());
  }

  @Test
  void what_cannot_be_started_is_refused_at_once() {
    assertEquals("INVALID_INPUT", copilot.post("/tool/start", "no json").code());
    assertEquals("INVALID_INPUT", copilot.post("/tool/start", "{}").code());
    assertEquals(
        "UNKNOWN_TOOL",
        copilot.post("/tool/start", "{\"tool\":\"x\",\"customerId\":\"a\"}").code());
    assertEquals(
        "INVALID_INPUT", copilot.post("/tool/start", "{\"tool\":\"get_contract_info\"}").code());
    assertEquals(405, SignedCaller.send("GET", "/tool/start", null, Map.of()).status());
    assertEquals(405, SignedCaller.send("POST", "/tool/status/J1", new byte[0], Map.of()).status());
    assertEquals(401, SignedCaller.send("GET", "/tool/status/J1", null, Map.of()).status());
  }

  private static Reply status(SignedCaller caller, String id) {
    return SignedCaller.send(
        "GET", "/tool/status/" + id, null, caller.headers(Quimbi.NOW, new byte[0]));
  }

  private static JsonNode ended(SignedCaller caller, String id) throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      JsonNode json = status(caller, id).json();
      if (json.has("result")) {
        return json;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("the job did not end within ten seconds: " + status(caller, id));
  }
}
