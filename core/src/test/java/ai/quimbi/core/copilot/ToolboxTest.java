package ai.quimbi.core.copilot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.copilot.ToolFailure.Code;
import ai.quimbi.core.copilot.ToolOutcome.Incomplete;
import ai.quimbi.core.generation.Pen;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What each tool says to evidence that is there, in part, or not.
final class ToolboxTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Toolbox TOOLBOX = new Toolbox(HealthWeights.DEFAULT, NOW);
  private static final Usage USAGE = new Usage(Trend.UP, 82, List.of(77L, 81L, 85L, 89L));
  private static final Tickets TICKETS =
      new Tickets(
          2,
          List.of(
              new Tickets.Recent("T-901", Severity.LOW),
              new Tickets.Recent("T-902", Severity.MEDIUM)));

  private static Evidence evidence(
      @Nullable Usage usage, Tickets tickets, @Nullable String renewal) {
    Account account =
        new Account(
            "acme-001",
            "Acme Corp",
            "public",
            renewal == null ? null : Renewal.read(renewal).orElseThrow(),
            new BigDecimal("250000"),
            "USD");
    return new Evidence(account, usage, 30, tickets);
  }

  private static ToolOutcome answer(ToolName name, @Nullable Evidence evidence) {
    return TOOLBOX.answer(Tool.of(name, Subject.of("acme-001")), evidence);
  }

  private static ToolOutcome lenient(ToolName name, Evidence evidence) {
    return TOOLBOX.answer(Tool.of(name, new Subject("acme-001", Subject.PUBLIC, true)), evidence);
  }

  @Test
  void with_all_evidence_every_tool_answers() {
    Evidence all = evidence(USAGE, TICKETS, "2027-02-01");

    assertEquals(USAGE, answer(ToolName.GET_CUSTOMER_USAGE, all));
    assertEquals(TICKETS, answer(ToolName.GET_RECENT_TICKETS, all));
    Contract contract = assertInstanceOf(Contract.class, answer(ToolName.GET_CONTRACT_INFO, all));
    assertEquals("2027-02-01", contract.renewal().told());
    Health health = assertInstanceOf(Health.class, answer(ToolName.CALCULATE_HEALTH, all));
    // 71 days and a half: 0.45*100 + 0.35*80 + 0.20*70
    assertEquals(87, health.score());
    assertEquals(List.of("usage_up", "few_tickets"), health.signals());
    EmailDraft email = assertInstanceOf(EmailDraft.class, answer(ToolName.GENERATE_EMAIL, all));
    assertEquals("Renewal Alignment with Acme Corp", email.subject());
    assertInstanceOf(QbrOutline.class, answer(ToolName.GENERATE_QBR_OUTLINE, all));
  }

  @Test
  void missing_data_is_said_to_be_missing_and_never_a_neutral_number() {
    for (ToolName tool : ToolName.values()) {
      assertMissing(answer(tool, null), tool);
    }
    Evidence noUsage = evidence(null, Tickets.NONE, "2027-02-01");
    assertMissing(answer(ToolName.GET_CUSTOMER_USAGE, noUsage), ToolName.GET_CUSTOMER_USAGE);
    assertMissing(answer(ToolName.CALCULATE_HEALTH, noUsage), ToolName.CALCULATE_HEALTH);
    assertEquals(Tickets.NONE, answer(ToolName.GET_RECENT_TICKETS, noUsage));
    assertInstanceOf(EmailDraft.class, answer(ToolName.GENERATE_EMAIL, noUsage));
    Evidence noContract = evidence(USAGE, TICKETS, null);
    for (ToolName tool :
        List.of(ToolName.GET_CONTRACT_INFO, ToolName.CALCULATE_HEALTH, ToolName.GENERATE_EMAIL)) {
      assertMissing(answer(tool, noContract), tool);
    }
    assertInstanceOf(QbrOutline.class, answer(ToolName.GENERATE_QBR_OUTLINE, noContract));
  }

  private static void assertMissing(ToolOutcome outcome, ToolName tool) {
    assertEquals(
        Code.MISSING_DATA, assertInstanceOf(ToolFailure.class, outcome, tool.label()).code());
  }

  @Test
  void the_lenient_answer_marks_what_it_lacks() {
    Evidence bare = evidence(null, Tickets.NONE, null);

    for (ToolName tool :
        List.of(
            ToolName.GET_CUSTOMER_USAGE,
            ToolName.GET_CONTRACT_INFO,
            ToolName.CALCULATE_HEALTH,
            ToolName.GENERATE_EMAIL)) {
      assertInstanceOf(Incomplete.class, lenient(tool, bare), tool.label());
    }
    Health health = (Health) ((Incomplete) lenient(ToolName.CALCULATE_HEALTH, bare)).result();
    assertEquals(List.of("no_tickets"), health.signals());
  }

  @Test
  void days_are_whole_days_to_the_renewals_instant_and_never_below_zero() {
    assertEquals(71, Renewal.read("2027-02-01").orElseThrow().daysFrom(NOW));
    assertEquals(72, Renewal.read("2027-02-01T12:00:00Z").orElseThrow().daysFrom(NOW));
    assertEquals(71, Renewal.read("2027-02-01T12:00:00+00:01").orElseThrow().daysFrom(NOW));
    assertEquals(72, Renewal.read("2027-02-01T12:00:00").orElseThrow().daysFrom(NOW));
    assertEquals(0, Renewal.read("2026-11-01").orElseThrow().daysFrom(NOW));
    assertTrue(Renewal.read("2026-11-01").orElseThrow().isOverdueAt(NOW));
    for (String wrong : List.of("", "soon", "2026-13-01", "2026-02-30", "01.02.2026", "2026-1-1")) {
      assertTrue(Renewal.read(wrong).isEmpty(), wrong);
    }
  }

  @Test
  void texts_contain_no_number_that_is_not_a_fact() {
    Pattern number = Pattern.compile("\\d[\\d,.]*\\d|\\d");
    for (Trend trend : Trend.values()) {
      for (int open : new int[] {0, 1, 2, 4, 9}) {
        for (String renewal :
            new String[] {"2026-11-01", "2026-12-01", "2027-02-01", "2027-11-01"}) {
          Usage usage = new Usage(trend, 82, List.of(77L, 81L, 85L, 89L));
          Evidence evidence = evidence(usage, new Tickets(open, List.of()), renewal);
          Facts facts = TOOLBOX.facts(evidence);
          List<String> allowed = new ArrayList<>(List.of("82", "77", "89", "30", "100", "250,000"));
          allowed.add(Integer.toString(open));
          allowed.add("" + facts.daysToRenewal());
          Renewal date = Renewal.read(renewal).orElseThrow();
          allowed.add("" + date.day().getDayOfMonth());
          allowed.add("" + date.day().getYear());
          Health health = facts.health();
          if (health != null) {
            allowed.add("" + health.score());
          }
          String all =
              EmailDraft.of(facts, Pen.COMPOSER).body()
                  + QbrOutline.of(facts, Pen.COMPOSER).sections()
                  + Action.from(facts);
          Matcher found = number.matcher(all.replaceAll("priority=\\d", ""));
          while (found.find()) {
            String figure = found.group().replaceAll("[.,]$", "");
            assertTrue(allowed.contains(figure), figure + " in " + all);
          }
        }
      }
    }
  }

  @Test
  void an_email_never_tells_the_account_its_score_risk_or_price() {
    Facts facts =
        TOOLBOX.facts(
            evidence(
                new Usage(Trend.DOWN, 82, List.of(90L, 70L)),
                new Tickets(9, List.of()),
                "2026-12-01"));
    String body = EmailDraft.of(facts, Pen.COMPOSER).body();

    for (String secret : List.of("score", "risk", "250,000", "churn", "escalate")) {
      assertTrue(!body.toLowerCase(java.util.Locale.ROOT).contains(secret), secret);
    }
    assertTrue(body.contains("1 December 2026, in 9 days"), body);
    assertTrue(body.contains("9 support tickets are open"), body);
  }

  @Test
  void tickets_are_shown_newest_first_and_at_most_ten() {
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      tickets.add(new Ticket("T-" + i, Severity.LOW, i % 2 == 0, NOW.plusSeconds(i), null, null));
    }
    Tickets view = Tickets.of(tickets);

    assertEquals(7, view.openTickets());
    assertEquals(10, view.recentTickets().size());
    assertEquals("T-13", view.recentTickets().getFirst().id());
    assertEquals("T-4", view.recentTickets().getLast().id());
  }
}
