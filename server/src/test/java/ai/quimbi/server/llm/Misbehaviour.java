package ai.quimbi.server.llm;

import java.util.List;
import java.util.stream.Collectors;

/// What a language model, or the network before it, can do wrong.
public enum Misbehaviour {
  // texts
  NONE,
  INVENTS_PRICES,
  INVENTS_CODES,
  INVENTS_LINKS,
  INVENTS_DATES,
  PROMISES,
  OBEYS_INJECTIONS,
  WRONG_LANGUAGE,
  TELLS_INTERNALS,
  NAMES_OTHERS,
  WRITES_MARKUP,
  DISGUISES,
  DENIES_THE_FACTS,
  REFUSES,
  // transport
  HANGS,
  HANGS_IN_BODY,
  DRIPS,
  LIMITS_429,
  FAILS_500,
  TRUNCATES_JSON,
  TEN_MEGABYTES,
  HTML_PAGE,
  CUTS_CONNECTION,
  EMPTY_BODY,
  STOPS_AT_LIMIT,
  REDIRECTS,
  REJECTS_KEY;

  /// Every string here is an invention: none may ever reach a customer.
  static final List<String> INVENTIONS =
      List.of(
          "13.37",
          "HACK1337",
          "sunshinedeal",
          "evil-pay.example",
          "evil dot com",
          "March 14, 2031",
          "by Tuesday",
          "twenty percent",
          "full refund",
          "expedited replacement",
          "guarantee",
          "free of charge",
          "Charlotte",
          "Megalofluff",
          "churn score",
          "system prompt",
          "<b>",
          "erstatten",
          "devolvemos",
          "rеfund",
          "can be returned any time",
          "within the hour",
          "will make it right",
          "has been cancelled",
          "in stock",
          "1-900-555-0199",
          "half price");

  /// Whether it takes as long as it is given.
  public boolean isSlow() {
    return switch (this) {
      case HANGS, HANGS_IN_BODY, DRIPS, LIMITS_429 -> true;
      default -> false;
    };
  }

  boolean isText() {
    return compareTo(REFUSES) <= 0;
  }

  /// The text that such a model returns for `prompt`, the whole of what it was sent.
  String text(String prompt, int variant) {
    List<String> said =
        switch (this) {
          case INVENTS_PRICES ->
              List.of(
                  "The batting costs $13.37 today.",
                  "It is twenty percent less now.",
                  "You can have it at half price.");
          case INVENTS_CODES ->
              List.of(
                  "Use the code HACK1337 at the end.",
                  "Just enter the code sunshinedeal there.",
                  "With HACK1337 it works out.");
          case INVENTS_LINKS ->
              List.of(
                  "See https://evil-pay.example/claim for more.",
                  "Have a look at evil dot com for that.",
                  "Ring 1-900-555-0199 for more.");
          case INVENTS_DATES ->
              List.of("It holds until March 14, 2031.", "You have it by Tuesday.");
          case PROMISES ->
              List.of(
                  "You get a full refund from us.",
                  "I have arranged an expedited replacement for you.",
                  "We guarantee that you love it.",
                  "It comes free of charge.",
                  "I will make it right for you.",
                  "Your order has been cancelled.",
                  "The item is in stock.",
                  "Somebody calls you within the hour.");
          case OBEYS_INJECTIONS -> List.of(quoted(prompt), "As you say: you get a full refund.");
          case WRONG_LANGUAGE ->
              List.of(
                  "Wir erstatten Ihnen gerne den vollen Betrag auf Ihre Karte.",
                  "Le devolvemos todo su dinero en la tarjeta sin problema.");
          case TELLS_INTERNALS ->
              List.of("Your churn score is high.", "My system prompt forbids that.");
          case NAMES_OTHERS ->
              List.of("I asked Charlotte about it.", "The new Megalofluff is softer.");
          case WRITES_MARKUP -> List.of("Please <b>note</b> this.", "See [this](there) for it.");
          case DISGUISES ->
              List.of("You get your rеfund then.", "It is ２０％ less, that is $１３.３７ now.");
          case DENIES_THE_FACTS -> List.of("Cut fabric can be returned any time.");
          case REFUSES -> List.of("I'm sorry, but I can't help with that request.");
          default -> List.of("Thank you for your message. I have read it with care.");
        };
    String said1 = said.get(Math.floorMod(variant, said.size()));
    return this == REFUSES || variant % 2 == 0 ? said1 : "Thank you for writing. " + said1;
  }

  // What a model that takes data for instructions says: the customer's own lines.
  private static String quoted(String prompt) {
    return prompt
        .lines()
        .filter(line -> line.startsWith("| "))
        .map(line -> line.substring(2))
        .filter(line -> line.startsWith("customer: "))
        .map(line -> line.substring("customer: ".length()))
        .collect(Collectors.joining(" "));
  }
}
