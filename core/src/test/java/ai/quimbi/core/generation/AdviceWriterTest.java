package ai.quimbi.core.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.generation.Advice.Action;
import ai.quimbi.core.generation.AdviceWriter.Worded;
import ai.quimbi.core.generation.LanguageModel.Failed;
import ai.quimbi.core.generation.LanguageModel.Prompt;
import ai.quimbi.core.generation.LanguageModel.Reason;
import ai.quimbi.core.generation.LanguageModel.Written;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a language model may do to advice: say the same in other words.
class AdviceWriterTest {
  private static final Currency USD = Currency.getInstance("USD");
  private static final Situation DAMAGED =
      situation(Scenario.SUPPORT_TICKET, 0.65, "1200", "Order arrived damaged");

  private static Situation situation(
      Scenario scenario, double churn, String value, String subject) {
    CustomerFacts customer =
        new CustomerFacts(
            "cust_12345",
            new Known<>("Ana Silva", Provenance.STORED),
            new TreeMap<>(),
            new Known<>(churn, Provenance.PROFILE),
            new Known<>(new BigDecimal(value), Provenance.PROFILE),
            null,
            null,
            List.of(),
            List.of("ana@silva.example"));
    return new Situation(scenario, FactSheet.empty(customer), subject, null, "high", null);
  }

  private static Advice advice(Situation situation) {
    return StandardPlaybook.PLAYBOOK.advise(situation, USD, Map.of());
  }

  private static Worded worded(Situation situation, LanguageModel model) {
    return AdviceWriter.worded(advice(situation), situation, new Pen(model, PhoneFinder.BY_SHAPE));
  }

  /// The lines that a model is asked to reword, as it sees them.
  private static List<String> lines(Prompt prompt) {
    String user = prompt.user();
    return user.substring(user.indexOf("Draft, already"))
        .lines()
        .filter(line -> line.startsWith("| "))
        .map(line -> line.substring(2))
        .toList();
  }

  private static LanguageModel rewording(UnaryOperator<List<String>> how) {
    return prompt -> new Written(String.join("\n", how.apply(lines(prompt))), "fake-1");
  }

  private static UnaryOperator<List<String>> replacing(String heading, String text) {
    return lines ->
        lines.stream().map(line -> line.startsWith(heading) ? heading + " " + text : line).toList();
  }

  @Test
  void other_words_for_the_same_are_taken_and_nothing_else_changes() {
    Advice before = advice(DAMAGED);
    Worded worded =
        worded(
            DAMAGED,
            rewording(
                lines ->
                    replacing("Point C:", "Give them a direct contact for future concerns")
                        .apply(
                            replacing(
                                    "Reason A:",
                                    "With an LTV of $1200 and churn risk at 65%, which is elevated,"
                                        + " a quick resolution is critical for retention.")
                                .apply(lines))));

    assertEquals("fake-1", worded.generator());
    assertNull(worded.reason());
    Advice after = worded.advice();
    assertTrue(after.actions().getFirst().reasoning().startsWith("With an LTV of $1200"));
    assertEquals("Give them a direct contact for future concerns", after.talkingPoints().get(2));
    assertEquals(before.talkingPoints().subList(0, 2), after.talkingPoints().subList(0, 2));
    assertEquals(before.warnings(), after.warnings());
    assertEquals(before.playbook(), after.playbook());
    for (int i = 0; i < before.actions().size(); i++) {
      Action was = before.actions().get(i);
      Action is = after.actions().get(i);
      assertEquals(
          was, new Action(is.playId(), is.action(), is.priority(), was.reasoning(), is.impact()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "High-value customer (LTV $1250) with elevated churn risk (65%).",
        "Customer with churn risk of 80%, quick resolution is critical.",
        "Customer with churn risk of about two thirds, give twenty percent off.",
        "Quick resolution keeps them; use code HACK1337 for retention.",
        "Quick resolution for retention, see https://evil-pay.example/claim",
        "Quick resolution for this customer: we guarantee a full refund.",
        "Quick resolution for this customer by Tuesday is critical.",
        "High-value customer with low churn risk, no resolution needed.",
        "Not a high-value customer; quick resolution is critical for retention.",
        "Quick resolution for this customer matters, as Charlotte said.",
        "<b>Quick</b> resolution critical for retention of this customer.",
        "Schnelle Loesung ist wichtig damit der Kunde uns auch weiterhin die Treue haelt.",
        "The weather is fine.",
        "Quick rеsolution critical for retention of this customer.",
        ""
      })
  void a_line_that_says_something_else_leaves_the_playbooks_words(String line) {
    List<Prompt> asked = new ArrayList<>();
    LanguageModel model =
        prompt -> {
          asked.add(prompt);
          return rewording(replacing("Reason A:", line)).complete(prompt);
        };

    Worded worded = worded(DAMAGED, model);

    assertEquals(advice(DAMAGED), worded.advice());
    assertEquals(Writer.COMPOSER, worded.generator());
    assertTrue(String.valueOf(worded.reason()).contains("language model"), worded.toString());
    assertEquals(2, asked.size(), "one repair is asked for");
    assertFalse(lines(asked.getFirst()).isEmpty());
  }

  @Test
  void a_number_may_not_move_to_another_line() {
    Worded worded =
        worded(
            DAMAGED,
            rewording(
                replacing(
                    "Reason B:", "Personal touch reinforces value to high-LTV customer ($1200)")));

    assertEquals(advice(DAMAGED), worded.advice());
  }

  @Test
  void lines_may_be_neither_dropped_nor_added_nor_swapped() {
    List<UnaryOperator<List<String>>> changes =
        List.of(
            lines -> lines.subList(1, lines.size()),
            List::reversed,
            lines -> {
              List<String> more = new ArrayList<>(lines);
              more.add("Reason Z: Give them a discount");
              return more;
            },
            lines -> List.of("Thank you for your message. I have read it with care."));
    for (UnaryOperator<List<String>> change : changes) {
      Worded worded = worded(DAMAGED, rewording(change));
      assertEquals(advice(DAMAGED), worded.advice());
      assertTrue(String.valueOf(worded.reason()).contains("form"), worded.toString());
    }
  }

  /// A check that refused the playbook's own words would refuse every rewording near them.
  @Test
  void the_playbooks_own_words_hold_in_every_situation() {
    Random random = new Random(11);
    List<String> subjects =
        List.of("", "Order arrived damaged", "cancel my order", "which batting?", "refund", "late");
    List<Scenario> scenarios = List.of(Scenario.values());
    Set<String> taken = new TreeSet<>();
    for (int round = 0; round < 600; round++) {
      Situation situation =
          situation(
              scenarios.get(round % scenarios.size()),
              random.nextDouble(),
              String.valueOf(random.nextInt(9000)),
              subjects.get(random.nextInt(subjects.size())));
      Worded echoed = worded(situation, rewording(lines -> lines));
      assertEquals("fake-1", echoed.generator(), situation + " " + echoed.reason());
      assertEquals(advice(situation), echoed.advice());
      echoed.advice().actions().forEach(action -> taken.add(action.playId()));
    }
    assertTrue(taken.size() > 15, taken.toString());
  }

  @Test
  void a_failure_is_the_playbooks_turn_and_says_why() {
    Worded worded = worded(DAMAGED, _ -> new Failed(Reason.TIMEOUT, "late"));

    assertEquals(advice(DAMAGED), worded.advice());
    assertEquals(Reason.TIMEOUT.label(), worded.reason());
    assertNull(AdviceWriter.worded(advice(DAMAGED), DAMAGED, Pen.COMPOSER).reason());
  }

  @Test
  void legal_and_safety_matters_are_not_sent() {
    for (String subject : List.of("My lawyer wants a refund", "It caught fire")) {
      Situation grave = situation(Scenario.SUPPORT_TICKET, 0.65, "1200", subject);
      Worded worded =
          worded(
              grave,
              _ -> {
                throw new AssertionError("sent");
              });
      assertEquals(Writer.GRAVE, worded.reason());
      assertEquals(advice(grave), worded.advice());
    }
  }

  @Test
  void neither_the_ticket_nor_the_customers_name_leaves() {
    Play own =
        new Play(
            "call",
            Scenario.SUPPORT_TICKET,
            Set.of(Signal.DAMAGED),
            Set.of(),
            Set.of(),
            "resolve",
            "Call Ana Silva back",
            "Ana Silva (ana@silva.example) asked for a call",
            "They asked for a call",
            false,
            new Beta(99, 1));
    Playbook mine =
        StandardPlaybook.PLAYBOOK.extendedBy("own", Situation.Thresholds.DEFAULT, List.of(own));
    List<Prompt> asked = new ArrayList<>();
    LanguageModel model =
        prompt -> {
          asked.add(prompt);
          return rewording(lines -> lines).complete(prompt);
        };

    Worded worded =
        AdviceWriter.worded(
            mine.advise(DAMAGED, USD, Map.of()), DAMAGED, new Pen(model, PhoneFinder.BY_SHAPE));

    String sent = asked.getFirst().user().toLowerCase(Locale.ROOT);
    assertFalse(sent.contains("silva"), sent);
    assertFalse(sent.contains("arrived damaged\n"), sent);
    assertEquals("fake-1", worded.generator(), worded.toString());
    assertTrue(
        worded
            .advice()
            .actions()
            .getFirst()
            .reasoning()
            .startsWith("Ana Silva (ana@silva.example)"));
  }
}
