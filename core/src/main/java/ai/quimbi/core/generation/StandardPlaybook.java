package ai.quimbi.core.generation;

import static ai.quimbi.core.generation.Scenario.MARKETING_CAMPAIGN;
import static ai.quimbi.core.generation.Scenario.RETENTION_RISK;
import static ai.quimbi.core.generation.Scenario.SALES_OPPORTUNITY;
import static ai.quimbi.core.generation.Scenario.SUPPORT_TICKET;

import ai.quimbi.core.generation.Situation.Thresholds;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The plays every tenant starts with.
///
/// The priors are judgements, not measurements, and every answer that uses one says so. They are
/// weak (as good as at most thirteen outcomes), so that a tenant's own records soon outweigh them.
/// The replacement's, Beta(10, 3), is the one that the document's example implies: from 65 % churn
/// to 85 % retention.
public final class StandardPlaybook {

  private final List<Play> plays = new ArrayList<>();
  private Scenario scenario = SUPPORT_TICKET;

  private StandardPlaybook() {}

  public static final Playbook PLAYBOOK = new StandardPlaybook().build();

  private Playbook build() {
    gravest();
    broken();
    orders();
    questions();
    sales();
    marketing();
    retention();
    return new Playbook("quimbi-1", Thresholds.DEFAULT, plays);
  }

  private void gravest() {
    play("support_safety", "SAFETY", "", "", "resolve", 9, 1)
        .say(
            "Stop everything else: ask whether anybody is hurt, tell them to stop using the item and"
                + " escalate to the safety owner now",
            "A possible injury comes before revenue, whatever the customer is worth.");
    play("support_legal", "LEGAL", "", "SAFETY", "resolve", 9, 1)
        .say(
            "Hand the ticket to a manager and confirm receipt without discussing the claim",
            "A legal threat is mentioned; what is written now can be quoted later.");
  }

  private void broken() {
    play(
            "support_damaged_express",
            "DAMAGED",
            "HIGH_VALUE VIP HIGH_CHURN",
            "SAFETY LEGAL",
            "resolve",
            10,
            3)
        .moves()
        .say(
            "Send immediate replacement shipment with expedited shipping",
            "{value} customer (LTV {ltv}) with {churn_level} churn risk ({churn}). Quick resolution"
                + " critical for retention.",
            "The order arrived damaged. Quick resolution critical for retention.");
    play(
            "support_damaged",
            "DAMAGED",
            "",
            "SAFETY LEGAL HIGH_VALUE VIP HIGH_CHURN",
            "resolve",
            7,
            3)
        .moves()
        .say(
            "Send a replacement as soon as a photo of the damage is in",
            "The order arrived damaged; a plain, quick replacement is what the customer needs.");
    play(
            "support_apology_note",
            "HIGH_VALUE",
            "DAMAGED WRONG_ITEM COMPLAINT",
            "LEGAL SAFETY",
            "",
            4,
            6)
        .say(
            "Include handwritten apology note and small gift with replacement",
            "Personal touch reinforces value to high-LTV customer");
    play("support_follow_up", "", "DAMAGED WRONG_ITEM", "LEGAL", "", 3, 7)
        .say(
            "Follow up 2 days after delivery to ensure satisfaction",
            "Proactive follow-up shows commitment to service quality");
  }

  private void orders() {
    play(
            "support_split",
            "SPLIT_SHIPMENT",
            "LATE WRONG_ITEM",
            "LEGAL SAFETY DAMAGED",
            "resolve",
            8,
            3)
        .moves()
        .say(
            "Explain that the order travels in several parcels and give the state of each one",
            "What looks missing is probably in a parcel still on its way; a replacement now would be"
                + " sent twice.");
    play("support_wrong_item", "WRONG_ITEM", "", "LEGAL SAFETY SPLIT_SHIPMENT", "resolve", 7, 3)
        .moves()
        .say(
            "Compare the order with what arrived and send what is missing or right",
            "{value} customer (LTV {ltv}): the mistake should cost them no further step.",
            "The mistake should cost the customer no further step.");
    play("support_late", "LATE", "", "LEGAL SAFETY SPLIT_SHIPMENT", "resolve", 6, 4)
        .moves()
        .say(
            "Trace the shipment today and tell the customer what is known and what is not",
            "Silence hurts more than delay; {churn} churn risk makes an answer today worth more.",
            "Silence hurts more than delay.");
    play("support_cancel", "CANCEL", "", "LEGAL", "", 5, 5)
        .moves()
        .say(
            "Ask for the reason, solve it if it can be solved, else cancel without obstacles",
            "{value} customer speaks of leaving; {at_risk} is at stake and the reason is not known.",
            "The customer speaks of leaving and the reason is not known.");
    play("support_refund_policy", "HAS_POLICY", "REFUND RETURN", "LEGAL", "money", 5, 4)
        .say(
            "Apply the policy \"{policy}\" and quote it word for word",
            "The rule is written down; applying it evenly is fair to everybody.");
    play("support_refund", "", "REFUND RETURN", "LEGAL", "money", 4, 5)
        .say(
            "Check the order against your return rules before you answer",
            "No policy in the catalog covers this, so nothing should be promised yet.");
    play("support_billing", "BILLING", "", "LEGAL", "", 6, 4)
        .say(
            "Compare the charge with the order and answer with the amounts side by side",
            "A doubtful charge costs trust until it is explained.");
    play("support_vip_owner", "VIP", "LATE COMPLAINT CANCEL BILLING REFUND", "", "", 5, 6)
        .say(
            "Give the ticket to one senior colleague who answers to the end",
            "{value} customer (LTV {ltv}): no retelling, no hand-overs.",
            "VIP customer: no retelling, no hand-overs.");
  }

  private void questions() {
    play("support_complaint", "COMPLAINT", "", "LEGAL SAFETY DAMAGED WRONG_ITEM", "", 5, 5)
        .moves()
        .say(
            "Call or write in person within a day, and let the customer finish",
            "{value} customer with {churn_level} churn risk ({churn}) is upset; being heard comes"
                + " first.",
            "The customer is upset; being heard comes first.");
    play("support_advice_product", "ADVICE HAS_PRODUCT", "", "DAMAGED LEGAL SAFETY", "answer", 6, 4)
        .say(
            "Recommend {product} and say why it fits what they described",
            "The catalog holds an answer to the question that was asked.");
    play("support_offer", "PRICE HAS_OFFER", "", "LEGAL SAFETY FULL_PRICE", "answer", 6, 5)
        .say(
            "Point to the current offer \"{offer}\"",
            "The customer asks about price and a current offer applies.");
    play("support_answer", "", "ADVICE PRICE ACCOUNT NO_TOPIC", "LEGAL SAFETY", "answer", 4, 5)
        .say(
            "Answer the question in the first two sentences, or say when you can",
            "A clear first answer is what most tickets need.");
    play("support_new", "NEW_CUSTOMER", "", "LEGAL SAFETY", "", 3, 6)
        .say(
            "Explain each step without trade words and check back once",
            "New customer: this is their first impression of your service.");
    play(
            "support_thanks",
            "THANKS",
            "",
            "LEGAL SAFETY DAMAGED LATE WRONG_ITEM COMPLAINT REFUND CANCEL",
            "",
            3,
            5)
        .say(
            "Thank them in person and ask whether they would share their experience",
            "Praise came unasked; that is the best moment to ask.");
  }

  private void sales() {
    scenario = SALES_OPPORTUNITY;
    play("sales_product", "HAS_PRODUCT", "", "", "pitch", 5, 5)
        .say(
            "Show {product} and tie it to what they are planning",
            "{value} customer (LTV {ltv}); the catalog holds something that fits.",
            "The catalog holds something that fits.");
    play("sales_discovery", "", "", "", "", 4, 5)
        .say(
            "Ask what they want to achieve, by when and with what budget",
            "What they need is better asked than guessed.");
    play("sales_offer", "HAS_OFFER", "DEAL_HUNTER PRICE", "FULL_PRICE", "", 4, 6)
        .say("Mention the offer \"{offer}\" with its end date", "They decide by value for money.");
    play("sales_quality", "FULL_PRICE", "", "", "", 4, 6)
        .say(
            "Lead with quality and service and leave offers out",
            "They buy at full price; an offer would only cost margin.");
    play("sales_vip", "VIP", "", "", "", 3, 5)
        .say("Invite them to a personal consultation", "VIP customer: time is worth more to them.");
    play("sales_new", "NEW_CUSTOMER", "", "", "", 3, 6)
        .say(
            "Suggest a small first purchase with everything needed to succeed",
            "New customer: a good first result brings the second order.");
    play("sales_cool_down", "", "COMPLAINT DAMAGED REFUND LEGAL SAFETY", "", "pitch", 8, 2)
        .say(
            "Do not sell now: settle the open problem first",
            "An open problem is mentioned; a pitch would cost trust.");
  }

  private void marketing() {
    scenario = MARKETING_CAMPAIGN;
    play("campaign_offer", "HAS_OFFER DEAL_HUNTER", "", "", "lead", 5, 6)
        .say("Lead the campaign with \"{offer}\"", "They respond to value for money.");
    play("campaign_product", "HAS_PRODUCT", "", "", "lead", 4, 6)
        .say("Lead the campaign with {product}", "One concrete thing is read more than many.");
    play("campaign_no_discount", "FULL_PRICE", "", "", "", 4, 6)
        .say("Leave offers out of the campaign", "They buy at full price.");
    play("campaign_win_back", "LAPSED", "", "", "", 4, 8)
        .moves()
        .say(
            "Send a win-back message before the next general campaign",
            "{value} customer has been away for long; {at_risk} is at stake.",
            "The customer has been away for long.");
    play("campaign_welcome", "NEW_CUSTOMER", "", "", "", 4, 7)
        .say("Use the welcome series, not the general campaign", "New customer.");
    play("campaign_hold", "", "COMPLAINT DAMAGED REFUND LEGAL SAFETY", "", "lead", 8, 2)
        .say(
            "Hold all campaigns until the open problem is settled",
            "An open problem is mentioned.");
    play("campaign_interest", "", "", "", "", 2, 6)
        .say(
            "Ask one question about their interests and use the answer next time",
            "Stated interests beat guessed ones.");
  }

  private void retention() {
    scenario = RETENTION_RISK;
    play("retention_call", "HIGH_VALUE", "HIGH_CHURN MEDIUM_CHURN", "", "reach", 5, 5)
        .moves()
        .say(
            "Call in person this week and ask what has changed",
            "{value} customer (LTV {ltv}) with {churn_level} churn risk ({churn}): {at_risk} at stake.",
            "High-value customer at risk.");
    play("retention_message", "", "HIGH_CHURN MEDIUM_CHURN UNKNOWN_CHURN", "", "reach", 3, 7)
        .moves()
        .say(
            "Send a personal win-back message that asks one question",
            "{churn_level} churn risk ({churn}); a question gets more answers than an offer.",
            "A question gets more answers than an offer.");
    play("retention_offer", "HAS_OFFER", "DEAL_HUNTER LAPSED", "FULL_PRICE", "", 3, 8)
        .moves()
        .say(
            "Add the offer \"{offer}\" to the message",
            "A current offer applies, and {at_risk} is at stake.",
            "A current offer applies.");
    play("retention_product", "HAS_PRODUCT", "", "", "", 2, 8)
        .say(
            "Show {product} as something new since their last order",
            "News gives a reason to look.");
    play("retention_fix", "", "COMPLAINT DAMAGED LATE WRONG_ITEM REFUND", "", "", 7, 3)
        .say(
            "Settle the open problem before any message about coming back",
            "The reason for leaving may be lying in the open ticket.");
    play("retention_steady", "LOW_CHURN", "", "", "reach", 2, 6)
        .say("Do nothing special and look again next month", "The churn risk is low.");
    play("retention_feedback", "", "", "", "", 2, 7)
        .say(
            "Ask for feedback on the last order",
            "What went wrong, or right, is known only to the customer.");
  }

  private Entry play(
      String id, String allOf, String anyOf, String noneOf, String group, int alpha, int beta) {
    return new Entry(
        id, signals(allOf), signals(anyOf), signals(noneOf), group, false, new Beta(alpha, beta));
  }

  private static Set<Signal> signals(String names) {
    EnumSet<Signal> signals = EnumSet.noneOf(Signal.class);
    if (!names.isEmpty()) {
      List.of(names.split(" ")).forEach(name -> signals.add(Signal.valueOf(name)));
    }
    return signals;
  }

  private final class Entry {
    private final String id;
    private final Set<Signal> allOf;
    private final Set<Signal> anyOf;
    private final Set<Signal> noneOf;
    private final String group;
    private final boolean movesChurn;
    private final Beta effect;

    Entry(
        String id,
        Set<Signal> allOf,
        Set<Signal> anyOf,
        Set<Signal> noneOf,
        String group,
        boolean movesChurn,
        Beta effect) {
      this.id = id;
      this.allOf = allOf;
      this.anyOf = anyOf;
      this.noneOf = noneOf;
      this.group = group;
      this.movesChurn = movesChurn;
      this.effect = effect;
    }

    Entry moves() {
      return new Entry(id, allOf, anyOf, noneOf, group, true, effect);
    }

    void say(String action, String reasoning) {
      say(action, reasoning, reasoning);
    }

    void say(String action, String reasoning, String plainReasoning) {
      plays.add(
          new Play(
              id,
              scenario,
              allOf,
              anyOf,
              noneOf,
              group,
              action,
              reasoning,
              plainReasoning,
              movesChurn,
              effect));
    }
  }
}
