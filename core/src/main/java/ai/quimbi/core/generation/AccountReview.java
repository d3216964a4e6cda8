package ai.quimbi.core.generation;

import ai.quimbi.core.generation.AccountFacts.Renewal;
import ai.quimbi.core.generation.AccountFacts.Standing;
import ai.quimbi.core.generation.AccountFacts.Support;
import ai.quimbi.core.generation.AccountFacts.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The outline of an account's quarterly business review, for the people who prepare it: each
/// section with what is known for it, a heading, a colon and the facts.
final class AccountReview {
  private static final int MOST_STEPS = 3;

  private AccountReview() {}

  static List<String> sections(AccountFacts facts) {
    List<String> sections = new ArrayList<>();
    sections.add("Adoption overview: " + adoption(facts));
    sections.add("Support summary: " + support(facts));
    sections.add("Renewal and value: " + renewal(facts));
    Standing standing = facts.standing();
    if (standing != null) {
      sections.add(
          "Health: score "
              + standing.score()
              + " of 100, "
              + standing.risk()
              + " risk ("
              + String.join(", ", standing.signals())
              + ")");
    }
    sections.add("Roadmap alignment: goals of " + facts.name() + " for the next quarter");
    if (!facts.nextSteps().isEmpty()) {
      sections.add(
          "Next steps: " + String.join(" ", facts.nextSteps().stream().limit(MOST_STEPS).toList()));
    }
    return sections;
  }

  private static String adoption(AccountFacts facts) {
    Usage usage = facts.usage();
    return usage == null
        ? "no usage is recorded yet"
        : Wording.number(usage.average())
            + " daily users on average over "
            + Wording.count(usage.periodDays(), "day")
            + ", trend "
            + usage.course().name().toLowerCase(Locale.ROOT)
            + " (from "
            + Wording.number(usage.first())
            + " to "
            + Wording.number(usage.last())
            + ")";
  }

  private static String support(AccountFacts facts) {
    Support support = facts.support();
    if (support == null || support.open() == 0) {
      return "no open tickets";
    }
    return Wording.count(support.open(), "open ticket")
        + (support.grave() == 0
            ? ""
            : "; " + Wording.number(support.grave()) + " of the recent ones of high severity");
  }

  private static String renewal(AccountFacts facts) {
    Renewal renewal = facts.renewal();
    String value = facts.contract() == null ? "" : ", ARR " + facts.contract();
    if (renewal == null) {
      return "no renewal date is recorded" + value;
    }
    return (renewal.isOverdue() ? "was due on " : "due on ")
        + Wording.day(renewal.day())
        + (renewal.isOverdue() ? "" : " (in " + Wording.count(renewal.days(), "day") + ")")
        + value;
  }
}
