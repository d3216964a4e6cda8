package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.app.Quimbi.Reply;
import ai.quimbi.server.llm.FakeProvider;
import ai.quimbi.server.llm.ProviderSettings.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A shop for quilters with a catalogue of its own, and what its customer asks.
final class QuiltShop {
  static final String MODEL = "/api/admin/tenants/{tenant_id}/language_model";

  static final String QUESTION =
      "I'm making my first quilt and overwhelmed by batting options. What do you recommend for a"
          + " baby quilt?";

  private static final String PRODUCTS =
      """
      {"products": [
        {"product_id": "p1", "title": "Warm & Natural 100% cotton batting", "category": "batting",
         "description": "It is breathable and gentle for infants.",
         "features": ["machine washable and dryable", "pre-shrunk", "soft and lightweight"],
         "details": ["needle-punched with a light scrim"],
         "good_for": ["baby quilt"], "options": ["crib size (45\\" x 60\\")"], "price": 24.99,
         "url": "https://shop.example/batting"},
        {"product_id": "p2", "title": "Bamboo sewing pins", "category": "notions", "price": 6}
      ]}
      """;

  private static final String POLICIES =
      """
      {"policies": [{"policy_id": "r1", "title": "Returns",
        "text": "Unopened items can be returned within 30 days of delivery. Cut fabric cannot be returned."}]}
      """;

  private QuiltShop() {}

  static Customer open() {
    Customer shop = Quimbi.tenant();
    put(shop, "/api/catalog/products", PRODUCTS);
    put(shop, "/api/catalog/policies", POLICIES);
    put(
        shop,
        "/api/catalog/offers",
        """
        {"offers": [
          {"offer_id": "o1", "title": "Spring", "text": "Until the end of May you get 15% off batting.",
           "code": "WARM15", "percent_off": 15, "valid_until": "2026-05-31"},
          {"offer_id": "o2", "title": "Old", "text": "You get 90% off.", "valid_until": "2020-01-01"}
        ]}
        """);
    return shop;
  }

  static Reply put(Customer shop, String path, String body) {
    Reply reply = shop.caller().send("PUT", path, path, body);
    assertEquals(200, reply.status(), reply.text());
    return reply;
  }

  static String documentMessage() {
    return """
    {
      "customer_profile": {
        "customer_id": "cust_12345",
        "archetype": {"segments": {"price_sensitivity": "deal_hunter", "shopping_maturity": "new"}},
        "behavioral_metrics": {"lifetime_value": 150.00, "total_orders": 2}
      },
      "context": {
        "goal": "resolve_support_issue",
        "channel": "email",
        "conversation": [
          {"from": "customer", "content": "%s"},
          {"from": "agent", "content": "Hi! Let me help you with that."}
        ],
        "constraints": {"tone": "empathetic", "length": "medium"}
      }
    }
    """
        .formatted(QUESTION);
  }

  /// Lets a model of the provider write for the shop; `kind` says how it is spoken to.
  static void letWrite(FakeProvider provider, Kind kind, Customer shop) {
    Reply set =
        Quimbi.admin()
            .send(
                "PUT",
                MODEL,
                modelOf(shop),
                "{\"provider\": \"%s\", \"model\": \"fake-1\", \"api_key\": \"sk-secret\", \"base_url\": \"%s\"}"
                    .formatted(
                        kind.name().toLowerCase(Locale.ROOT), provider.settings(kind).baseUrl()));
    assertEquals(200, set.status(), set.text());
    assertFalse(set.text().contains("sk-secret"), set.text());
  }

  static String modelOf(Customer shop) {
    return "/api/admin/tenants/" + shop.tenant().id() + "/language_model";
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asText()));
    return texts;
  }
}
