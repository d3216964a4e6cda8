package ai.quimbi.core.generation;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Warnings and talking points for this customer and this ticket.
final class Cautions {

  private static final int MAX_POINTS = 5;

  private Cautions() {}

  static List<String> warnings(Situation situation, Set<Signal> signals, Slots slots) {
    List<String> warnings = new ArrayList<>();
    if (signals.contains(Signal.SAFETY)) {
      warnings.add("Possible safety issue - stop the use of the product and escalate at once");
    }
    if (signals.contains(Signal.LEGAL)) {
      warnings.add("Legal matter mentioned - admit nothing, promise nothing, involve a manager");
    }
    if (signals.contains(Signal.HIGH_CHURN)) {
      warnings.add("Customer has high churn risk - handle with extra care");
    }
    Double churn = slots.churn();
    BigDecimal atRisk = slots.atRisk();
    BigDecimal value = slots.value();
    boolean matters = signals.contains(Signal.HIGH_CHURN) || signals.contains(Signal.MEDIUM_CHURN);
    if (matters && churn != null && atRisk != null && value != null && atRisk.signum() > 0) {
      warnings.add(
          "Revenue at risk: "
              + slots.money(atRisk)
              + " ("
              + Cash.percent(churn)
              + " churn × "
              + slots.money(value)
              + " LTV)");
    }
    if (signals.contains(Signal.VIP)) {
      warnings.add("VIP customer - a senior colleague should own this to the end");
    }
    if (signals.contains(Signal.CANCEL)) {
      warnings.add("Customer speaks of cancelling - ask for the reason before anything else");
    }
    if (signals.contains(Signal.SPLIT_SHIPMENT)) {
      warnings.add("Order travels in several parcels - look at each one before calling any lost");
    }
    if (signals.contains(Signal.FREQUENT_RETURNER) && !signals.contains(Signal.SAFETY)) {
      warnings.add("Customer returns often - settle fit and use before anything is sent");
    }
    if (signals.contains(Signal.NEW_CUSTOMER) && situation.scenario() == Scenario.SUPPORT_TICKET) {
      warnings.add("New customer - the first problem decides whether there is a second order");
    }
    if (signals.contains(Signal.UNKNOWN_CHURN)) {
      warnings.add("Churn risk is not known - no revenue at risk can be given");
    }
    return warnings;
  }

  static List<String> talkingPoints(Scenario scenario, Set<Signal> signals) {
    List<String> points = new ArrayList<>();
    switch (scenario) {
      case SUPPORT_TICKET -> support(signals, points);
      case SALES_OPPORTUNITY -> {
        points.add("Ask what they are planning before you suggest anything");
        points.add(
            signals.contains(Signal.DEAL_HUNTER)
                ? "Show what they get for the price"
                : signals.contains(Signal.FULL_PRICE)
                    ? "Speak of quality and leave price aside"
                    : "Explain the benefit in their own words");
        points.add("Agree on one clear next step");
      }
      case MARKETING_CAMPAIGN -> {
        points.add("One idea a message");
        points.add(
            signals.contains(Signal.NEW_CUSTOMER)
                ? "Explain the basics without trade words"
                : "Build on what they already like");
        points.add("Make it easy to say no to further messages");
      }
      case RETENTION_RISK -> {
        points.add("Say that you noticed they have been away, without blame");
        points.add("Ask what would make it worth coming back, and listen");
        points.add("Offer direct contact for any future concerns");
      }
    }
    return points.subList(0, Math.min(points.size(), MAX_POINTS));
  }

  private static void support(Set<Signal> signals, List<String> points) {
    boolean isLegal = signals.contains(Signal.LEGAL);
    boolean isTrouble =
        signals.contains(Signal.DAMAGED)
            || signals.contains(Signal.WRONG_ITEM)
            || signals.contains(Signal.LATE)
            || signals.contains(Signal.COMPLAINT)
            || signals.contains(Signal.BILLING);
    if (signals.contains(Signal.SAFETY)) {
      points.add("Ask first whether everybody is all right");
    }
    if (isLegal) {
      points.add("Acknowledge the message and say who takes care of it");
    } else if (isTrouble) {
      points.add("Apologize sincerely for the inconvenience");
    }
    if (signals.contains(Signal.DAMAGED) && !isLegal) {
      points.add("Emphasize commitment to quality");
    }
    if (signals.contains(Signal.LATE)) {
      points.add("Say where the order is now, and what you do not know yet");
    }
    if (signals.contains(Signal.SPLIT_SHIPMENT)) {
      points.add("Explain which items travel in which parcel");
    }
    if (signals.contains(Signal.REFUND) || signals.contains(Signal.RETURN)) {
      points.add("Quote the return policy word for word");
    }
    if (signals.contains(Signal.CANCEL)) {
      points.add("Ask for the reason once, then respect the decision");
    }
    if (signals.contains(Signal.ADVICE)) {
      points.add("Ask about the project before you recommend");
    }
    if (signals.contains(Signal.NEW_CUSTOMER)) {
      points.add("Explain every step without trade words");
    }
    if (!isLegal) {
      points.add("Offer direct contact for any future concerns");
    }
  }
}
