package ai.quimbi.core.generation;

import ai.quimbi.core.generation.CatalogItem.Offer;
import ai.quimbi.core.generation.CatalogItem.Policy;
import ai.quimbi.core.generation.CatalogItem.Product;
import ai.quimbi.core.generation.CatalogItem.Snippet;
import ai.quimbi.core.generation.Plan.Weight;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts facts of the sheet into sentences: products, offers, policies, snippets, orders.
final class Pitch {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("MMMM d, uuuu", Locale.ENGLISH);

  /// What is kept free for the question and the closing after a quotation.
  private static final int RESERVED_WORDS = 30;

  private static final int RESERVED_CHARS = 60;
  private static final String MORE_TO_IT = "There is more to it, so ask me for the full text.";

  private final Brief brief;
  private final FactSheet sheet;
  private final Inquiry inquiry;
  private final Voice voice;
  private final Plan plan;
  private @Nullable CatalogItem lead;
  private boolean saidValue;
  private boolean saidOrders;

  Pitch(Brief brief, FactSheet sheet, Inquiry inquiry, Voice voice, Plan plan) {
    this.brief = brief;
    this.sheet = sheet;
    this.inquiry = inquiry;
    this.voice = voice;
    this.plan = plan;
  }

  static String date(LocalDate day) {
    return DATE.format(day);
  }

  @Nullable CatalogItem lead() {
    return lead;
  }

  boolean saidValue() {
    return saidValue;
  }

  boolean saidOrders() {
    return saidOrders;
  }

  /// Answers with the best item and what belongs to it; false when it does not fit the length.
  boolean answer(List<CatalogItem> items) {
    CatalogItem best = items.getFirst();
    lead = best;
    return switch (best) {
      case Product p -> {
        product(p);
        items.stream()
            .filter(i -> i instanceof Product && !i.equals(p))
            .map(i -> (Product) i)
            .findFirst()
            .ifPresent(this::second);
        yield true;
      }
      case Offer o -> {
        saidValue = true;
        yield offer(o, Weight.ESSENTIAL);
      }
      case Policy p -> {
        boolean said = quote(p.text());
        if (said) {
          link(p.url(), Weight.USEFUL);
        }
        yield said;
      }
      case Snippet s -> quote(s.text());
    };
  }

  /// What is known around a question that the sheet does not answer.
  void known(CatalogItem item) {
    if (item instanceof Product p && p.description() != null) {
      plan.say(
          Weight.NICE,
          "What I can tell you about " + p.title() + ": " + firstSentence(p.description()));
    }
  }

  /// The marketing part: something from the catalogue, and an offer where there is one.
  void market() {
    List<Product> products = sheet.products();
    if (lead == null && !products.isEmpty()) {
      Product first = products.getFirst();
      if (products.size() > 1 && voice.has(Touch.VARIETY)) {
        first = products.get(1);
      }
      lead = first;
      product(first);
      Product chosen = first;
      products.stream().filter(p -> !p.equals(chosen)).findFirst().ifPresent(this::second);
    }
    if (!sheet.snippets().isEmpty() && !(lead instanceof Snippet)) {
      plan.say(Weight.USEFUL, Words.closed(firstSentence(sheet.snippets().getFirst().text())));
    }
    if (!sheet.offers().isEmpty() && !(lead instanceof Offer) && !voice.has(Touch.QUALITY)) {
      boolean mustSay = voice.has(Touch.VALUE) || brief.goal() == Goal.WIN_BACK;
      saidValue |= offer(sheet.offers().getFirst(), mustSay ? Weight.ESSENTIAL : Weight.USEFUL);
    }
  }

  /// States the orders on the sheet; returns whether there was anything to state.
  boolean orders() {
    for (Known<OrderFact> known : sheet.customer().orders()) {
      OrderFact order = known.value();
      String status = order.status();
      Integer shipments = order.shipments();
      if (status != null) {
        plan.say(
            Weight.ESSENTIAL,
            "I have your order "
                + order.orderId()
                + " in front of me, and it is marked \""
                + status
                + "\".");
        saidOrders = true;
      }
      if (shipments != null && shipments > 1 && inquiry.topic() != Topic.DAMAGED) {
        plan.say(
            Weight.ESSENTIAL,
            "Order "
                + order.orderId()
                + " travels in "
                + shipments
                + " parcels, so they can come one after the other.");
        saidOrders = true;
      }
      if (saidOrders) {
        return true;
      }
    }
    return false;
  }

  private void product(Product p) {
    String use = use(p);
    plan.say(
        Weight.ESSENTIAL,
        use == null
            ? voice
                .pick(
                    "lead",
                    List.of("I recommend %s.", "Have a look at %s.", "My suggestion is %s."))
                .formatted(p.title())
            : voice
                .pick(
                    "lead",
                    List.of(
                        "For %1$s, I recommend %2$s.",
                        "For %1$s, my choice would be %2$s.", "For %1$s, I suggest %2$s."))
                .formatted(use, p.title()));
    boolean isShort = brief.length().value() == Length.SHORT;
    int shown = isShort || p.features().size() <= 2 || !voice.has(Touch.DETAIL) ? 2 : 5;
    if (!p.features().isEmpty()) {
      plan.say(
          Weight.IMPORTANT,
          voice
              .pick(
                  "features",
                  List.of("What speaks for it: %s.", "Its strong points: %s.", "Here is why: %s."))
              .formatted(Words.listed(p.features().stream().limit(shown).toList())));
    }
    if (p.description() != null) {
      plan.say(Weight.USEFUL, Words.closed(firstSentence(p.description())));
    }
    if (!p.details().isEmpty() && !voice.has(Touch.PLAIN_WORDS)) {
      plan.say(Weight.USEFUL, "On the technical side: " + Words.listed(p.details()) + ".");
    }
    if (!p.options().isEmpty()) {
      plan.say(
          Weight.USEFUL,
          voice
              .pick("options", List.of("You can choose between these: %s.", "It comes in %s."))
              .formatted(Words.listed(p.options())));
    }
    price(p);
    link(p.url(), Weight.USEFUL);
    if (voice.has(Touch.FIT_CHECK)) {
      plan.say(
          Weight.USEFUL,
          "Before you decide, compare size and use with what you have planned, so that it fits.");
    }
  }

  private void price(Product p) {
    String price = p.price();
    if (price == null) {
      return;
    }
    boolean isAsked = inquiry.topic() == Topic.PRICE;
    if (!isAsked && voice.has(Touch.QUALITY)) {
      return;
    }
    boolean matters = isAsked || voice.has(Touch.VALUE) || voice.has(Touch.WEIGHED);
    saidValue |= matters;
    plan.say(
        isAsked ? Weight.ESSENTIAL : matters ? Weight.IMPORTANT : Weight.NICE,
        voice.pick("price", List.of("It costs %s.", "The price is %s.")).formatted(price));
  }

  private void second(Product p) {
    if (voice.has(Touch.ROUTINE)) {
      return;
    }
    boolean differs =
        lead instanceof Product first && !Objects.equals(first.category(), p.category());
    boolean matters = differs && voice.has(Touch.ACROSS);
    plan.say(
        matters ? Weight.USEFUL : Weight.NICE,
        voice
            .pick("second", List.of("Another one to consider is %s.", "You may also like %s."))
            .formatted(p.title()));
  }

  private boolean offer(Offer o, Weight weight) {
    StringBuilder text = new StringBuilder(Words.closed(o.text()));
    String code = o.code();
    if (code != null && !o.text().contains(code)) {
      text.append(" The code is ").append(code).append('.');
    }
    if (o.validUntil() != null && !o.text().contains(DATE.format(o.validUntil()))) {
      text.append(" It is valid until ").append(DATE.format(o.validUntil())).append('.');
    }
    if (!fits(text.toString())) {
      return false;
    }
    plan.say(weight, text.toString());
    link(o.url(), Weight.USEFUL);
    return true;
  }

  // A rule is quoted, never reworded, and never cut without saying so.
  private boolean quote(String text) {
    List<String> sentences = Words.sentences(text);
    String whole = String.join(" ", sentences.stream().map(Words::closed).toList());
    if (fits(whole)) {
      plan.say(Weight.ESSENTIAL, whole);
      return true;
    }
    StringBuilder quoted = new StringBuilder();
    for (String sentence : sentences) {
      String longer = quoted + (quoted.isEmpty() ? "" : " ") + Words.closed(sentence);
      if (!fits(longer + " " + MORE_TO_IT)) {
        break;
      }
      quoted.setLength(0);
      quoted.append(longer);
    }
    if (quoted.isEmpty()) {
      return false;
    }
    plan.say(Weight.ESSENTIAL, quoted + " " + MORE_TO_IT);
    return true;
  }

  private boolean fits(String text) {
    int words = plan.essentialWords() + Words.count(text) + RESERVED_WORDS;
    int chars = plan.essentialChars() + text.length() + RESERVED_CHARS;
    return words <= brief.length().value().maxWords()
        && (brief.channel().value() != Channel.SMS || chars <= 306);
  }

  private void link(@Nullable String url, Weight weight) {
    if (url != null && brief.channel().value() != Channel.PHONE_SCRIPT) {
      plan.say(weight, "Here is where to find it: " + url);
    }
  }

  /// The use of `p` that the customer spoke of, as it stands after "for".
  private @Nullable String use(Product p) {
    for (String use : p.goodFor()) {
      Set<String> stems = Words.stems(use);
      if (!stems.isEmpty() && inquiry.stems().containsAll(stems)) {
        boolean isPlain = use.endsWith("s") || use.endsWith("ing") || use.contains(" and ");
        return isPlain ? use : (isVowel(use) ? "an " : "a ") + use;
      }
    }
    return null;
  }

  private static boolean isVowel(String word) {
    return !word.isEmpty() && "aeiouAEIOU".indexOf(word.charAt(0)) >= 0;
  }

  private static String firstSentence(String text) {
    List<String> sentences = Words.sentences(text);
    return sentences.isEmpty() ? "" : sentences.getFirst();
  }
}
