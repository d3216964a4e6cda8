package ai.quimbi.core.copilot;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// The sections of a quarterly business review, each with what is known for it.
public record QbrOutline(List<String> sections) implements ToolResult {

  public QbrOutline {
    sections = List.copyOf(sections);
  }

  public static QbrOutline of(Facts facts) {
    List<String> sections = new ArrayList<>();
    sections.add("Adoption overview: " + adoption(facts));
    sections.add("Support summary: " + support(facts));
    sections.add("Renewal and value: " + renewal(facts));
    Health health = facts.health();
    if (health != null) {
      sections.add(
          "Health: score "
              + health.score()
              + " of 100, "
              + health.risk().label()
              + " risk ("
              + String.join(", ", health.signals())
              + ")");
    }
    sections.add("Roadmap alignment: goals of " + facts.name() + " for the next quarter");
    List<Action> actions = Action.from(facts);
    if (!actions.isEmpty()) {
      sections.add(
          "Next steps: " + String.join(" ", actions.stream().limit(3).map(Action::text).toList()));
    }
    return new QbrOutline(sections);
  }

  private static String adoption(Facts facts) {
    Usage usage = facts.usage();
    return usage == null
        ? "no usage is recorded yet"
        : Phrase.number(usage.avgDailyUsers())
            + " daily users on average over "
            + Phrase.count(facts.periodDays(), "day")
            + ", trend "
            + usage.trend().label()
            + " (from "
            + Phrase.first(usage)
            + " to "
            + Phrase.last(usage)
            + ")";
  }

  private static String support(Facts facts) {
    int open = facts.openTickets();
    if (open == 0) {
      return "no open tickets";
    }
    long grave = facts.graveTickets();
    return Phrase.count(open, "open ticket")
        + (grave == 0 ? "" : "; " + grave + " of the recent ones of high severity");
  }

  private static String renewal(Facts facts) {
    Renewal renewal = facts.renewal();
    BigDecimal arr = facts.arr();
    String value = arr == null ? "" : ", ARR " + Phrase.money(arr, facts.currency());
    if (renewal == null) {
      return "no renewal date is recorded" + value;
    }
    Long days = facts.daysToRenewal();
    return (facts.isOverdue() ? "was due on " : "due on ")
        + Phrase.day(renewal.day())
        + (days == null || facts.isOverdue() ? "" : " (in " + Phrase.count(days, "day") + ")")
        + value;
  }
}
