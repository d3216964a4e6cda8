package ai.quimbi.core.generation;

import ai.quimbi.core.generation.CatalogItem.Offer;
import ai.quimbi.core.generation.CatalogItem.Policy;
import ai.quimbi.core.generation.CatalogItem.Product;
import ai.quimbi.core.generation.CatalogItem.Snippet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which items of the sheet answer an inquiry, and whether they really do.
///
/// A search finds what shares words with a question; that is not yet an answer. An item counts as
/// one when its own name or use meets the question, and, for anything but a request for advice,
/// when it covers most of what the question's sentences are about.
final class Relevance {

  /// What an inquiry found: `items` best first. `isHeld` says that they answer it.
  record Answer(List<CatalogItem> items, boolean isHeld) {
    static final Answer NONE = new Answer(List.of(), false);
  }

  private static final int NAMED = 2;
  private static final int MENTIONED = 1;
  private static final int MIN_SCORE = 3;
  private static final double MIN_COVERAGE = 0.6;

  private record Scored(CatalogItem item, int score, double coverage) {}

  private Relevance() {}

  static Answer of(Inquiry inquiry, FactSheet sheet) {
    if (inquiry.isEmpty() || (inquiry.topic() == Topic.THANKS && !inquiry.asks())) {
      return Answer.NONE;
    }
    List<Scored> scored = new ArrayList<>();
    for (CatalogItem item : sheet.items()) {
      if (mayAnswer(inquiry.topic(), item)) {
        Scored s = score(inquiry, item);
        if (s.score() >= MIN_SCORE) {
          scored.add(s);
        }
      }
    }
    // The sort is stable: among equals the order of the search stays.
    scored.sort(Comparator.comparingInt(Scored::score).reversed());
    if (scored.isEmpty()) {
      return Answer.NONE;
    }
    boolean isHeld = holds(inquiry, scored.getFirst());
    return new Answer(scored.stream().map(Scored::item).toList(), isHeld);
  }

  // Somebody whose order broke wants the policy on it, not another product.
  private static boolean mayAnswer(Topic topic, CatalogItem item) {
    return switch (item) {
      case Product _ -> !topic.isTrouble() && topic != Topic.RETURN && topic != Topic.ACCOUNT;
      case Offer _ -> topic == Topic.PRICE;
      case Policy _, Snippet _ -> true;
    };
  }

  private static boolean holds(Inquiry inquiry, Scored best) {
    return switch (best.item()) {
      case Product p ->
          switch (inquiry.topic()) {
            case ADVICE -> true;
            case PRICE -> p.price() != null;
            default -> best.coverage() >= MIN_COVERAGE;
          };
      case Offer _ -> true;
      case Policy _, Snippet _ -> best.score() >= MIN_SCORE + 1 || best.coverage() >= MIN_COVERAGE;
    };
  }

  // Of an item's words only those are kept that the inquiry has: there are hundreds of the others.
  private static Scored score(Inquiry inquiry, CatalogItem item) {
    List<String> names = names(item);
    List<String> topic = inquiry.topic().stems();
    boolean takesTopic = item instanceof Policy || item instanceof Snippet;
    Set<String> named = new HashSet<>();
    boolean[] isOnTopic = {false};
    for (String name : names) {
      Words.eachStem(
          name,
          stem -> {
            if (inquiry.has(stem)) {
              named.add(stem);
            }
            isOnTopic[0] |= takesTopic && topic.stream().anyMatch(stem::startsWith);
          });
    }
    Set<String> all = new HashSet<>(named);
    for (String text : item.statements()) {
      if (!names.contains(text)) {
        Words.eachStem(
            text,
            stem -> {
              if (inquiry.has(stem)) {
                all.add(stem);
              }
            });
      }
    }
    int score = isOnTopic[0] ? NAMED : 0;
    for (String stem : inquiry.stems()) {
      score += named.contains(stem) ? NAMED : all.contains(stem) ? MENTIONED : 0;
    }
    if (item instanceof Offer) {
      score += inquiry.topic() == Topic.PRICE ? MIN_SCORE : 0;
    }
    long covered = inquiry.asked().stream().filter(all::contains).count();
    double coverage = inquiry.asked().isEmpty() ? 0 : (double) covered / inquiry.asked().size();
    return new Scored(item, score, coverage);
  }

  /// The texts by which an item is called.
  private static List<String> names(CatalogItem item) {
    List<String> names = new ArrayList<>();
    names.add(item.title());
    switch (item) {
      case Product p -> {
        if (p.category() != null) {
          names.add(p.category());
        }
        names.addAll(p.goodFor());
      }
      case Snippet s -> names.addAll(s.tags());
      case Offer _, Policy _ -> {}
    }
    return names;
  }
}
