package ai.quimbi.core.copilot;

import ai.quimbi.core.copilot.Health.Risk;
import ai.quimbi.core.generation.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A next step that a signal calls for. The smaller `priority` comes first.
public record Action(int priority, String text) {

  /// The steps that follow from the facts, the most urgent first; none where nothing is known.
  public static List<Action> from(Facts facts) {
    List<Action> actions = new ArrayList<>();
    boolean isAtRisk = facts.health() != null && facts.health().risk() == Risk.HIGH;
    fromRenewal(facts, isAtRisk, actions);
    fromUsage(facts, isAtRisk, actions);
    fromTickets(facts, actions);
    actions.sort(Comparator.comparingInt(Action::priority));
    return List.copyOf(actions);
  }

  private static void fromRenewal(Facts facts, boolean isAtRisk, List<Action> actions) {
    Renewal renewal = facts.renewal();
    Long days = facts.daysToRenewal();
    if (renewal == null || days == null) {
      return;
    }
    String date = Wording.day(renewal.day());
    if (facts.isOverdue()) {
      actions.add(
          new Action(0, "Call " + facts.name() + " today: the renewal was due on " + date + "."));
    } else if (days < Health.NEAR_DAYS && isAtRisk) {
      actions.add(
          new Action(
              1,
              "Escalate to an executive sponsor this week: "
                  + facts.name()
                  + " is at high risk and renews in "
                  + Wording.count(days, "day")
                  + ", on "
                  + date
                  + "."));
    } else if (days < Health.NEAR_DAYS) {
      actions.add(
          new Action(
              3,
              "Book the renewal conversation: "
                  + Wording.count(days, "day")
                  + " "
                  + Wording.are(days)
                  + " left until "
                  + date
                  + "."));
    } else if (isAtRisk) {
      actions.add(
          new Action(
              4,
              "Agree a recovery plan now, while "
                  + Wording.count(days, "day")
                  + " "
                  + Wording.are(days)
                  + " left until the renewal on "
                  + date
                  + "."));
    } else if (days <= Health.FAR_DAYS) {
      actions.add(new Action(7, "Prepare the renewal, which is due on " + date + "."));
    }
  }

  private static void fromUsage(Facts facts, boolean isAtRisk, List<Action> actions) {
    Usage usage = facts.usage();
    if (usage == null) {
      return;
    }
    switch (usage.trend()) {
      case DOWN ->
          actions.add(
              new Action(
                  isAtRisk ? 2 : 5,
                  "Find out why usage fell, from "
                      + Wording.number(usage.sparkline().getFirst())
                      + " to "
                      + Wording.number(usage.sparkline().getLast())
                      + " daily users within the period, and offer training."));
      case FLAT ->
          actions.add(
              new Action(
                  8,
                  "Plan an adoption session: usage stays at about "
                      + Wording.number(usage.avgDailyUsers())
                      + " daily users."));
      case UP ->
          actions.add(
              new Action(
                  9,
                  "Ask about further teams: usage grew from "
                      + Wording.number(usage.sparkline().getFirst())
                      + " to "
                      + Wording.number(usage.sparkline().getLast())
                      + " daily users."));
    }
  }

  private static void fromTickets(Facts facts, List<Action> actions) {
    int open = facts.openTickets();
    if (open == 0) {
      return;
    }
    String tickets = Wording.count(open, "open ticket");
    if (open > 2) {
      actions.add(
          new Action(
              open > 5 ? 2 : 4,
              "Go through the " + tickets + " with support and give each a date."));
    } else {
      actions.add(new Action(6, "Close the " + tickets + " before the next conversation."));
    }
  }
}
