package ai.quimbi.server.api.generation;

import ai.quimbi.core.generation.Cash;
import ai.quimbi.core.generation.CatalogItem;
import ai.quimbi.core.generation.Goal;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.store.generation.Catalog.Item;
import ai.quimbi.server.store.generation.Catalog.Kind;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Catalogue items between their JSON, their rows and the core's facts.
public final class CatalogJson {

  private CatalogJson() {}

  /// `node` is one that the contract lets pass.
  public static Item row(Kind kind, JsonNode node, Currency currency) {
    CatalogItem item = fact(kind, node, currency);
    List<String> words = new ArrayList<>(item.statements());
    words.addAll(Nodes.texts(node, "/tags"));
    return new Item(kind, item.id(), node.toString(), String.join("\n", words));
  }

  static CatalogItem fact(Item row, Currency currency) {
    return fact(row.kind(), tree(row), currency);
  }

  static JsonNode tree(Item row) {
    try {
      return Wire.JSON.readTree(row.content());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored catalogue item is no JSON", e);
    }
  }

  /// What the collection is called in paths and bodies.
  public static String collection(Kind kind) {
    return switch (kind) {
      case PRODUCT -> "products";
      case OFFER -> "offers";
      case POLICY -> "policies";
      case SNIPPET -> "snippets";
    };
  }

  /// The schema of a body that holds the collection.
  public static String schema(Kind kind) {
    return switch (kind) {
      case PRODUCT -> "CatalogProducts";
      case OFFER -> "CatalogOffers";
      case POLICY -> "CatalogPolicies";
      case SNIPPET -> "CatalogSnippets";
    };
  }

  static String idName(Kind kind) {
    return switch (kind) {
      case PRODUCT -> "product_id";
      case OFFER -> "offer_id";
      case POLICY -> "policy_id";
      case SNIPPET -> "snippet_id";
    };
  }

  private static CatalogItem fact(Kind kind, JsonNode node, Currency currency) {
    String id = node.path(idName(kind)).asText();
    String title = node.path("title").asText();
    String url = Nodes.text(node, "/url");
    return switch (kind) {
      case PRODUCT ->
          new CatalogItem.Product(
              id,
              title,
              Nodes.text(node, "/category"),
              Nodes.text(node, "/description"),
              Nodes.texts(node, "/features"),
              Nodes.texts(node, "/details"),
              Nodes.texts(node, "/good_for"),
              Nodes.texts(node, "/options"),
              money(Nodes.number(node, "/price"), currency),
              url);
      case OFFER ->
          new CatalogItem.Offer(
              id,
              title,
              node.path("text").asText(),
              Nodes.text(node, "/code"),
              Nodes.number(node, "/percent_off"),
              money(Nodes.number(node, "/amount_off"), currency),
              day(node, "valid_from"),
              day(node, "valid_until"),
              Nodes.texts(node, "/segments"),
              url);
      case POLICY -> new CatalogItem.Policy(id, title, node.path("text").asText(), url);
      case SNIPPET ->
          new CatalogItem.Snippet(
              id,
              title,
              node.path("text").asText(),
              Nodes.texts(node, "/tags"),
              Nodes.texts(node, "/goals").stream()
                  .map(Goal::ofLabel)
                  .flatMap(Optional::stream)
                  .toList());
    };
  }

  private static @Nullable String money(@Nullable BigDecimal amount, Currency currency) {
    return amount == null ? null : Cash.of(amount, currency);
  }

  private static @Nullable LocalDate day(JsonNode node, String name) {
    String text = Nodes.text(node, "/" + name);
    return text == null ? null : LocalDate.parse(text);
  }
}
