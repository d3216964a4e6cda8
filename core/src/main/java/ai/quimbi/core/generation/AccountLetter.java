package ai.quimbi.core.generation;

import ai.quimbi.core.generation.AccountFacts.Renewal;
import ai.quimbi.core.generation.AccountFacts.Support;
import ai.quimbi.core.generation.AccountFacts.Usage;
import ai.quimbi.core.generation.Plan.Weight;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An email to an account, composed of its facts. It speaks of what the account knows itself: its
/// date, its use of the product, its tickets, and what to do together. It never tells the account
/// its score, its risk or its price: those are ours to know.
final class AccountLetter {
  private static final String CALL = "a call of 30 minutes in the coming days";

  private final AccountFacts facts;
  private final Voice voice;

  private AccountLetter(AccountFacts facts, long seed) {
    this.facts = facts;
    this.voice = new Voice(seed, Set.of());
  }

  static String subject(AccountFacts facts) {
    return "Renewal Alignment with " + facts.name();
  }

  static String body(AccountFacts facts, long seed) {
    return new AccountLetter(facts, seed).body();
  }

  /// What the letter may state, one statement a line.
  static List<String> statements(AccountFacts facts) {
    AccountLetter letter = new AccountLetter(facts, 0);
    List<String> statements = new ArrayList<>();
    statements.add("The account is " + facts.name() + ".");
    for (String told : new String[] {letter.renewal(), letter.usage(), letter.support()}) {
      if (told != null) {
        statements.add(told);
      }
    }
    letter.steps().forEach(step -> statements.add("I suggest that we " + step + "."));
    statements.add("I suggest " + CALL + ".");
    return statements;
  }

  private String body() {
    Plan plan = new Plan();
    plan.say(Weight.ESSENTIAL, "Hi " + facts.name() + " team,");
    plan.paragraph();
    String renewal = renewal();
    plan.say(Weight.ESSENTIAL, renewal == null ? "" : renewal);
    plan.say(Weight.ESSENTIAL, purpose());
    plan.paragraph();
    String usage = usage();
    plan.say(Weight.IMPORTANT, usage == null ? "" : usage);
    String support = support();
    plan.say(Weight.IMPORTANT, support == null ? "" : support);
    plan.paragraph();
    plan.say(Weight.ESSENTIAL, "I suggest that we:\n" + Wording.bullets(steps()));
    plan.paragraph();
    plan.say(
        Weight.USEFUL,
        voice.pick(
            "call",
            List.of("Would " + CALL + " suit you?", "Could we talk about it in " + CALL + "?")));
    plan.paragraph();
    plan.say(
        Weight.ESSENTIAL,
        voice.pick("closing", List.of("Best regards", "Kind regards"))
            + ",\nYour customer success team");
    return plan.fitted(Length.LONG, Integer.MAX_VALUE, "\n\n");
  }

  private String purpose() {
    Renewal renewal = facts.renewal();
    if (renewal == null) {
      return "I would like to look at the coming months with you.";
    }
    if (renewal.isOverdue()) {
      return "I would like to settle with you how we go on.";
    }
    return renewal.days() == 0
        ? "I would like to make sure that everything is in place."
        : voice.pick(
            "purpose",
            List.of(
                "I would like to use the time until then well.",
                "I would like to prepare it together with you."));
  }

  private @Nullable String renewal() {
    Renewal renewal = facts.renewal();
    if (renewal == null) {
      return null;
    }
    String day = Wording.day(renewal.day());
    if (renewal.isOverdue()) {
      return "Your agreement was due for renewal on " + day + ".";
    }
    return renewal.days() == 0
        ? "Your agreement renews within a day, on " + day + "."
        : "Your agreement renews on " + day + ", in " + Wording.count(renewal.days(), "day") + ".";
  }

  private @Nullable String usage() {
    Usage usage = facts.usage();
    if (usage == null) {
      return null;
    }
    String people =
        "Over the last "
            + Wording.count(usage.periodDays(), "day")
            + " of data, "
            + Wording.number(usage.average())
            + " of your people used the product on an average day";
    return switch (usage.course()) {
      case UP -> people + ", and the number is growing.";
      case DOWN -> people + ", and the number has been falling.";
      case FLAT -> people + ", steadily.";
    };
  }

  private @Nullable String support() {
    Support support = facts.support();
    if (support == null) {
      return null;
    }
    int open = support.open();
    return open == 0
        ? "None of your support tickets is open."
        : Wording.count(open, "support ticket") + " " + Wording.are(open) + " open with us.";
  }

  /// In words for the account, from the same signals as our own next steps.
  private List<String> steps() {
    List<String> steps = new ArrayList<>();
    Support support = facts.support();
    if (support != null && support.open() > 0) {
      steps.add(
          support.open() == 1
              ? "agree when the open ticket will be solved"
              : "agree an order and dates for the " + Wording.count(support.open(), "open ticket"));
    }
    Usage usage = facts.usage();
    if (usage != null) {
      steps.add(
          switch (usage.course()) {
            case UP -> "see which further teams could benefit";
            case DOWN -> "find out what keeps your people from the product, and look at training";
            case FLAT -> "look at what your teams do not use yet";
          });
    }
    steps.add(
        facts.renewal() == null
            ? "write down your goals for the next quarter"
            : "go through the terms of the renewal and your goals for the next year");
    return steps;
  }
}
