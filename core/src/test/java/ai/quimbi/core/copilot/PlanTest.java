package ai.quimbi.core.copilot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.copilot.Plan.Candidate;
import ai.quimbi.core.copilot.Portfolio.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Messages become plans, outcomes become answers.
final class PlanTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final List<Candidate> ACCOUNTS =
      List.of(
          new Candidate("acme-001", "Acme Corp"),
          new Candidate("acme-002", "Acme Corp East"),
          new Candidate("globex-001", "Globex"));

  @Test
  void the_words_of_a_message_decide_what_is_meant() {
    Map<String, Intent> table = new LinkedHashMap<>();
    table.put("How healthy is Acme?", Intent.HEALTH);
    table.put("what's the risk here", Intent.HEALTH);
    table.put("When does the contract renew?", Intent.RENEWAL);
    table.put("Prepare a QBR for Globex", Intent.QBR);
    table.put("outline the quarterly business review", Intent.QBR);
    table.put("Draft an email about the renewal", Intent.EMAIL);
    table.put("Write an e-mail to Acme", Intent.EMAIL);
    table.put("Are they going to churn?", Intent.CHURN);
    table.put("will Globex cancel", Intent.CHURN);
    table.put("Give me a summary", Intent.SUMMARY);
    table.put("", Intent.SUMMARY);
    table.put("which accounts renew in 60 days and are at risk?", Intent.PORTFOLIO);
    table.put("List all customers by health", Intent.PORTFOLIO);
    table.put("show my accounts", Intent.PORTFOLIO);
    table.forEach((message, intent) -> assertEquals(intent, Intent.of(message), message));
  }

  @Test
  void an_account_named_in_the_message_goes_before_the_selected_one() {
    assertEquals("globex-001", Plan.of("health of globex", "acme-001", ACCOUNTS).customerId());
    assertEquals("acme-002", Plan.of("health of ACME-002!", "acme-001", ACCOUNTS).customerId());
    assertEquals("acme-002", Plan.of("Acme Corp East health", null, ACCOUNTS).customerId());
    assertEquals("acme-001", Plan.of("health", "acme-001", ACCOUNTS).customerId());
    assertNull(Plan.of("health", null, ACCOUNTS).customerId());
    assertTrue(Plan.of("health", null, ACCOUNTS).phases().isEmpty());
    assertEquals("x", Plan.of("a globexish thing", "x", ACCOUNTS).customerId());
  }

  @Test
  void no_message_whatever_calls_more_than_five_tools() {
    Random random = new Random(5);
    List<String> words =
        List.of("email", "qbr", "health", "renew", "all", "accounts", "churn", "acme", "and", "?");
    for (int i = 0; i < 300; i++) {
      StringBuilder message = new StringBuilder();
      for (int w = random.nextInt(8); w > 0; w--) {
        message.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      Plan plan = Plan.of(message.toString(), "acme-001", ACCOUNTS);
      assertTrue(plan.phases().stream().mapToInt(p -> p.tools().size()).sum() <= Plan.MOST_TOOLS);
    }
  }

  private static Facts facts(
      @Nullable Usage usage, int open, @Nullable String renewal, @Nullable Health health) {
    return new Facts(
        "Acme Corp",
        "USD",
        usage,
        30,
        new Tickets(open, List.of()),
        renewal == null ? null : Renewal.read(renewal).orElseThrow(),
        new BigDecimal("250000.00"),
        health,
        NOW);
  }

  @Test
  void a_failed_tool_is_named_and_the_rest_still_answers() {
    Plan plan = Plan.of("Draft an email", "acme-001", ACCOUNTS);
    Map<ToolName, ToolOutcome> outcomes = new LinkedHashMap<>();
    outcomes.put(ToolName.GET_CUSTOMER_USAGE, ToolFailure.missing("no usage"));
    EmailDraft draft = new EmailDraft("s", "b", new Author("composer", null));
    outcomes.put(ToolName.GENERATE_EMAIL, draft);

    Conclusion conclusion = Conclusion.of(plan, facts(null, 2, "2027-02-01", null), outcomes);

    assertEquals(List.of("get_customer_usage failed: no usage"), conclusion.notes());
    assertEquals(draft, conclusion.email());
    assertEquals(
        "2 tickets are open. The contract over 250,000 USD a year renews on 1 February 2027, in 71"
            + " days.",
        conclusion.summary());
  }

  @Test
  void the_most_urgent_action_comes_first() {
    Usage down = new Usage(Trend.DOWN, 40, List.of(50L, 30L));
    Health high = Health.of(Trend.DOWN, 6, 10L, HealthWeights.DEFAULT);

    List<Action> urgent = Action.from(facts(down, 6, "2026-12-01", high));
    assertTrue(urgent.getFirst().text().startsWith("Escalate"), urgent.toString());
    assertEquals(3, urgent.size());

    List<Action> overdue = Action.from(facts(down, 6, "2026-11-01", high));
    assertTrue(overdue.getFirst().text().startsWith("Call Acme Corp today"), overdue.toString());

    assertEquals(List.of(), Action.from(facts(null, 0, null, null)));
  }

  @Test
  void a_question_about_all_accounts_is_read_and_ranked() {
    Portfolio question = Portfolio.of("which accounts renew in 60 days and are at risk?");
    assertEquals(new Portfolio(60, true, 10), question);
    assertEquals(new Portfolio(90, false, 3), Portfolio.of("top 3 accounts, next 3 months"));
    assertEquals(new Portfolio(null, false, 10), Portfolio.of("list all customers"));

    Health high = Health.of(Trend.DOWN, 6, 10L, HealthWeights.DEFAULT);
    Health low = Health.of(Trend.UP, 0, 50L, HealthWeights.DEFAULT);
    Row risky = new Row("b", "B", 20L, false, high);
    Row riskier = new Row("a", "A", 10L, false, high);
    Row healthy = new Row("c", "C", 50L, false, low);
    Row later = new Row("d", "D", 61L, false, high);
    Row unknown = new Row("e", "E", 30L, false, null);
    List<Row> all = List.of(risky, unknown, healthy, later, riskier);

    assertEquals(List.of(riskier, risky), question.rank(all));
    assertEquals(
        List.of(riskier, risky, later, healthy, unknown), new Portfolio(null, false, 10).rank(all));
    Conclusion told = Conclusion.ofPortfolio(question, question.rank(all), 5);
    assertEquals(
        "2 of 5 accounts, most urgent first: accounts at medium or high risk that renew within 60"
            + " days.",
        told.summary());
    assertTrue(told.actions().getFirst().startsWith("A (a): high risk, score 13"));
    assertNotNull(told.notes());
  }
}
