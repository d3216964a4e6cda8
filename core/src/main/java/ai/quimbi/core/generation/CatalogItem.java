package ai.quimbi.core.generation;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something the tenant has told us and that a message may state. All texts are the tenant's own
/// words and are quoted, never reworded, by the composer.
public sealed interface CatalogItem {
  String id();

  String title();

  /// Everything the item says, one statement each; what a sentence about it must rest on.
  List<String> statements();

  @Nullable String url();

  /// A product.
  ///
  /// @param features what anybody understands, each completing "it is …" or "it has …" @param
  /// details trade terms, left out for beginners @param goodFor uses as noun phrases: "baby quilt",
  /// "machine quilting" @param options sizes or kinds it comes in @param price in the tenant's
  /// currency, with its sign or code: "$24.99"
  record Product(
      String id,
      String title,
      @Nullable String category,
      @Nullable String description,
      List<String> features,
      List<String> details,
      List<String> goodFor,
      List<String> options,
      @Nullable String price,
      @Nullable String url)
      implements CatalogItem {
    public Product {
      features = List.copyOf(features);
      details = List.copyOf(details);
      goodFor = List.copyOf(goodFor);
      options = List.copyOf(options);
    }

    @Override
    public List<String> statements() {
      return Statements.of(title, category, description, price, url)
          .and(features)
          .and(details)
          .and(goodFor)
          .and(options)
          .toList();
    }
  }

  /// An offer, true from `validFrom` to `validUntil` (both days included; `null` is open).
  ///
  /// @param text the whole offer in one or two sentences, as it may be sent to a customer @param
  /// segments the customers it is for, as `axis:segment`; empty is everybody
  record Offer(
      String id,
      String title,
      String text,
      @Nullable String code,
      @Nullable BigDecimal percentOff,
      @Nullable String amountOff,
      @Nullable LocalDate validFrom,
      @Nullable LocalDate validUntil,
      List<String> segments,
      @Nullable String url)
      implements CatalogItem {
    public Offer {
      segments = List.copyOf(segments);
    }

    public boolean isValidOn(LocalDate day) {
      return (validFrom == null || !day.isBefore(validFrom))
          && (validUntil == null || !day.isAfter(validUntil));
    }

    public boolean isFor(CustomerFacts customer) {
      return segments.isEmpty()
          || segments.stream()
              .anyMatch(
                  s -> {
                    int colon = s.indexOf(':');
                    return colon > 0
                        && s.substring(colon + 1).equals(customer.segment(s.substring(0, colon)));
                  });
    }

    @Override
    public List<String> statements() {
      return Statements.of(
              title,
              text,
              code,
              percentOff == null ? null : percentOff.toPlainString() + "%",
              amountOff,
              validUntil == null ? null : validUntil.toString(),
              url)
          .toList();
    }
  }

  /// A rule of the tenant's: returns, shipping, warranty. `text` may be sent as it is.
  record Policy(String id, String title, String text, @Nullable String url) implements CatalogItem {
    @Override
    public List<String> statements() {
      return Statements.of(title, text, url).toList();
    }
  }

  /// A sentence or two that the tenant approved, with the words under which it is found and the
  /// goals it serves (empty is all).
  record Snippet(String id, String title, String text, List<String> tags, List<Goal> goals)
      implements CatalogItem {
    public Snippet {
      tags = List.copyOf(tags);
      goals = List.copyOf(goals);
    }

    @Override
    public @Nullable String url() {
      return null;
    }

    @Override
    public List<String> statements() {
      return Statements.of(title, text).toList();
    }
  }
}
