package ai.quimbi.core.generation;

import java.util.List;
import java.util.regex.Pattern;

/// What a customer's text is about, by stated words; the first that fits, gravest first.
public enum Topic {
  SAFETY(
      "injur\\w*|hurt|burn(?:s|ed|t|ing)?|caught fire|on fire|allerg\\w*|rash|poison\\w*|unsafe"
          + "|hazard\\w*|chok(?:e|ed|ing)|electric shock|bleeding|hospital|safety",
      "safety recall"),
  LEGAL(
      "lawyers?|attorneys?|su(?:e|ing)|lawsuit|legal|court|chargeback|ombudsman|trading standards"
          + "|consumer protection|bbb|gdpr|small claims|police",
      "legal complaint"),
  DAMAGED(
      "damag\\w*|broken|torn|ripped|crack(?:s|ed)|defect\\w*|shatter\\w*|stain(?:s|ed)|smashed|dented"
          + "|faulty|does(?:n't| not) work|stopped working|fell apart|leak(?:s|ed|ing)|crushed|soaked",
      "damag defect warranty fault"),
  WRONG_ITEM(
      "wrong|not what i ordered|missing (?:item|piece|part)s?|missing from|incorrect item"
          + "|different (?:item|colou?r|size)|incomplete|only (?:part|half|some) of",
      "wrong miss exchang"),
  CANCEL("cancel\\w*|unsubscribe|close my account|stop my (?:order|subscription)", "cancel"),
  REFUND("refund\\w*|money back|reimburs\\w*|my money", "refund return"),
  LATE(
      "late|delay\\w*|where(?:'s| is) my|track(?:ing|ed)?|has(?:n't| not) (?:arrived|come|shipped)"
          + "|not (?:yet )?(?:arrived|received|shipped)|never (?:arrived|came|received)"
          + "|still waiting|lost|how long (?:does|will|until)|when will|shipping|delivery|deliver",
      "ship deliver delivery track"),
  RETURN("return(?:s|ed|ing|able)?|send (?:it|them|this) back|exchange", "return exchang"),
  BILLING(
      "charged|invoice|billing|bill(?:ed)?|payment|double charge\\w*|credit card|receipt|overcharged",
      "bill payment invoic"),
  ACCOUNT(
      "password|log ?in|sign in|my account|change my (?:email|address|name)|reset",
      "account login password"),
  PRICE(
      "discount\\w*|coupons?|promo\\w*|price|prices|cost|costs|how much|cheaper|sale|deals?|expensive"
          + "|voucher",
      "pric offer discount sal"),
  ADVICE(
      "recommend\\w*|suggest\\w*|which|what kind|what type|best|advice|advise|should i|beginner"
          + "|overwhelmed|help me (?:choose|pick|decide)|what (?:do|should|would)|looking for",
      "guid advic"),
  COMPLAINT(
      "disappoint\\w*|terrible|awful|angry|furious|unacceptable|worst|ridiculous|frustrat\\w*|upset"
          + "|useless|horrible|fed up|never again|hate|shame|disgust\\w*",
      "complaint"),
  THANKS("thanks|thank you|appreciate|grateful|great job|love (?:it|this|your)", ""),
  OTHER("(?!)", "");

  private final Pattern words;
  private final String stems;

  Topic(String words, String stems) {
    this.words = Pattern.compile("\\b(?:" + words + ")\\b", Pattern.CASE_INSENSITIVE);
    this.stems = stems;
  }

  boolean isIn(String text) {
    return words.matcher(text).find();
  }

  /// Stems by which a policy or snippet about this topic is recognised.
  List<String> stems() {
    return stems.isEmpty() ? List.of() : List.of(stems.split(" "));
  }

  /// The gravest topic `text` speaks of.
  public static Topic of(String text) {
    for (Topic topic : values()) {
      if (topic.isIn(text)) {
        return topic;
      }
    }
    return OTHER;
  }

  boolean isTrouble() {
    return switch (this) {
      case SAFETY, LEGAL, DAMAGED, WRONG_ITEM, CANCEL, REFUND, LATE, BILLING, COMPLAINT -> true;
      case RETURN, ACCOUNT, PRICE, ADVICE, THANKS, OTHER -> false;
    };
  }
}
