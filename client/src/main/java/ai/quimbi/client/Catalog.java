package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What generated messages may state: products, offers, policies, approved wording. Got from
/// [QuimbiClient#catalog]. A `put` replaces the whole collection, what is not in the list is gone
/// afterwards; it answers how many entries are stored now. In each record `more` holds the
/// contract's optional members under their wire names.
public final class Catalog {
  private final Connection connection;

  Catalog(Connection connection) {
    this.connection = connection;
  }

  /// `more`: `category`, `description`, `features`, `details`, `good_for`, `options`, `tags`,
  /// `price`, `url`.
  public record Product(String productId, String title, Map<String, ?> more) {
    public Product {
      Arguments.id("productId", productId);
      Arguments.text("title", title);
      more = Arguments.map("more", more);
    }
  }

  /// `text` is the whole offer as it may be sent. `more`: `code`, `percent_off`, `amount_off`,
  /// `valid_from`, `valid_until`, `segments` (as `axis:segment`), `url`.
  public record Offer(String offerId, String title, String text, Map<String, ?> more) {
    public Offer {
      Arguments.id("offerId", offerId);
      Arguments.text("title", title);
      Arguments.text("text", text);
      more = Arguments.map("more", more);
    }
  }

  /// `more`: `tags`, `url`.
  public record Policy(String policyId, String title, String text, Map<String, ?> more) {
    public Policy {
      Arguments.id("policyId", policyId);
      Arguments.text("title", title);
      Arguments.text("text", text);
      more = Arguments.map("more", more);
    }
  }

  /// Approved wording. `more`: `tags`, `goals`.
  public record Snippet(String snippetId, String title, String text, Map<String, ?> more) {
    public Snippet {
      Arguments.id("snippetId", snippetId);
      Arguments.text("title", title);
      Arguments.text("text", text);
      more = Arguments.map("more", more);
    }
  }

  /// Entries in id order, as the wire has them.
  public record Page(List<JsonNode> data, boolean hasMore, JsonNode raw) {}

  public int putProducts(List<Product> products) {
    return put(
        "products",
        products,
        p -> row(p.more()).put("product_id", p.productId()).put("title", p.title()));
  }

  /// At most `limit` (1 to 1000) products, from the one after `after`, the last id of the page
  /// before.
  public Page products(int limit, Optional<String> after) {
    return page("products", limit, after);
  }

  public int putOffers(List<Offer> offers) {
    return put(
        "offers",
        offers,
        o ->
            row(o.more())
                .put("offer_id", o.offerId())
                .put("title", o.title())
                .put("text", o.text()));
  }

  public Page offers(int limit, Optional<String> after) {
    return page("offers", limit, after);
  }

  public int putPolicies(List<Policy> policies) {
    return put(
        "policies",
        policies,
        p ->
            row(p.more())
                .put("policy_id", p.policyId())
                .put("title", p.title())
                .put("text", p.text()));
  }

  public Page policies(int limit, Optional<String> after) {
    return page("policies", limit, after);
  }

  public int putSnippets(List<Snippet> snippets) {
    return put(
        "snippets",
        snippets,
        s ->
            row(s.more())
                .put("snippet_id", s.snippetId())
                .put("title", s.title())
                .put("text", s.text()));
  }

  public Page snippets(int limit, Optional<String> after) {
    return page("snippets", limit, after);
  }

  private <T> int put(String what, List<T> entries, Function<T, JsonNode> row) {
    ObjectNode body = Json.object();
    ArrayNode rows = body.putArray(what);
    Arguments.list(what, entries).forEach(entry -> rows.add(row.apply(entry)));
    Call call = new Call("PUT", "/api/catalog/" + what, body, Map.of(), true);
    return Fields.of(connection.send(call)).integer("stored_count");
  }

  private Page page(String what, int limit, Optional<String> after) {
    String from =
        Arguments.present("after", after)
            .map(id -> "&after=" + Call.encode(Arguments.id("after", id)))
            .orElse("");
    String path =
        "/api/catalog/" + what + "?limit=" + Arguments.between("limit", 1, 1000, limit) + from;
    JsonNode answer = connection.send(Call.get(path));
    Fields fields = Fields.of(answer);
    return new Page(fields.objects(what, Fields::json), fields.flag("has_more"), answer);
  }

  private static ObjectNode row(Map<String, ?> more) {
    return Json.object().setAll((ObjectNode) Json.tree("more", more));
  }
}
