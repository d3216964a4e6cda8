package ai.quimbi.core.copilot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.copilot.Plan.Source;
import ai.quimbi.core.generation.LanguageModel;
import ai.quimbi.core.generation.LanguageModel.Failed;
import ai.quimbi.core.generation.LanguageModel.Prompt;
import ai.quimbi.core.generation.LanguageModel.Reason;
import ai.quimbi.core.generation.LanguageModel.Written;
import ai.quimbi.core.generation.PhoneFinder;
import ai.quimbi.core.generation.Redaction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A model chooses tools within the limits, or is not followed.
class ModelChoiceTest {
  private static final List<Plan.Candidate> ACCOUNTS =
      List.of(new Plan.Candidate("acme-001", "Acme Corp"));
  private static final Redaction HIDING =
      Redaction.of(List.of("Acme Corp", "acme-001"), PhoneFinder.BY_SHAPE);
  private static final String MESSAGE = "What is going on with Acme Corp? Call me: 030 1234567";

  private static Plan choice(String message, LanguageModel model) {
    return ModelChoice.of(message, Plan.of(message, null, ACCOUNTS), model, HIDING);
  }

  private static LanguageModel saying(String text) {
    return prompt -> new Written(text, "fake-1");
  }

  private static List<ToolName> tools(Plan plan) {
    return plan.phases().stream().flatMap(phase -> phase.tools().stream()).toList();
  }

  @Test
  void the_tools_are_the_models_and_the_account_is_not() {
    Plan plan = choice(MESSAGE, saying("generate_email, get_recent_tickets"));

    assertEquals(Source.MODEL, plan.source());
    assertEquals("acme-001", plan.customerId());
    assertEquals(List.of(ToolName.GET_RECENT_TICKETS, ToolName.GENERATE_EMAIL), tools(plan));
    assertEquals(List.of("gather", "write"), plan.phases().stream().map(p -> p.name()).toList());
    assertEquals(Intent.EMAIL, plan.intent());
    assertTrue(plan.decisions().getLast().contains("fake-1 chose"), plan.decisions().toString());
  }

  @Test
  void a_question_that_no_word_gave_away_can_be_a_ranking() {
    Plan plan = choice("Who needs me most urgently?", saying("rank_accounts"));

    assertEquals(Intent.PORTFOLIO, plan.intent());
    assertEquals(Source.MODEL, plan.source());
  }

  @Test
  void whatever_is_less_than_a_choice_from_the_list_is_not_followed() {
    Plan byRules = Plan.of(MESSAGE, null, ACCOUNTS);
    List<String> answers =
        List.of(
            "",
            "delete_account",
            "get_recent_tickets, drop_tables",
            "I would call get_recent_tickets.",
            "rank_accounts, get_recent_tickets",
            "get_customer_usage, get_recent_tickets, get_contract_info, calculate_health,"
                + " generate_email, generate_qbr_outline");
    for (String answer : answers) {
      Plan plan = choice(MESSAGE, saying(answer));

      assertEquals(Source.DETERMINISTIC, plan.source(), answer);
      assertEquals(tools(byRules), tools(plan), answer);
      assertEquals(byRules.decisions().size() + 1, plan.decisions().size(), answer);
      assertTrue(plan.decisions().getLast().contains("not followed: "), answer);
    }
    Plan late = choice(MESSAGE, prompt -> new Failed(Reason.TIMEOUT, "slow"));
    assertTrue(late.decisions().getLast().contains("did not answer in time"));
    Plan nobody = choice("Draft something nice", saying("generate_email"));
    assertEquals(List.of(), tools(nobody));
  }

  @Test
  void the_model_is_offered_the_list_and_sees_neither_names_nor_numbers() {
    List<Prompt> asked = new ArrayList<>();
    choice(
        MESSAGE,
        prompt -> {
          asked.add(prompt);
          return new Written("calculate_health", "fake-1");
        });
    Prompt prompt = asked.getFirst();

    assertEquals(7, prompt.choices().size());
    assertTrue(prompt.user().contains("| What is going on"), prompt.user());
    assertFalse(prompt.user().contains("Acme"), prompt.user());
    assertFalse(prompt.user().contains("1234567"), prompt.user());
  }
}
