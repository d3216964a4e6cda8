package ai.quimbi.core.copilot;

import ai.quimbi.core.copilot.Portfolio.Row;
import ai.quimbi.core.generation.RankedAccounts;
import ai.quimbi.core.generation.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the copilot answers in the end. Made of what the tools found and of nothing else; what a
/// tool failed to find is named in `notes`.
public record Conclusion(
    String summary,
    @Nullable Health health,
    List<String> actions,
    @Nullable EmailDraft email,
    List<String> notes) {

  public Conclusion {
    actions = List.copyOf(actions);
    notes = List.copyOf(notes);
  }

  /// The same in other words.
  public Conclusion saying(String otherSummary) {
    return new Conclusion(otherSummary, health, actions, email, notes);
  }

  /// Nothing could be asked: no account was named.
  public static Conclusion withoutAccount() {
    return new Conclusion(
        "Which account do you mean? Select one or name it in the message.",
        null,
        List.of(),
        null,
        List.of("No account was selected."));
  }

  /// About one account. `name` is what it is called, its id where no name is known.
  public static Conclusion of(Plan plan, Facts facts, Map<ToolName, ToolOutcome> outcomes) {
    List<String> notes = new ArrayList<>();
    List<String> actions = new ArrayList<>(Action.from(facts).stream().map(Action::text).toList());
    EmailDraft email = null;
    for (Map.Entry<ToolName, ToolOutcome> each : outcomes.entrySet()) {
      switch (each.getValue()) {
        case ToolFailure failure ->
            notes.add(each.getKey().label() + " failed: " + failure.message());
        case EmailDraft draft -> email = draft;
        case QbrOutline outline -> actions = new ArrayList<>(outline.sections());
        case ToolOutcome.Incomplete _ -> notes.add(each.getKey().label() + " lacks data.");
        case Usage _, Tickets _, Contract _, Health _ -> {}
      }
    }
    return new Conclusion(summary(plan, facts), facts.health(), actions, email, notes);
  }

  private static String summary(Plan plan, Facts facts) {
    List<String> sentences = new ArrayList<>();
    Health health = facts.health();
    if (health != null) {
      sentences.add(
          facts.name()
              + " has a health score of "
              + health.score()
              + " of 100: "
              + health.risk().label()
              + " risk.");
    }
    Usage usage = facts.usage();
    if (usage != null) {
      sentences.add(
          Wording.number(usage.avgDailyUsers())
              + " people use the product on an average day; the trend is "
              + usage.trend().label()
              + ".");
    }
    Tickets tickets = facts.tickets();
    if (tickets != null) {
      int open = tickets.openTickets();
      sentences.add(
          open == 0
              ? "No tickets are open."
              : Wording.count(open, "ticket") + " " + Wording.are(open) + " open.");
    }
    Renewal renewal = facts.renewal();
    Long days = facts.daysToRenewal();
    if (renewal != null && days != null) {
      sentences.add(renewal(facts, renewal, days));
    }
    if (sentences.isEmpty()) {
      return "Nothing is known of " + facts.name() + " yet.";
    }
    return switch (plan.intent()) {
      case RENEWAL -> String.join(" ", sentences.reversed());
      case PORTFOLIO, EMAIL, QBR, CHURN, HEALTH, SUMMARY -> String.join(" ", sentences);
    };
  }

  private static String renewal(Facts facts, Renewal renewal, long days) {
    String contract =
        facts.arr() == null
            ? "The contract"
            : "The contract over " + Wording.money(facts.arr(), facts.currency()) + " a year";
    String date = Wording.day(renewal.day());
    return facts.isOverdue()
        ? contract + " was due for renewal on " + date + "."
        : contract + " renews on " + date + ", in " + Wording.count(days, "day") + ".";
  }

  /// About all accounts; `ranked` are those that fit, of `total`.
  public static Conclusion ofPortfolio(Portfolio question, List<Row> ranked, int total) {
    String summary =
        ranked.isEmpty()
            ? "None of "
                + Wording.count(total, "account")
                + " fits: "
                + question.description()
                + "."
            : Wording.number(ranked.size())
                + " of "
                + Wording.count(total, "account")
                + ", most urgent first: "
                + question.description()
                + ".";
    return new Conclusion(
        summary, null, ranked.stream().map(Conclusion::line).toList(), null, List.of());
  }

  /// The same as a text about them may state it.
  public static RankedAccounts ranked(Conclusion byRules, List<Row> ranked) {
    return new RankedAccounts(
        byRules.summary(),
        ranked.stream().map(row -> new RankedAccounts.Line(row.name(), state(row))).toList());
  }

  private static String line(Row row) {
    return row.name() + " (" + row.customerId() + "): " + state(row) + ".";
  }

  private static String state(Row row) {
    Health health = row.health();
    Long days = row.daysToRenewal();
    String renewal = "no renewal date is known";
    if (days != null) {
      renewal = row.isOverdue() ? "renewal overdue" : "renews in " + Wording.count(days, "day");
    }
    String judged =
        health == null
            ? "no health score for want of data"
            : health.risk().label()
                + " risk, score "
                + health.score()
                + " ("
                + String.join(", ", health.signals())
                + ")";
    return judged + "; " + renewal;
  }
}
