package ai.quimbi.core.copilot;

import java.util.ArrayList;
import java.util.List;

/// An email to an account, made of its facts. It never tells the account its own score, risk or
/// price: those are ours to know.
public record EmailDraft(String subject, String body) implements ToolResult {

  public static EmailDraft of(Facts facts) {
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add("Hi " + facts.name() + " team,");
    paragraphs.add(opening(facts));
    String standing = (usage(facts) + " " + tickets(facts)).strip();
    if (!standing.isEmpty()) {
      paragraphs.add(standing);
    }
    paragraphs.add("I suggest that we:\n" + Phrase.bullets(steps(facts)));
    paragraphs.add("Would a call of 30 minutes in the coming days suit you?");
    paragraphs.add("Best regards,\nYour customer success team");
    return new EmailDraft(
        "Renewal Alignment with " + facts.name(), String.join("\n\n", paragraphs));
  }

  private static String opening(Facts facts) {
    Renewal renewal = facts.renewal();
    Long days = facts.daysToRenewal();
    if (renewal == null || days == null) {
      return "I would like to look at the coming months with you.";
    }
    String date = Phrase.day(renewal.day());
    if (facts.isOverdue()) {
      return "Your agreement was due for renewal on "
          + date
          + ", and I would like to settle with you how we go on.";
    }
    return days == 0
        ? "Your agreement renews within a day, on "
            + date
            + ", and I would like to make sure that everything is in place."
        : "Your agreement renews on "
            + date
            + ", in "
            + Phrase.count(days, "day")
            + ", and I would like to use the time until then well.";
  }

  private static String usage(Facts facts) {
    Usage usage = facts.usage();
    if (usage == null) {
      return "";
    }
    String people =
        "Over the last "
            + Phrase.count(facts.periodDays(), "day")
            + " of data, "
            + Phrase.number(usage.avgDailyUsers())
            + " of your people used the product on an average day";
    return switch (usage.trend()) {
      case UP -> people + ", and the number is growing.";
      case DOWN -> people + ", and the number has been falling.";
      case FLAT -> people + ", steadily.";
    };
  }

  private static String tickets(Facts facts) {
    Tickets tickets = facts.tickets();
    if (tickets == null) {
      return "";
    }
    int open = tickets.openTickets();
    return open == 0
        ? "None of your support tickets is open."
        : Phrase.count(open, "support ticket")
            + " "
            + Phrase.are(open)
            + " open with us, and we are working on "
            + (open == 1 ? "it." : "them.");
  }

  /// In words for the account, from the same signals as our own actions.
  private static List<String> steps(Facts facts) {
    List<String> steps = new ArrayList<>();
    if (facts.openTickets() > 0) {
      steps.add(
          facts.openTickets() == 1
              ? "agree when the open ticket will be solved"
              : "agree an order and dates for the "
                  + Phrase.count(facts.openTickets(), "open ticket"));
    }
    Usage usage = facts.usage();
    if (usage != null) {
      steps.add(
          switch (usage.trend()) {
            case UP -> "see which further teams could benefit";
            case DOWN -> "find out what keeps your people from the product, and help with training";
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
