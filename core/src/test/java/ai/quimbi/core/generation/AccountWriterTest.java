package ai.quimbi.core.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.generation.AccountFacts.Course;
import ai.quimbi.core.generation.AccountFacts.Renewal;
import ai.quimbi.core.generation.AccountFacts.Standing;
import ai.quimbi.core.generation.AccountFacts.Support;
import ai.quimbi.core.generation.AccountFacts.Usage;
import ai.quimbi.core.generation.AccountWriter.Letter;
import ai.quimbi.core.generation.AccountWriter.Text;
import ai.quimbi.core.generation.LanguageModel.Failed;
import ai.quimbi.core.generation.LanguageModel.Outcome;
import ai.quimbi.core.generation.LanguageModel.Prompt;
import ai.quimbi.core.generation.LanguageModel.Reason;
import ai.quimbi.core.generation.LanguageModel.Written;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Texts about accounts: what they say when nobody phrases them, and what a model may make of them.
class AccountWriterTest {
  private static final Pattern NUMBER = Pattern.compile("\\d[\\d,]*");
  private static final List<Course> COURSES = List.of(Course.UP, Course.DOWN, Course.FLAT);
  private static final AccountFacts ACME =
      new AccountFacts(
          "Acme Corp",
          new Renewal(LocalDate.of(2026, 11, 1), 230, false),
          new Usage(Course.UP, 83, 77, 89, 30),
          new Support(2, 0),
          "250,000 USD",
          new Standing(93, "low", List.of("usage_up", "few_tickets", "renewal_far")),
          List.of("Close the 2 open tickets before the next conversation."));

  /// Answers each prompt with the next text, and remembers what it was asked.
  private static final class Scripted implements LanguageModel {
    private final List<Prompt> asked = new ArrayList<>();
    private final List<String> texts;

    Scripted(String... texts) {
      this.texts = List.of(texts);
    }

    @Override
    public Outcome complete(Prompt prompt) {
      asked.add(prompt);
      return new Written(texts.get(Math.min(asked.size(), texts.size()) - 1), "fake-1");
    }
  }

  private static Pen pen(LanguageModel model) {
    return new Pen(model, PhoneFinder.BY_SHAPE);
  }

  private static Text<Letter> letter(LanguageModel model) {
    return AccountWriter.letter(ACME, 0, pen(model));
  }

  @Test
  void without_a_model_the_letter_says_what_is_known_and_what_follows_from_it() {
    Text<Letter> letter = AccountWriter.letter(ACME, 0, Pen.COMPOSER);

    assertEquals("composer", letter.generator());
    assertEquals("Renewal Alignment with Acme Corp", letter.value().subject());
    String body = letter.value().body();
    for (String told :
        List.of(
            "Hi Acme Corp team,",
            "Your agreement renews on 1 November 2026, in 230 days.",
            "83 of your people used the product on an average day, and the number is growing.",
            "2 support tickets are open with us.",
            "- agree an order and dates for the 2 open tickets",
            "- see which further teams could benefit",
            "- go through the terms of the renewal")) {
      assertTrue(body.contains(told), told + " in\n" + body);
    }
  }

  @Test
  void a_review_is_made_of_the_same_facts() {
    assertEquals(
        List.of(
            "Adoption overview: 83 daily users on average over 30 days, trend up (from 77 to 89)",
            "Support summary: 2 open tickets",
            "Renewal and value: due on 1 November 2026 (in 230 days), ARR 250,000 USD",
            "Health: score 93 of 100, low risk (usage_up, few_tickets, renewal_far)",
            "Roadmap alignment: goals of Acme Corp for the next quarter",
            "Next steps: Close the 2 open tickets before the next conversation."),
        AccountWriter.review(ACME, Pen.COMPOSER).value());
  }

  @Test
  void a_letter_states_no_number_that_is_no_fact_and_nothing_the_validator_refuses() {
    Random random = new Random(20261122);
    String[] names = {"Acme Corp", "Studio 54", "3M", "H&M", "L'Oréal", "Ärzte-Haus Süd GmbH"};
    for (int i = 0; i < 3_000; i++) {
      AccountFacts facts = random(random, names[random.nextInt(names.length)]);
      long seed = random.nextLong();
      String body = AccountWriter.letter(facts, seed, Pen.COMPOSER).value().body();

      assertEquals(List.of(), AccountWriter.unsupported(facts, body), body);
      Set<String> known = numbersOf(facts);
      NUMBER
          .matcher(body)
          .results()
          .map(MatchResult::group)
          .map(figure -> figure.replaceAll(",$", ""))
          .forEach(figure -> assertTrue(known.contains(figure), figure + " in\n" + body));
      assertEquals(body, AccountWriter.letter(facts, seed, Pen.COMPOSER).value().body());
      assertFalse(body.contains("score") || body.contains("USD") || body.contains("risk"), body);
    }
  }

  private static AccountFacts random(Random random, String name) {
    Course course = COURSES.get(random.nextInt(3));
    long mean = random.nextInt(5_000);
    return new AccountFacts(
        name,
        random.nextInt(5) == 0
            ? null
            : new Renewal(
                LocalDate.of(2026, 1, 1).plusDays(random.nextInt(700)),
                random.nextInt(3) * 133L,
                random.nextInt(4) == 0),
        random.nextInt(5) == 0
            ? null
            : new Usage(course, mean, mean + 3, mean + 7, 1 + random.nextInt(365)),
        random.nextInt(5) == 0 ? null : new Support(random.nextInt(12), 0),
        "250,000 USD",
        new Standing(random.nextInt(101), "high", List.of()),
        List.of("Escalate to an executive sponsor this week."));
  }

  private static Set<String> numbersOf(AccountFacts facts) {
    // The length of the call that is suggested is the composer's own.
    Set<String> known = new TreeSet<>(Set.of("30"));
    NUMBER.matcher(facts.name()).results().map(MatchResult::group).forEach(known::add);
    Renewal renewal = facts.renewal();
    if (renewal != null) {
      known.add(Integer.toString(renewal.day().getDayOfMonth()));
      known.add(Integer.toString(renewal.day().getYear()));
      known.add(Wording.number(renewal.days()));
    }
    Usage usage = facts.usage();
    if (usage != null) {
      known.add(Wording.number(usage.average()));
      known.add(Wording.number(usage.periodDays()));
    }
    Support support = facts.support();
    if (support != null) {
      known.add(Wording.number(support.open()));
    }
    return known;
  }

  @Test
  void a_models_letter_is_taken_where_it_holds_and_never_sees_the_name() {
    Scripted model =
        new Scripted(
            """
            Hello [PRIVATE_1] team,

            your agreement renews on 1 November 2026. On an average day 83 of your people used the \
            product, and that number is growing.

            Best regards
            Your customer success team
            """);
    Text<Letter> letter = letter(model);

    assertEquals("fake-1", letter.generator());
    assertTrue(letter.value().body().startsWith("Hello Acme Corp team,"), letter.value().body());
    assertFalse(model.asked.getFirst().user().contains("Acme"), model.asked.getFirst().user());
    assertFalse(model.asked.getFirst().user().contains("250,000"));
  }

  @Test
  void what_a_model_invents_is_repaired_once_and_else_the_composer_writes() {
    String composed = AccountWriter.letter(ACME, 0, Pen.COMPOSER).value().body();
    for (String invented :
        List.of(
            "Hello, your usage grew by 42 percent.",
            "Hello, your agreement renews on 2 November 2026.",
            "Hello, we give you a discount for an early renewal.",
            "Hello, your health score is 93.",
            "Hello, your contract is worth 250,000 USD.",
            "Hello, we will close both tickets by the end of the week.",
            "Hello [PRIVATE_7] team, all is well.",
            "Hello, see https://example.com/renew for the terms.")) {
      Scripted model = new Scripted(invented);
      Text<Letter> letter = letter(model);

      assertEquals(2, model.asked.size(), invented);
      assertTrue(model.asked.getLast().user().contains("rejected"), invented);
      assertEquals("composer", letter.generator(), invented);
      assertEquals(composed, letter.value().body(), invented);
      assertEquals("the language model's text stated what no fact supports", letter.reason());
    }
    Scripted learns = new Scripted("Hello, 42 percent more.", "Hello, your agreement renews soon.");
    assertEquals("Hello, your agreement renews soon.", letter(learns).value().body());
  }

  @Test
  void a_model_that_fails_leaves_the_composers_text_and_says_why() {
    Text<Letter> letter = letter(prompt -> new Failed(Reason.TIMEOUT, "slow"));

    assertEquals("composer", letter.generator());
    assertEquals("the language model did not answer in time", letter.reason());
  }

  @Test
  void a_models_review_keeps_every_section_and_its_heading() {
    List<String> composed = AccountWriter.review(ACME, Pen.COMPOSER).value();
    String dropped = String.join("\n", composed.subList(1, composed.size()));
    Text<List<String>> refused = AccountWriter.review(ACME, pen(new Scripted(dropped)));
    assertEquals("composer", refused.generator());
    assertEquals(composed, refused.value());

    List<String> reworded = new ArrayList<>(composed);
    reworded.set(0, "Adoption overview: usage is up, 83 daily users on average over 30 days");
    Text<List<String>> taken =
        AccountWriter.review(ACME, pen(new Scripted(String.join("\n", reworded))));
    assertEquals("fake-1", taken.generator());
    assertEquals(reworded, taken.value());
  }

  @Test
  void a_summary_may_be_phrased_but_not_enriched() {
    String draft = "Acme Corp has a health score of 93 of 100: low risk. 2 tickets are open.";
    Text<String> taken =
        AccountWriter.summary(
            ACME, draft, pen(new Scripted("With a health score of 93 of 100 and 2 open tickets.")));
    assertEquals("fake-1", taken.generator());
    Text<String> refused =
        AccountWriter.summary(ACME, draft, pen(new Scripted("They will churn within 60 days.")));
    assertEquals(draft, refused.value());
    assertEquals("composer", refused.generator());
  }

  private static final RankedAccounts AT_RISK =
      new RankedAccounts(
          "3 of 9 accounts, most urgent first: accounts at medium or high risk that renew within"
              + " 60 days.",
          List.of(
              new RankedAccounts.Line(
                  "Acme Corp East",
                  "high risk, score 13 (usage_down, many_tickets, renewal_near); renews in 12 days"),
              new RankedAccounts.Line(
                  "Acme Corp", "high risk, score 29 (usage_down, few_tickets); renews in 40 days"),
              new RankedAccounts.Line(
                  "Globex", "medium risk, score 52 (usage_flat, no_tickets); renews in 55 days")));

  private static Text<String> ranking(String... answers) {
    return AccountWriter.ranking(AT_RISK, pen(new Scripted(answers)));
  }

  @Test
  void a_ranking_may_be_phrased_and_no_account_is_seen_by_its_name() {
    Scripted model =
        new Scripted(
            "3 accounts at risk renew within 60 days. [PRIVATE_1], with a score of 13, renews in 12"
                + " days. [PRIVATE_1] and [PRIVATE_2] are at high risk.");
    Text<String> taken = AccountWriter.ranking(AT_RISK, pen(model));
    assertEquals("fake-1", taken.generator(), taken.reason());
    assertTrue(taken.value().contains("Acme Corp East and Acme Corp are at high risk."));
    assertFalse(model.asked.getFirst().user().contains("Acme"), model.asked.getFirst().user());
    assertFalse(model.asked.getFirst().user().contains("Globex"));
  }

  @Test
  void of_several_accounts_none_is_told_what_is_true_of_another() {
    for (String wrong :
        List.of(
            "Globex has a score of 13.",
            "Acme Corp is at medium risk.",
            "Acme Corp and Acme Corp East renew in 12 days.",
            "Acme Corp East and Globex are at high risk.",
            "Globex comes first. It has a score of 13.",
            "Globex has 3 open tickets.",
            "Usage at Globex is down.",
            "Globex is overdue.",
            "4 accounts are at risk.")) {
      Text<String> kept = ranking(wrong);
      assertEquals(AT_RISK.draft(), kept.value(), wrong);
      assertEquals("composer", kept.generator());
      assertTrue(kept.reason() != null, wrong);
    }
  }

  @Test
  void of_no_accounts_there_is_nothing_to_phrase() {
    Scripted model = new Scripted("All is well.");
    RankedAccounts none = new RankedAccounts("None of 9 accounts fits: accounts.", List.of());
    assertEquals(none.draft(), AccountWriter.ranking(none, pen(model)).value());
    assertEquals(List.of(), model.asked);
  }
}
