package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.app.Quimbi.Reply;
import ai.quimbi.server.app.demo.DemoAccounts;
import ai.quimbi.server.llm.FakeProvider;
import ai.quimbi.server.llm.Misbehaviour;
import ai.quimbi.server.llm.ProviderSettings.Kind;
import ai.quimbi.server.store.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The copilot of a tenant with a language model: what the model may decide, and what happens when
/// it fails.
class PlannerWithModelTest {
  private static final String MESSAGE = "What should I tell Acme Corp East?";
  private static final String BY_RULES =
      "Acme Corp East has a health score of 13 of 100: high risk.";
  private FakeProvider provider;
  private Customer quimbi;

  @BeforeEach
  void a_tenant_with_the_demos_accounts_and_a_model() throws IOException {
    provider = new FakeProvider();
    quimbi = Quimbi.tenant();
    new DemoAccounts(TestDatabase.databases()).tell(quimbi.tenant(), Quimbi.NOW);
    Reply set =
        Quimbi.admin()
            .send(
                "PUT",
                "/api/admin/tenants/{tenant_id}/language_model",
                "/api/admin/tenants/" + quimbi.tenant().id() + "/language_model",
                """
                {"provider": "openai", "model": "fake-1", "api_key": "sk", "base_url": "%s"}
                """
                    .formatted(provider.settings(Kind.OPENAI).baseUrl()));
    assertEquals(200, set.status(), set.text());
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private JsonNode plan() {
    return plan(MESSAGE);
  }

  private JsonNode plan(String message) {
    Reply reply = quimbi.post("/api/copilot/plan", "{\"message\": \"" + message + "\"}");
    assertEquals(200, reply.status(), reply.text());
    return reply.json();
  }

  private static List<String> tools(JsonNode plan) {
    return StreamSupport.stream(plan.path("usedTools").spliterator(), false)
        .map(tool -> tool.path("name").asText())
        .toList();
  }

  @Test
  void the_model_chooses_tools_and_phrases_what_they_found() {
    provider.script =
        prompt -> {
          if (prompt.contains("Tools:")) {
            return "generate_email, calculate_health";
          }
          return prompt.contains("e-mail")
              ? "Hello [PRIVATE_1] team,\n\n6 support tickets are open with us.\n\nBest regards"
              : "[PRIVATE_1] is at high risk, with a health score of 13.";
        };
    JsonNode plan = plan();

    assertEquals("model", plan.path("planSource").asText());
    assertEquals(List.of("calculate_health", "generate_email"), tools(plan));
    assertEquals(
        "Acme Corp East is at high risk, with a health score of 13.",
        plan.path("summary").asText());
    assertTrue(
        plan.at("/emailDraft/body").asText().startsWith("Hello Acme Corp East team,"),
        plan.toString());
    String log = plan.path("decisionLog").toString();
    assertTrue(log.contains("The summary is by the language model fake-1."), log);
    assertTrue(log.contains("generate_email is by the language model fake-1."), log);
    assertFalse(
        provider.requests.stream().anyMatch(request -> request.body().contains("Acme")),
        "the account's name was sent out");
  }

  @Test
  void what_the_model_makes_up_is_not_said() {
    provider.script =
        prompt ->
            prompt.contains("Tools:")
                ? "calculate_health"
                : "They pay 250,000 USD and will leave within 30 days.";
    JsonNode plan = plan();

    assertEquals("model", plan.path("planSource").asText());
    assertEquals(BY_RULES, plan.path("summary").asText());
    assertTrue(plan.path("decisionLog").toString().contains("composer: "), plan.toString());
  }

  @Test
  void a_choice_that_is_none_leaves_the_plan_made_by_rules_with_the_reason() {
    provider.script = prompt -> prompt.contains("Tools:") ? "drop_all_tables" : "";
    JsonNode plan = plan();

    assertEquals("deterministic", plan.path("planSource").asText());
    assertEquals(4, tools(plan).size());
    assertTrue(plan.path("summary").asText().startsWith(BY_RULES), plan.toString());
    assertTrue(
        plan.path("decisionLog").toString().contains("not followed: it named what is no tool"),
        plan.toString());
  }

  @Test
  void a_model_that_is_down_costs_nothing_but_its_help() {
    provider.misbehaviour = Misbehaviour.REJECTS_KEY;
    JsonNode plan = plan();

    assertEquals("deterministic", plan.path("planSource").asText());
    assertEquals(4, tools(plan).size());
    assertTrue(plan.path("summary").asText().startsWith(BY_RULES), plan.toString());
    assertTrue(
        plan.path("decisionLog").toString().contains("did not accept the request"),
        plan.toString());
  }

  @Test
  void scores_are_never_the_models() {
    provider.script = prompt -> "calculate_health";
    SignedCaller copilot = SignedCaller.of(quimbi.tenant());

    assertEquals(
        13, copilot.call("calculate_health", "acme-002", "{}").data().path("score").asInt());
    assertEquals(0, provider.requests.size());
  }

  @Test
  void a_ranking_of_accounts_is_phrased_by_the_model_and_made_by_rules() {
    String question = "Which accounts renew in 60 days and are at risk?";
    provider.script =
        prompt ->
            prompt.contains("Tools:")
                ? "rank_accounts"
                : "The most urgent account at high risk is [PRIVATE_1], with a score of 13.";
    JsonNode phrased = plan(question);
    assertEquals(
        "The most urgent account at high risk is Acme Corp East, with a score of 13.",
        phrased.path("summary").asText(),
        phrased.toString());
    assertTrue(phrased.path("actions").get(0).asText().startsWith("Acme Corp East (acme-002): "));
    assertFalse(
        provider.requests.stream().anyMatch(request -> request.body().contains("Acme")),
        "an account's name was sent out");

    provider.script = prompt -> prompt.contains("Tools:") ? "rank_accounts" : "All score 99.";
    JsonNode byRules = plan(question);
    assertTrue(byRules.path("summary").asText().contains("most urgent first"), byRules.toString());
    assertEquals(phrased.path("actions"), byRules.path("actions"));
    assertTrue(byRules.path("decisionLog").toString().contains("composer: "), byRules.toString());
  }
}
