package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.app.Quimbi.Reply;
import ai.quimbi.server.llm.FakeProvider;
import ai.quimbi.server.llm.Misbehaviour;
import ai.quimbi.server.llm.ProviderSettings.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Messages over HTTP, and the catalogue they draw on: the document's example, the shapes that
/// clients send, and what is heard back.
class MessageScenariosTest {
  private static final String MESSAGE = "/api/generation/message";

  @Test
  void the_documents_message_is_answered_from_the_catalogue() {
    Reply reply = QuiltShop.open().post(MESSAGE, QuiltShop.documentMessage());

    JsonNode json = reply.json();
    assertEquals(200, reply.status(), reply.text());
    assertEquals("empathetic", json.path("tone").asText());
    assertEquals("email", json.path("channel").asText());
    String message = json.path("message").asText();
    assertTrue(message.contains("For a baby quilt"), message);
    assertTrue(message.contains("Warm & Natural 100% cotton batting"), message);
    assertFalse(message.contains("scrim"), message);
    assertTrue(
        QuiltShop.texts(json.path("personalization_applied"))
            .containsAll(
                List.of("Adjusted for beginner (shopping_maturity: new)", "Avoided jargon")),
        json.toString());
    assertEquals("composer", json.path("generator").asText());
    assertEquals("no-store", reply.header("Cache-Control"));
    assertFalse(json.path("subject").asText().isEmpty());
  }

  @Test
  void without_a_catalogue_it_says_that_it_checks() {
    Reply reply = Quimbi.tenant().post(MESSAGE, QuiltShop.documentMessage());

    assertTrue(reply.json().path("message").asText().contains("let me check"), reply.text());
  }

  @Test
  void a_policy_is_quoted_and_only_the_tenants_own() {
    String asked =
        """
        {"context": {"goal": "resolve_support_issue", "channel": "chat",
          "conversation": [{"from": "customer", "content": "What is your return policy for unopened items?"}]}}
        """;

    String ours = QuiltShop.open().post(MESSAGE, asked).json().path("message").asText();
    String theirs = Quimbi.tenant().post(MESSAGE, asked).json().path("message").asText();

    assertTrue(ours.contains("Unopened items can be returned within 30 days"), ours);
    assertFalse(theirs.contains("30 days"), theirs);
  }

  @Test
  void the_sdks_shape_with_our_own_analysis_is_accepted() {
    Customer shop = QuiltShop.open();
    JsonNode analysis =
        shop.post(
                "/api/intelligence/analyze",
                "{\"customer_id\": \"test_customer_high_ltv\", \"context\": {}}")
            .json();

    Reply reply =
        shop.post(
            MESSAGE,
            "{\"customer_profile\": "
                + analysis
                + ", \"context\": {\"goal\": \"upsell\", \"conversation\": []}}");

    assertEquals(200, reply.status(), reply.text());
    assertEquals("friendly", reply.json().path("tone").asText());
  }

  @Test
  void the_flat_shape_with_a_null_customer_is_accepted() {
    Reply reply =
        QuiltShop.open()
            .post(
                MESSAGE,
                """
                {"customer_id": null, "conversation_history":
                  [{"from_customer": true, "text": "%s"}, {"from_customer": false, "text": "Hi"}],
                 "goal": "resolve_support_issue", "channel": "sms", "tone": "empathetic", "length": "short"}
                """
                    .formatted(QuiltShop.QUESTION));

    JsonNode json = reply.json();
    assertEquals(200, reply.status(), reply.text());
    assertEquals("sms", json.path("channel").asText());
    assertTrue(json.path("segments").asInt() >= 1);
    assertEquals(
        json.path("message").asText(), String.join("", QuiltShop.texts(json.path("parts"))));
    assertTrue(json.path("message").asText().contains("Warm & Natural"), json.toString());
  }

  @Test
  void an_unknown_goal_is_422_and_names_the_known_ones() {
    Reply reply = Quimbi.tenant().post(MESSAGE, "{\"context\": {\"goal\": \"spam\"}}");

    assertEquals(422, reply.status());
    JsonNode error = reply.json().at("/error/details/errors/0");
    assertEquals("/context/goal", error.path("path").asText());
    assertTrue(error.path("message").asText().contains("win_back"), error.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"customer_profile\": {}, \"context\": {}}",
        "{\"customer_profile\": {\"archetype\": \"unknown\", \"churn_risk\": \"unknown\"}}",
        "{\"customer_profile\": {\"churn_risk\": 7, \"lifetime_value\": -3}}",
        "{\"customer_profile\": {\"archetype\": {\"segments\": {\"shopping_maturity\": 5}}}}",
        "{\"context\": {\"goal\": \"upsell\", \"channel\": \"pigeon\", \"conversation\": [{}, 3, \"hi\"]}}",
        "{\"customer_profile\": {\"customer_id\": \"nobody\", \"name\": \"<b>x</b>\"}, \"goal\": \"win_back\"}"
      })
  void an_odd_request_still_gets_a_useful_message(String body) {
    Reply reply = Quimbi.tenant().post(MESSAGE, body);

    assertEquals(200, reply.status(), reply.text());
    assertFalse(reply.json().path("message").asText().isBlank());
    assertFalse(reply.text().contains("<b>"), reply.text());
  }

  @Test
  void an_offer_holds_only_in_its_days() {
    String message =
        QuiltShop.open()
            .post(MESSAGE, "{\"context\": {\"goal\": \"win_back\", \"conversation\": []}}")
            .json()
            .path("message")
            .asText();

    assertTrue(message.contains("WARM15"), message);
    assertFalse(message.contains("90%"), message);
  }

  @Test
  void the_stream_ends_with_the_same_answer() {
    Customer shop = QuiltShop.open();
    byte[] body = QuiltShop.documentMessage().getBytes(StandardCharsets.UTF_8);

    var response =
        shop.caller().raw("POST", MESSAGE + "/stream", body, "Content-Type", "application/json");

    String events = new String(response.body(), StandardCharsets.UTF_8);
    assertEquals(200, response.statusCode());
    assertTrue(
        response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream"));
    assertTrue(events.startsWith("event: sentence\ndata: {\"text\":"), events);
    String last = events.substring(events.indexOf("event: final\ndata: ") + 19).strip();
    JsonNode json = Quimbi.json(last);
    assertEquals(
        shop.post(MESSAGE, QuiltShop.documentMessage()).json().path("message").asText(),
        json.path("message").asText());
  }

  @Test
  void feedback_is_counted_with_what_was_changed() {
    Customer shop = QuiltShop.open();
    JsonNode made = shop.post(MESSAGE, QuiltShop.documentMessage()).json();
    String id = made.path("message_id").asText();
    String edited = made.path("message").asText() + "!!!";

    Reply reply =
        shop.post(
            "/api/generation/feedback",
            "{\"message_id\": \""
                + id
                + "\", \"verdict\": \"edited\", \"final_text\": "
                + TextNode.valueOf(edited)
                + "}");

    assertEquals(3, reply.json().path("edit_distance").asInt(), reply.text());
    JsonNode goal =
        shop.get("/api/insights/generation", "/api/insights/generation").json().at("/goals/0");
    assertEquals("resolve_support_issue", goal.path("goal").asText());
    assertEquals(1, goal.path("generated").asInt());
    assertEquals(1, goal.path("edited").asInt());
    assertEquals(3.0, goal.path("mean_edit_distance").asDouble());
    assertEquals(
        422,
        shop.post("/api/generation/feedback", "{\"message_id\": \"msg_0\", \"verdict\": \"sent\"}")
            .status());
  }

  @Test
  void a_tenants_language_model_writes_for_it_and_its_failure_is_the_composers_turn()
      throws IOException {
    Customer shop = QuiltShop.open();
    String path = QuiltShop.modelOf(shop);
    try (FakeProvider provider = new FakeProvider()) {
      QuiltShop.letWrite(provider, Kind.OPENAI, shop);

      JsonNode written = shop.post(MESSAGE, QuiltShop.documentMessage()).json();
      assertEquals("fake-1", written.path("generator").asText(), written.toString());
      assertEquals(1, provider.requests.size());

      provider.misbehaviour = Misbehaviour.PROMISES;
      JsonNode refused = shop.post(MESSAGE, QuiltShop.documentMessage()).json();
      assertEquals("composer", refused.path("generator").asText(), refused.toString());
      assertTrue(refused.path("generator_reason").asText().contains("no fact"), refused.toString());

      provider.misbehaviour = Misbehaviour.REJECTS_KEY;
      Reply failed = shop.post(MESSAGE, QuiltShop.documentMessage());
      assertEquals(200, failed.status());
      assertEquals("composer", failed.json().path("generator").asText());

      assertEquals(200, Quimbi.admin().send("DELETE", QuiltShop.MODEL, path, null).status());
      assertTrue(
          shop.post(MESSAGE, QuiltShop.documentMessage())
              .json()
              .path("generator_reason")
              .isMissingNode());
    }
    assertEquals(
        422,
        Quimbi.admin().send("PUT", QuiltShop.MODEL, path, "{\"provider\": \"ollama\"}").status());
  }

  @Test
  void a_collection_is_set_and_listed_as_a_whole() {
    Customer shop = QuiltShop.open();
    String products = "/api/catalog/products";

    JsonNode page = shop.get(products, products + "?limit=1").json();
    assertEquals("p1", page.at("/products/0/product_id").asText());
    assertTrue(page.path("has_more").asBoolean());
    QuiltShop.put(shop, products, "{\"products\": []}");
    assertEquals(0, shop.get(products, products).json().path("products").size());
    Reply twice =
        shop.caller()
            .send(
                "PUT",
                products,
                products,
                "{\"products\": [{\"product_id\": \"a\", \"title\": \"A\"}, {\"product_id\": \"a\", \"title\": \"B\"}]}");
    assertEquals(422, twice.status());
    assertEquals(
        "/products/1/product_id", twice.json().at("/error/details/errors/0/path").asText());
  }
}
