package ai.quimbi.core.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.generation.Advice.Action;
import ai.quimbi.core.generation.Advice.Impact;
import ai.quimbi.core.generation.Beta.Outcomes;
import ai.quimbi.core.generation.Situation.Thresholds;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaybookTest {
  private static final Currency USD = Currency.getInstance("USD");
  private static final Playbook PLAYBOOK = StandardPlaybook.PLAYBOOK;

  private static CustomerFacts customer(@Nullable Double churn, @Nullable String value) {
    return new CustomerFacts(
        "cust_12345",
        null,
        new TreeMap<>(),
        churn == null ? null : new Known<>(churn, Provenance.PROFILE),
        value == null ? null : new Known<>(new BigDecimal(value), Provenance.PROFILE),
        null,
        null,
        List.of(),
        List.of());
  }

  private static Situation ticket(CustomerFacts customer, String subject) {
    return new Situation(
        Scenario.SUPPORT_TICKET, FactSheet.empty(customer), subject, null, "high", null);
  }

  private static Advice advise(Situation situation) {
    return PLAYBOOK.advise(situation, USD, Map.of());
  }

  private static List<String> ids(Advice advice) {
    return advice.actions().stream().map(Action::playId).toList();
  }

  /// Provenance: seeds/quimbi-platform-api.md, "Recommended Actions", request and response.
  @Test
  void the_documents_example_gives_the_documents_answer() {
    Advice advice = advise(ticket(customer(0.65, "1200.00"), "Order arrived damaged"));

    assertEquals(
        List.of(
            "Send immediate replacement shipment with expedited shipping",
            "Include handwritten apology note and small gift with replacement",
            "Follow up 2 days after delivery to ensure satisfaction"),
        advice.actions().stream().map(Action::action).toList());
    assertEquals(
        List.of(
            "High-value customer (LTV $1200) with elevated churn risk (65%). Quick resolution"
                + " critical for retention.",
            "Personal touch reinforces value to high-LTV customer",
            "Proactive follow-up shows commitment to service quality"),
        advice.actions().stream().map(Action::reasoning).toList());
    assertEquals(List.of(1, 2, 3), advice.actions().stream().map(Action::priority).toList());
    Impact impact = Objects.requireNonNull(advice.actions().getFirst().impact());
    assertEquals(new BigDecimal("0.8500"), impact.retentionProbability());
    assertEquals(new BigDecimal("780.00"), impact.revenueAtRisk());
    assertTrue(impact.source().contains("prior Beta(10, 3)"), impact.source());
    assertTrue(impact.source().contains("no outcomes recorded yet"), impact.source());
    assertNull(advice.actions().get(1).impact());
    assertEquals(
        List.of(
            "Customer has high churn risk - handle with extra care",
            "Revenue at risk: $780 (65% churn × $1200 LTV)"),
        advice.warnings());
    assertEquals(
        List.of(
            "Apologize sincerely for the inconvenience",
            "Emphasize commitment to quality",
            "Offer direct contact for any future concerns"),
        advice.talkingPoints());
  }

  @Test
  void no_number_is_given_without_churn_and_value() {
    for (CustomerFacts unknown :
        List.of(customer(null, "1200"), customer(0.65, null), CustomerFacts.NOBODY)) {
      Advice advice = advise(ticket(unknown, "Order arrived damaged"));
      assertFalse(advice.actions().isEmpty());
      assertTrue(advice.actions().stream().allMatch(a -> a.impact() == null));
      assertTrue(
          advice.warnings().stream().noneMatch(w -> w.contains("$")), advice.warnings().toString());
    }
  }

  @Test
  void recorded_outcomes_move_the_estimate_and_are_named() {
    Situation situation = ticket(customer(0.65, "1200"), "Order arrived damaged");
    Map<String, Outcomes> bad = Map.of("support_damaged_express", new Outcomes(40, 0, 4, 36));

    Action express =
        PLAYBOOK.advise(situation, USD, bad).actions().stream()
            .filter(a -> a.playId().equals("support_damaged_express"))
            .findFirst()
            .orElseThrow();

    Impact impact = Objects.requireNonNull(express.impact());
    // Beta(10 + 4, 3 + 36): mean 14/53; 1 - 0.65 x 39/53.
    assertEquals(new BigDecimal("0.5217"), impact.retentionProbability());
    assertTrue(impact.source().contains("40 recorded outcomes, 4 of them kept"), impact.source());
    assertTrue(express.priority() > 1, "a failing action kept the first place");
  }

  @Test
  void safety_and_legal_come_before_money() {
    CustomerFacts whale = customer(0.9, "9000");
    assertEquals(
        "support_safety", ids(advise(ticket(whale, "It caught fire, damaged!"))).getFirst());
    Advice legal = advise(ticket(whale, "My lawyer wants a refund for the damaged item"));
    assertEquals("support_legal", ids(legal).getFirst());
    assertFalse(ids(legal).contains("support_damaged_express"));
    assertTrue(legal.talkingPoints().stream().noneMatch(p -> p.contains("Apologize")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "My order arrived damaged            | support_damaged  | ",
        "The handle is broken                | support_damaged  | ",
        "I want a refund                     | support_refund   | ",
        "Please give me my money back        | support_refund   | ",
        "Cancel my subscription              | support_cancel   | speaks of cancelling",
        "I will see you in court             | support_legal    | Legal matter",
        "My attorney is writing to you       | support_legal    | Legal matter",
        "It gave my son an electric shock    | support_safety   | Possible safety issue",
        "The dye gave me a rash              | support_safety   | Possible safety issue"
      })
  void urgent_words_are_found_wherever_they_stand(
      String words, String play, @Nullable String warning) {
    CustomerFacts customer = customer(0.2, "80");
    Situation inSubject = ticket(customer, words);
    Situation inText =
        new Situation(
            Scenario.SUPPORT_TICKET, FactSheet.empty(customer), "Hello", words, "low", null);
    for (Situation situation : List.of(inSubject, inText)) {
      Advice advice = advise(situation);
      assertEquals(play, ids(advice).getFirst(), advice.toString());
      assertTrue(
          warning == null || advice.warnings().toString().contains(warning), advice.toString());
    }
  }

  @Test
  void a_split_shipment_is_not_replaced() {
    Situation split =
        new Situation(
            Scenario.SUPPORT_TICKET,
            FactSheet.empty(customer(0.3, "200")),
            "Missing items in my order",
            null,
            "normal",
            2);

    Advice advice = advise(split);

    assertEquals("support_split", ids(advice).getFirst());
    assertFalse(ids(advice).contains("support_wrong_item"));
    assertTrue(advice.warnings().toString().contains("several parcels"));
  }

  @Test
  void vips_and_new_customers_are_treated_otherwise() {
    List<String> vip = ids(advise(ticket(customer(0.3, "8000"), "Where is my parcel? It is late")));
    List<String> plain = ids(advise(ticket(customer(0.3, "80"), "Where is my parcel? It is late")));
    CustomerFacts fresh =
        customer(0.3, "80").withSegment("shopping_maturity", "new", Provenance.PROFILE);
    List<String> newcomer = ids(advise(ticket(fresh, "Where is my parcel? It is late")));

    assertTrue(vip.contains("support_vip_owner"));
    assertFalse(plain.contains("support_vip_owner"));
    assertTrue(newcomer.contains("support_new"));
    assertFalse(plain.contains("support_new"));
  }

  @Test
  void a_tenants_plays_replace_and_extend() {
    Play own =
        new Play(
            "support_damaged_express",
            Scenario.SUPPORT_TICKET,
            Set.of(Signal.DAMAGED),
            Set.of(),
            Set.of(),
            "resolve",
            "Bring a new one by hand",
            "{value} customer",
            "Neighbours",
            false,
            new Beta(99, 1));
    Playbook mine = PLAYBOOK.extendedBy("acme-7", Thresholds.DEFAULT, List.of(own));

    Advice advice =
        mine.advise(ticket(customer(0.65, "1200"), "Order arrived damaged"), USD, Map.of());

    assertEquals("Bring a new one by hand", advice.actions().getFirst().action());
    assertNull(advice.actions().getFirst().impact());
    assertEquals("acme-7", advice.playbook());
    assertThrows(
        IllegalArgumentException.class,
        () -> new Playbook("twice", Thresholds.DEFAULT, List.of(own, own)));
  }

  @Test
  void every_scenario_always_has_something_to_do_and_is_deterministic() {
    Random random = new Random(3);
    List<String> texts =
        List.of("", "asdf", "cancel my order", "which batting?", "love it", "refund");
    for (int round = 0; round < 1000; round++) {
      CustomerFacts customer =
          customer(
              random.nextBoolean() ? random.nextDouble() : null,
              random.nextBoolean() ? String.valueOf(random.nextInt(9000)) : null);
      for (Scenario scenario : Scenario.values()) {
        Situation situation =
            new Situation(
                scenario,
                FactSheet.empty(customer),
                texts.get(random.nextInt(texts.size())),
                null,
                null,
                null);
        Advice advice = advise(situation);
        assertEquals(advice, advise(situation));
        assertFalse(advice.actions().isEmpty(), scenario + " " + situation);
        assertFalse(advice.talkingPoints().isEmpty(), scenario.label());
        assertTrue(advice.actions().size() <= Playbook.MAX_ACTIONS);
        assertEquals(
            advice.actions().size(), new HashSet<>(ids(advice)).size(), "an action came twice");
        assertTrue(
            advice.actions().stream().noneMatch(a -> (a.action() + a.reasoning()).contains("{")));
      }
    }
  }

  @Test
  void revenue_at_risk_is_churn_times_value_to_the_minor_unit() {
    Situation situation = ticket(customer(0.333, "99.99"), "Order arrived damaged");

    assertEquals(
        new BigDecimal("33.30"),
        Objects.requireNonNull(advise(situation).actions().getFirst().impact()).revenueAtRisk());
    Impact yen =
        PLAYBOOK
            .advise(situation, Currency.getInstance("JPY"), Map.of())
            .actions()
            .getFirst()
            .impact();
    assertNotNull(yen);
    assertEquals(new BigDecimal("33"), yen.revenueAtRisk());
  }
}
