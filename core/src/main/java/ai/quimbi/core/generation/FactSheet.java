package ai.quimbi.core.generation;

import ai.quimbi.core.generation.CatalogItem.Offer;
import ai.quimbi.core.generation.CatalogItem.Policy;
import ai.quimbi.core.generation.CatalogItem.Product;
import ai.quimbi.core.generation.CatalogItem.Snippet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// All that a message may state: the customer's facts and what the tenant's catalogue holds on the
/// matter. What is not on the sheet is not said.
///
/// @param company the tenant's name as customers know it, for the closing line
public record FactSheet(
    CustomerFacts customer,
    @Nullable String company,
    List<Product> products,
    List<Offer> offers,
    List<Policy> policies,
    List<Snippet> snippets) {

  public FactSheet {
    products = List.copyOf(products);
    offers = List.copyOf(offers);
    policies = List.copyOf(policies);
    snippets = List.copyOf(snippets);
  }

  /// The sheet for `brief`, from catalogue items in the order of their relevance. Offers that do
  /// not hold `today` or are for other customers are left out; markup is taken out of every text.
  public static FactSheet of(
      Brief brief, @Nullable String company, List<? extends CatalogItem> found, LocalDate today) {
    List<Product> products = new ArrayList<>();
    List<Offer> offers = new ArrayList<>();
    List<Policy> policies = new ArrayList<>();
    List<Snippet> snippets = new ArrayList<>();
    for (CatalogItem item : found) {
      switch (item) {
        case Product p ->
            products.add(
                new Product(
                    p.id(),
                    plain(p.title()),
                    plainOrNull(p.category()),
                    plainOrNull(p.description()),
                    plain(p.features()),
                    plain(p.details()),
                    plain(p.goodFor()),
                    plain(p.options()),
                    plainOrNull(p.price()),
                    p.url()));
        case Offer o -> {
          if (o.isValidOn(today) && o.isFor(brief.customer())) {
            offers.add(
                new Offer(
                    o.id(),
                    plain(o.title()),
                    plain(o.text()),
                    o.code(),
                    o.percentOff(),
                    o.amountOff(),
                    o.validFrom(),
                    o.validUntil(),
                    o.segments(),
                    o.url()));
          }
        }
        case Policy p ->
            policies.add(new Policy(p.id(), plain(p.title()), plain(p.text()), p.url()));
        case Snippet s -> {
          if (s.goals().isEmpty() || s.goals().contains(brief.goal())) {
            snippets.add(
                new Snippet(s.id(), plain(s.title()), plain(s.text()), s.tags(), s.goals()));
          }
        }
      }
    }
    return new FactSheet(brief.customer(), company, products, offers, policies, snippets);
  }

  public static FactSheet empty(CustomerFacts customer) {
    return new FactSheet(customer, null, List.of(), List.of(), List.of(), List.of());
  }

  public FactSheet withCustomer(CustomerFacts other) {
    return new FactSheet(other, company, products, offers, policies, snippets);
  }

  public List<CatalogItem> items() {
    List<CatalogItem> items = new ArrayList<>(products);
    items.addAll(offers);
    items.addAll(policies);
    items.addAll(snippets);
    return items;
  }

  private static final Pattern TAG = Pattern.compile("<[^<>]{0,500}>");
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private static String plain(String text) {
    String t = text.indexOf('<') >= 0 ? TAG.matcher(text).replaceAll(" ") : text;
    return isTidy(t) ? t : SPACES.matcher(t).replaceAll(" ").strip();
  }

  private static boolean isTidy(String t) {
    boolean wasSpace = true;
    for (int i = 0; i < t.length(); i++) {
      char c = t.charAt(i);
      boolean isSpace = (c <= ' ' || c > '~') && Character.isWhitespace(c);
      if (isSpace && (wasSpace || t.charAt(i) != ' ')) {
        return false;
      }
      wasSpace = isSpace;
    }
    return t.isEmpty() || !wasSpace;
  }

  private static @Nullable String plainOrNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : plain(text);
  }

  private static List<String> plain(List<String> texts) {
    return texts.stream().map(FactSheet::plain).filter(t -> !t.isEmpty()).toList();
  }
}
