package ai.quimbi.core.generation;

import ai.quimbi.core.generation.CatalogItem.Offer;
import ai.quimbi.core.generation.CatalogItem.Policy;
import ai.quimbi.core.generation.CatalogItem.Product;
import ai.quimbi.core.generation.CatalogItem.Snippet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What may be claimed of a finished text by looking at it: the facts that stand in it, and what
/// had to be answered otherwise than asked.
final class Personalization {

  private Personalization() {}

  /// The catalogue items and orders that `text` really uses, whoever wrote it.
  static List<String> facts(String text, FactSheet sheet) {
    String seen = text.toLowerCase(Locale.ROOT);
    List<String> facts = new ArrayList<>();
    for (CatalogItem item : sheet.items()) {
      switch (item) {
        case Product p -> {
          if (holds(seen, p.title())) {
            facts.add("Recommended from the catalog (product: " + p.title() + ")");
          }
        }
        case Offer o -> {
          String code = o.code();
          if (holds(seen, o.text()) || (code != null && holds(seen, code))) {
            facts.add("Included a current offer (offer: " + o.title() + ")");
          }
        }
        case Policy p -> {
          if (quotes(seen, p.text())) {
            facts.add("Quoted the policy (policy: " + p.title() + ")");
          }
        }
        case Snippet s -> {
          if (quotes(seen, s.text())) {
            facts.add("Used approved wording (snippet: " + s.title() + ")");
          }
        }
      }
    }
    for (Known<OrderFact> order : sheet.customer().orders()) {
      if (holds(seen, order.value().orderId())) {
        facts.add("Referred to the order (order: " + order.value().orderId() + ")");
      }
    }
    return facts;
  }

  /// What was asked for and is not to be had.
  static List<String> fallbacks(Brief brief) {
    List<String> notes = new ArrayList<>();
    note(notes, "Tone", brief.tone().asked(), brief.tone().isExact(), brief.tone().value().label());
    note(
        notes,
        "Channel",
        brief.channel().asked(),
        brief.channel().isExact(),
        brief.channel().value().label());
    note(
        notes,
        "Length",
        brief.length().asked(),
        brief.length().isExact(),
        brief.length().value().label());
    if (!brief.isEnglish()) {
      notes.add("Language '" + shown(brief.language()) + "' is not available; wrote in English");
    }
    return notes;
  }

  private static void note(
      List<String> notes, String what, String asked, boolean isExact, String used) {
    if (!isExact) {
      notes.add(what + " '" + shown(asked) + "' is not known; used " + used);
    }
  }

  private static String shown(String asked) {
    String plain = Fold.of(asked).strip();
    return plain.length() <= 40 ? plain : plain.substring(0, 40);
  }

  private static boolean holds(String seen, String fact) {
    String lower = fact.toLowerCase(Locale.ROOT);
    String plain = Sms.normalised(lower);
    return !fact.isBlank()
        && (seen.contains(lower) || (!plain.equals(lower) && seen.contains(plain)));
  }

  private static boolean quotes(String seen, String text) {
    return Words.sentences(text).stream().anyMatch(sentence -> holds(seen, sentence));
  }
}
