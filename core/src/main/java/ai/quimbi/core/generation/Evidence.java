package ai.quimbi.core.generation;

import ai.quimbi.core.generation.CatalogItem.Offer;
import ai.quimbi.core.generation.CatalogItem.Product;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a fact sheet supports: figures, words, links, and statements for sentences to rest on.
final class Evidence {

  /// A sentence of a fact, or all of an item. `hasTerms` says that it holds under conditions.
  private record Statement(Set<String> stems, boolean denies, boolean hasTerms) {}

  private static final Pattern DENIAL =
      Pattern.compile(
          "\\b(?:not|no|never|cannot|can't|don't|doesn't|won't|isn't|aren't|without|except|unless"
              + "|neither|nor|excluded?|excluding|only)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern TERMS =
      Pattern.compile(
          "\\b(?:if|once|when|unless|within|only|until|over|above|minimum|at least|after|before"
              + "|provided|as long as|subject to|except|for orders|up to)\\b",
          Pattern.CASE_INSENSITIVE);

  /// Of a statement with conditions a sentence must repeat this share: leaving the condition out
  /// makes another statement of it.
  private static final double MIN_REPEATED = 0.6;

  /// From this share of its words on a sentence counts as saying what a statement says.
  private static final double MIN_COVERAGE = 0.8;

  private final Set<String> figures = new HashSet<>();
  private final Set<String> tokens = new HashSet<>();
  private final Set<String> links = new HashSet<>();
  private final List<Statement> statements = new ArrayList<>();
  private final List<Product> products;

  Evidence(FactSheet sheet) {
    products = sheet.products();
    for (CatalogItem item : sheet.items()) {
      String url = item.url();
      if (url != null) {
        link(url);
      }
      add(item.statements());
      if (item instanceof Offer o && o.validUntil() != null) {
        figures.addAll(Figures.of(o.validUntil()));
        statement("It is valid until " + Pitch.date(o.validUntil()));
        words(Pitch.date(o.validUntil()));
      }
    }
    for (Known<OrderFact> known : sheet.customer().orders()) {
      OrderFact order = known.value();
      List<String> said = new ArrayList<>(order.products());
      said.add(
          "I have your order " + order.orderId() + " in front of me, marked " + order.status());
      if (order.shipments() != null) {
        said.add("order " + order.orderId() + " travels in " + order.shipments() + " parcels");
      }
      if (order.total() != null) {
        figures.add("money:" + order.total().stripTrailingZeros().toPlainString());
      }
      if (order.orderedOn() != null) {
        figures.addAll(Figures.of(order.orderedOn()));
      }
      add(said);
    }
    Known<String> name = sheet.customer().name();
    if (name != null) {
      words(Fold.of(name.value()));
    }
    if (sheet.company() != null) {
      words(Fold.of(sheet.company()));
    }
  }

  /// Of statements that stand for themselves.
  Evidence(List<String> statements) {
    products = List.of();
    statements.forEach(one -> add(List.of(one)));
  }

  boolean hasFigure(String key) {
    return figures.contains(key);
  }

  /// Whether a word or code stands in the facts, whatever its case.
  boolean hasToken(String token) {
    return tokens.contains(token.toLowerCase(Locale.ROOT));
  }

  boolean hasLink(String link) {
    return links.contains(link.toLowerCase(Locale.ROOT));
  }

  /// Whether `sentence` says what some statement says: most of its words, all of its figures, every
  /// one of `binding`'s words, and yes where that says yes.
  boolean supports(String sentence, List<String> binding) {
    Set<String> stems = Words.stems(sentence);
    boolean denies = DENIAL.matcher(sentence).find();
    Set<String> needed = new HashSet<>();
    binding.forEach(words -> needed.addAll(Words.stems(words)));
    stems.stream().filter(s -> Character.isDigit(s.charAt(0))).forEach(needed::add);
    for (Statement statement : statements) {
      if (statement.denies() == denies && statement.stems().containsAll(needed)) {
        long covered = stems.stream().filter(statement.stems()::contains).count();
        boolean isWhole =
            !statement.hasTerms() || covered >= MIN_REPEATED * statement.stems().size();
        if (!stems.isEmpty() && covered >= MIN_COVERAGE * stems.size() && isWhole) {
          return true;
        }
      }
    }
    return false;
  }

  /// A product that `sentence` names while stating a price that is not that product's.
  @Nullable Product mispriced(String sentence, Set<String> figuresThere) {
    String seen = sentence.toLowerCase(Locale.ROOT);
    List<Product> named =
        products.stream().filter(p -> seen.contains(p.title().toLowerCase(Locale.ROOT))).toList();
    if (named.isEmpty()) {
      return null;
    }
    Set<String> theirs = new HashSet<>();
    named.forEach(p -> p.statements().forEach(s -> theirs.addAll(Figures.in(Fold.of(s)))));
    boolean isElsewhere =
        figuresThere.stream().anyMatch(f -> f.startsWith("money:") && !theirs.contains(f));
    return isElsewhere ? named.getFirst() : null;
  }

  private void add(List<String> texts) {
    StringBuilder whole = new StringBuilder();
    for (String text : texts) {
      String folded = Fold.of(text);
      Words.sentences(folded).forEach(this::statement);
      whole.append(folded).append('\n');
    }
    String all = whole.toString();
    statement(all);
    state(all);
  }

  private void statement(String sentence) {
    statements.add(
        new Statement(
            Words.stems(sentence),
            DENIAL.matcher(sentence).find(),
            TERMS.matcher(sentence).find()));
  }

  private void state(String text) {
    figures.addAll(Figures.in(text));
    words(text);
    Claims.links(text).forEach(this::link);
  }

  private void words(String text) {
    for (String token : Claims.tokens(text)) {
      String t = token.toLowerCase(Locale.ROOT);
      tokens.add(t);
      for (String part : t.split("[-/'&_]", -1)) {
        tokens.add(part);
      }
    }
  }

  private void link(String url) {
    String u = url.toLowerCase(Locale.ROOT);
    links.add(u);
    String bare = u.replaceFirst("^https?://", "");
    links.add(bare);
    links.add(bare.replaceFirst("^www\\.", ""));
    links.add(bare.replaceFirst("/$", ""));
    links.add(bare.split("/", 2)[0]);
  }
}
