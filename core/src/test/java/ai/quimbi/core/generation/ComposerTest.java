package ai.quimbi.core.generation;

import static ai.quimbi.core.generation.QuiltShop.BABY_QUILT;
import static ai.quimbi.core.generation.QuiltShop.CATALOGUE;
import static ai.quimbi.core.generation.QuiltShop.TODAY;
import static ai.quimbi.core.generation.QuiltShop.customer;
import static ai.quimbi.core.generation.QuiltShop.named;
import static ai.quimbi.core.generation.QuiltShop.sheet;
import static ai.quimbi.core.generation.QuiltShop.support;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComposerTest {

  private static Draft write(Brief brief) {
    return Composer.compose(brief, sheet(brief), 7);
  }

  @Test
  void the_documents_question_is_answered_from_the_catalogue() {
    Brief brief =
        support(
            Channel.EMAIL,
            Length.MEDIUM,
            customer("price_sensitivity", "deal_hunter", "shopping_maturity", "new"),
            BABY_QUILT,
            Turn.agent("Hi! Let me help you with that."));

    Draft draft = write(brief);

    assertTrue(draft.message().contains("Warm & Natural 100% cotton batting"), draft.message());
    assertTrue(draft.message().contains("machine washable and dryable"), draft.message());
    assertTrue(draft.message().contains("For a baby quilt"), draft.message());
    assertTrue(
        draft
            .personalizationApplied()
            .containsAll(
                List.of(
                    "Adjusted for beginner (shopping_maturity: new)",
                    "Avoided jargon",
                    "Provided detailed explanations",
                    "Recommended from the catalog (product: Warm & Natural 100% cotton batting)")),
        draft.personalizationApplied().toString());
    assertFalse(draft.message().contains("scrim"), "jargon reached a beginner");
    assertNotNull(draft.subject());
  }

  @Test
  void without_the_answer_in_the_catalogue_it_says_that_it_checks() {
    Brief brief =
        support(
            Channel.CHAT,
            Length.MEDIUM,
            CustomerFacts.NOBODY,
            Turn.customer("Does the glass beads kit glow under ultraviolet light?"));

    Draft draft = Composer.compose(brief, FactSheet.empty(brief.customer()), 3);

    assertTrue(draft.message().contains("let me check"), draft.message());
  }

  @Test
  void a_neighbouring_product_is_not_an_answer() {
    Brief brief =
        support(
            Channel.CHAT,
            Length.MEDIUM,
            CustomerFacts.NOBODY,
            Turn.customer("Is the cotton batting flammable near a fireplace or stove?"));

    assertTrue(write(brief).message().contains("let me check"), write(brief).message());
  }

  @Test
  void a_policy_is_quoted_and_never_reworded() {
    Brief brief =
        support(
            Channel.EMAIL,
            Length.LONG,
            CustomerFacts.NOBODY,
            Turn.customer("What is your return policy for unopened items?"));

    Draft draft = write(brief);

    assertTrue(
        draft.message().contains("Unopened items can be returned within 30 days of delivery."),
        draft.message());
    assertTrue(draft.message().contains("Cut fabric cannot be returned."), draft.message());
  }

  @Test
  void a_cut_quotation_says_that_there_is_more() {
    Brief brief =
        support(
            Channel.SMS,
            Length.SHORT,
            CustomerFacts.NOBODY,
            Turn.customer("What is your return policy?"));
    String rule = "Unopened items can be returned within 30 days. ";
    CatalogItem policy =
        new CatalogItem.Policy("r", "Returns", rule + "Cut fabric stays. ".repeat(12), null);

    Draft draft = Composer.compose(brief, FactSheet.of(brief, null, List.of(policy), TODAY), 1);

    assertTrue(draft.message().contains(rule.strip()), draft.message());
    assertTrue(draft.message().contains("There is more to it"), draft.message());
  }

  @Test
  void a_damaged_order_gets_an_apology_the_policy_and_one_question() {
    Brief brief =
        support(
            Channel.EMAIL,
            Length.MEDIUM,
            CustomerFacts.NOBODY,
            Turn.customer("My thread set arrived damaged. I am upset."));

    String message = write(brief).message();

    assertTrue(message.contains("sorry"), message);
    assertTrue(message.contains("we send a replacement at no charge"), message);
    assertTrue(message.contains("photo"), message);
  }

  @Test
  void an_order_in_several_parcels_is_explained_from_the_facts() {
    OrderFact order =
        new OrderFact(
            "A-1001", TODAY.minusDays(4), "shipped", new BigDecimal("80.00"), 2, List.of());
    CustomerFacts customer =
        new CustomerFacts(
            "c1",
            null,
            CustomerFacts.NOBODY.segments(),
            null,
            null,
            null,
            null,
            List.of(new Known<>(order, Provenance.REQUEST)),
            List.of());
    Brief brief =
        support(
            Channel.EMAIL, Length.MEDIUM, customer, Turn.customer("Half of my order is missing!"));

    String late =
        write(support(Channel.EMAIL, Length.MEDIUM, customer, Turn.customer("Where is my order?")))
            .message();

    assertTrue(late.contains("A-1001"), late);
    assertTrue(late.contains("travels in 2 parcels"), late);
    assertEquals(List.of(), Grounding.on(sheet(brief)).unsupported(late));
  }

  @Test
  void a_legal_threat_gets_no_admission_and_no_offer() {
    Brief brief =
        support(
            Channel.EMAIL,
            Length.LONG,
            CustomerFacts.NOBODY,
            Turn.customer("My lawyer says you owe me a refund. I will sue."));

    String message = write(brief).message();

    assertFalse(message.contains("refund"), message);
    assertFalse(message.contains("sorry"), message);
    assertTrue(message.contains("check"), message);
  }

  @Test
  void the_same_arguments_give_the_same_bytes_and_seeds_vary_the_text() {
    Brief brief = support(Channel.EMAIL, Length.MEDIUM, CustomerFacts.NOBODY, BABY_QUILT);
    Set<String> texts = new HashSet<>();
    for (int seed = 0; seed < 40; seed++) {
      Draft draft = Composer.compose(brief, sheet(brief), seed);
      assertEquals(draft, Composer.compose(brief, sheet(brief), seed));
      texts.add(draft.message());
    }
    assertTrue(texts.size() >= 20, "only " + texts.size() + " texts from 40 seeds");
  }

  @Test
  void goal_tone_length_and_channel_each_change_the_text() {
    CustomerFacts nobody = CustomerFacts.NOBODY;
    Set<String> byGoal = new HashSet<>();
    for (Goal goal : Goal.values()) {
      byGoal.add(
          write(Brief.of(goal, Channel.EMAIL, Tone.FRIENDLY, Length.MEDIUM, List.of(), nobody))
              .message());
    }
    assertEquals(Goal.values().length, byGoal.size());
    Set<String> byTone = new HashSet<>();
    for (Tone tone : Tone.values()) {
      byTone.add(
          write(Brief.of(Goal.UPSELL, Channel.EMAIL, tone, Length.MEDIUM, List.of(), nobody))
              .message());
    }
    assertEquals(Tone.values().length, byTone.size());
    int shorter = write(support(Channel.EMAIL, Length.SHORT, nobody, BABY_QUILT)).words();
    int longer = write(support(Channel.EMAIL, Length.LONG, nobody, BABY_QUILT)).words();
    assertTrue(longer > shorter, longer + " words are not more than " + shorter);
    assertNotEquals(
        write(support(Channel.SMS, Length.MEDIUM, nobody, BABY_QUILT)).message(),
        write(support(Channel.PHONE_SCRIPT, Length.MEDIUM, nobody, BABY_QUILT)).message());
    assertNull(write(support(Channel.SMS, Length.MEDIUM, nobody, BABY_QUILT)).subject());
  }

  @Test
  void a_win_back_names_the_offer_only_while_it_holds() {
    Brief brief =
        Brief.of(
            Goal.WIN_BACK,
            Channel.EMAIL,
            Tone.FRIENDLY,
            Length.MEDIUM,
            List.of(),
            CustomerFacts.NOBODY);

    String now = Composer.compose(brief, sheet(brief), 1).message();
    String later =
        Composer.compose(brief, FactSheet.of(brief, null, CATALOGUE, TODAY.plusYears(1)), 1)
            .message();

    assertTrue(now.contains("WARM15"), now);
    assertFalse(later.contains("WARM15"), later);
  }

  @Test
  void a_spoken_script_has_one_sentence_a_line_and_no_links() {
    Draft draft =
        write(support(Channel.PHONE_SCRIPT, Length.LONG, CustomerFacts.NOBODY, BABY_QUILT));

    assertFalse(draft.message().contains("http"), draft.message());
    for (String line : draft.message().split("\n", -1)) {
      assertEquals(1, Words.sentences(line).size(), line);
    }
  }

  @Test
  void fallbacks_are_told() {
    Brief brief =
        new Brief(
            Goal.GENERIC_COMMUNICATION,
            Channel.nearest("whatsapp"),
            Tone.nearest("sassy"),
            Length.nearest("shrot"),
            "de",
            List.of(),
            CustomerFacts.NOBODY);

    Draft draft = write(brief);

    assertEquals(Channel.SMS, draft.channel());
    assertEquals(Length.SHORT, brief.length().value());
    assertEquals(
        List.of(
            "Tone 'sassy' is not known; used friendly",
            "Channel 'whatsapp' is not known; used sms",
            "Length 'shrot' is not known; used short",
            "Language 'de' is not available; wrote in English"),
        draft.personalizationApplied().stream().filter(s -> s.contains("is not")).toList());
  }

  @Test
  void a_name_is_used_and_claimed() {
    Brief brief =
        support(Channel.EMAIL, Length.SHORT, named(CustomerFacts.NOBODY, "Ana"), BABY_QUILT);

    Draft draft = write(brief);

    assertTrue(draft.message().contains("Ana"), draft.message());
    assertTrue(draft.personalizationApplied().contains("Addressed by name"));
  }
}
