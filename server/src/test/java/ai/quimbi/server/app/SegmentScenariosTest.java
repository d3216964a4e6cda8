package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.behaviour.Axis;
import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.app.Quimbi.Reply;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is said of many customers at once agrees with what analyze says of each.
class SegmentScenariosTest {
  private static final String ANALYZE = "/api/intelligence/analyze";
  private static final String BATCH = ANALYZE + "/batch";
  private static final String LIST = "/api/customers";
  private static final int CUSTOMERS = 30;

  /// Thirty customers of one to six orders each, the later the richer; every third buys reduced.
  private static Customer shop() {
    Customer shop = Quimbi.tenant();
    List<String> orders = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      for (int j = 0; j <= i % 6; j++) {
        orders.add(
            order(id(i), "o" + i + "_" + j, 5 + i + 40 * j, 12 * (i + 1), i % 3 == 0 ? 3 : 0));
      }
    }
    Reply stored = shop.post("/api/data/ingest_orders", ingest(orders));
    assertEquals(200, stored.status(), stored.text());
    return shop;
  }

  private static String id(int number) {
    return String.format(Locale.ROOT, "c%02d", number);
  }

  private static String order(String id, String order, int daysAgo, int total, int discount) {
    LocalDate day = LocalDate.of(2026, 3, 15).minusDays(daysAgo);
    return """
    {"customer_id": "%s", "order_id": "%s", "order_date": "%sT10:00:00Z", "total_price": %d.00,
     "discount_amount": %d.00, "status": "paid",
     "items": [{"product_id": "p%s", "category": "fabric", "quantity": 1, "price": %d.00}]}
    """
        .formatted(id, order, day, total, discount, order, total);
  }

  private static String ingest(List<String> orders) {
    return "{\"source\": \"shop\", \"orders\": [" + String.join(",", orders) + "]}";
  }

  private static JsonNode ok(Reply reply) {
    assertEquals(200, reply.status(), reply.text());
    return reply.json();
  }

  private static Map<String, JsonNode> everybody(Customer shop) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < CUSTOMERS; i++) {
      ids.add("\"" + id(i) + "\"");
    }
    Map<String, JsonNode> byId = new HashMap<>();
    ok(shop.post(BATCH, "{\"customer_ids\": [" + String.join(",", ids) + "]}"))
        .path("results")
        .forEach(one -> byId.put(one.path("customer_id").asText(), one));
    assertEquals(CUSTOMERS, byId.size());
    return byId;
  }

  @Test
  void archetypes_count_every_customer_once_as_analyze_names_them() {
    Customer shop = shop();
    Map<String, Integer> named = new HashMap<>();
    everybody(shop)
        .values()
        .forEach(one -> named.merge(one.path("archetype_id").asText(), 1, Integer::sum));

    String path = "/api/intelligence/archetypes";
    JsonNode list = ok(shop.get(path, path));
    Map<String, Integer> listed = new HashMap<>();
    list.path("data")
        .forEach(one -> listed.put(one.path("archetype_id").asText(), one.path("members").asInt()));
    assertEquals(named, listed);
    assertEquals(CUSTOMERS, list.path("customers").asInt());
    for (String level : List.of("L1", "L3")) {
      int members = 0;
      for (JsonNode one : ok(shop.get(path, path + "?level=" + level)).path("data")) {
        members += one.path("members").asInt();
        assertTrue(one.path("description").asText().endsWith("."), one.toString());
      }
      assertEquals(CUSTOMERS, members, level);
    }
    assertEquals(422, shop.get(path, path + "?level=L4").status());
  }

  @Test
  void segment_statistics_cover_every_segment_of_the_vocabulary() {
    Customer shop = shop();
    String path = "/api/intelligence/segments/stats";
    JsonNode main = ok(shop.get(path, path)).path("segments");
    JsonNode all = ok(shop.get(path, path + "?include=support_axes")).path("segments");

    assertEquals(Axis.MAIN.size(), main.size());
    assertEquals(Axis.values().length, all.size());
    for (Axis axis : Axis.values()) {
      int customers = 0;
      for (String segment : axis.segments()) {
        customers += all.path(axis.label()).path(segment).path("customers").asInt(-1_000_000);
      }
      assertEquals(CUSTOMERS, customers, axis.label());
    }
    assertEquals(422, shop.get(path, path + "?include=everything").status());
  }

  @Test
  void a_tenant_without_customers_has_empty_lists() {
    Customer shop = Quimbi.tenant();

    assertEquals(
        0,
        ok(shop.get("/api/intelligence/archetypes", "/api/intelligence/archetypes"))
            .path("data")
            .size());
    assertEquals(0, ok(shop.get(LIST, LIST + "?sort=-churn_risk")).path("data").size());
    JsonNode quality = ok(shop.get("/api/insights/segmentation", "/api/insights/segmentation"));
    assertEquals(0, quality.path("customers").asInt());
  }

  @Test
  void a_batch_answers_each_customer_as_analyze_does() {
    Customer shop = shop();

    JsonNode batch =
        ok(shop.post(BATCH, "{\"customer_ids\": [\"c03\", \"nobody\", \"c01\", \"c03\"]}"));

    assertEquals(2, batch.path("analyzed_count").asInt());
    assertEquals(1, batch.path("failed_count").asInt());
    assertEquals(ok(shop.post(ANALYZE, "{\"customer_id\":\"c03\"}")), batch.at("/results/0"));
    assertEquals("CUSTOMER_NOT_FOUND", batch.at("/results/1/error/code").asText());
    assertEquals("c01", batch.at("/results/2/customer_id").asText());
    assertEquals(3, batch.path("results").size());
  }

  @Test
  void a_batch_comes_line_by_line_when_asked() {
    Customer shop = shop();
    String body = "{\"customer_ids\": [\"c03\", \"nobody\", \"test_customer_new\"]}";
    JsonNode whole = ok(shop.post(BATCH, body)).path("results");

    var raw =
        shop.caller().raw("POST", BATCH + "?format=ndjson", body.getBytes(StandardCharsets.UTF_8));

    String type = raw.headers().firstValue("Content-Type").orElse("");
    assertTrue(type.startsWith("application/x-ndjson"), type);
    String[] lines = new String(raw.body(), StandardCharsets.UTF_8).split("\n", -1);
    assertEquals(4, lines.length, "three lines, each ended");
    for (int i = 0; i < 3; i++) {
      assertEquals(whole.get(i), Quimbi.json(lines[i]));
    }
  }

  @Test
  void a_batch_is_bounded() {
    String many = "{\"customer_ids\": [" + "\"a\",".repeat(1_000) + "\"a\"]}";

    assertEquals(422, Quimbi.tenant().post(BATCH, many).status());
    assertEquals(422, Quimbi.tenant().post(BATCH, "{\"customer_ids\": []}").status());
  }

  @Test
  void the_list_filters_and_sorts_what_analyze_says() {
    Customer shop = shop();
    Map<String, JsonNode> all = everybody(shop);
    List<String> expected =
        all.values().stream()
            .filter(
                one ->
                    Set.of("premium", "mid_tier")
                        .contains(one.at("/dominant_segments/purchase_value").asText()))
            .filter(one -> one.at("/predictions/churn_risk").asDouble() >= 0.2)
            .sorted(
                Comparator.<JsonNode, BigDecimal>comparing(
                        one -> one.at("/predictions/ltv_12mo").decimalValue())
                    .reversed()
                    .thenComparing(one -> one.path("customer_id").asText()))
            .map(one -> one.path("customer_id").asText())
            .toList();
    assertTrue(expected.size() > 5, "the shop has some: " + expected);

    String query = "?segment.purchase_value=premium,mid_tier&churn_risk_min=0.2&sort=-ltv_12mo";
    List<String> listed = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = ok(shop.get(LIST, LIST + query + "&limit=4" + cursor));
      for (JsonNode one : page.path("data")) {
        String id = one.path("customer_id").asText();
        listed.add(id);
        JsonNode said = all.getOrDefault(id, page);
        assertEquals(said.at("/predictions/churn_risk"), one.path("churn_risk"), id);
        assertEquals(said.at("/predictions/ltv_12mo"), one.path("ltv_12mo"), id);
        assertEquals(said.path("archetype_id"), one.path("archetype_id"), id);
      }
      cursor =
          page.path("has_more").asBoolean() ? "&cursor=" + page.path("next_cursor").asText() : "";
    } while (!cursor.isEmpty());
    assertEquals(expected, listed);
  }

  @Test
  void what_was_just_ingested_is_in_the_next_list() {
    Customer shop = shop();
    String whales = LIST + "?segment.purchase_value=whale";
    assertFalse(shop.get(LIST, whales).text().contains("c00"));

    shop.post("/api/data/ingest_orders", ingest(List.of(order("c00", "big", 1, 90_000, 0))));

    assertTrue(shop.get(LIST, whales).text().contains("c00"));
  }

  @Test
  void wrong_filters_are_refused_with_the_right_ones() {
    Customer shop = Quimbi.tenant();
    String segment = shop.get(LIST, LIST + "?segment.purchase_value=rich").text();
    assertTrue(segment.contains("whale, premium, mid_tier, low_value"), segment);
    Reply several = shop.get(LIST, LIST + "?wealth=1&sort=name&churn_risk_min=much");
    assertEquals(422, several.status());
    assertEquals(3, several.json().at("/error/details/errors").size());
    assertEquals(422, shop.get(LIST, LIST + "?sort=churn_risk&cursor=abc").status());
  }

  @Test
  void similar_customers_are_the_nearest_without_the_customer() {
    Customer shop = shop();
    String template = "/api/customers/{customer_id}/similar";
    JsonNode answer = ok(shop.get(template, "/api/customers/c09/similar?limit=5"));

    assertEquals(5, answer.path("data").size());
    double before = 0;
    Set<String> ids = new HashSet<>();
    for (JsonNode one : answer.path("data")) {
      assertTrue(one.path("distance").asDouble() >= before);
      before = one.path("distance").asDouble();
      ids.add(one.path("customer_id").asText());
    }
    assertEquals(5, ids.size());
    assertFalse(ids.contains("c09"));
    assertEquals(404, shop.get(template, "/api/customers/nobody/similar").status());
    assertEquals(422, shop.get(template, "/api/customers/c09/similar?limit=0").status());
  }

  @Test
  void history_reaches_back_before_the_first_answer_and_tells_the_drift() {
    Customer shop = shop();
    String template = "/api/customers/{customer_id}/history";
    JsonNode answer = ok(shop.get(template, "/api/customers/c29/history"));
    JsonNode data = answer.path("data");
    JsonNode last = data.get(data.size() - 1);
    JsonNode now = ok(shop.post(ANALYZE, "{\"customer_id\":\"c29\"}"));

    assertEquals("recomputed", data.at("/0/source").asText());
    assertEquals("snapshot", last.path("source").asText());
    assertEquals("2026-03-15", last.path("date").asText());
    assertEquals(now.at("/predictions/churn_risk"), last.path("churn_risk"));
    assertEquals(now.at("/predictions/ltv_12mo"), last.path("ltv_12mo"));
    assertEquals(now.path("dominant_segments"), last.path("segments"));
    assertTrue(answer.at("/drift/overall").asDouble() > 0);
    JsonNode onlyChurn = ok(shop.get(template, "/api/customers/c29/history?metric=churn"));
    assertFalse(onlyChurn.at("/data/0").has("ltv_12mo"));
    assertEquals(422, shop.get(template, "/api/customers/c29/history?metric=mood").status());
    assertEquals(
        422,
        shop.get(template, "/api/customers/c29/history?from=2026-02-01&to=2026-01-01").status());
    assertEquals(422, shop.get(template, "/api/customers/c29/history?from=yesterday").status());
  }

  @Test
  void the_quality_of_the_segmentation_counts_everybody_on_every_axis() {
    Customer shop = shop();
    JsonNode answer = ok(shop.get("/api/insights/segmentation", "/api/insights/segmentation"));

    assertEquals(CUSTOMERS, answer.path("customers").asInt());
    assertEquals(Axis.values().length, answer.path("axes").size());
    for (JsonNode axis : answer.path("axes")) {
      int sum = 0;
      for (JsonNode size : axis.path("sizes")) {
        sum += size.asInt();
      }
      assertEquals(CUSTOMERS, sum, axis.toString());
    }
  }

  @Test
  void campaigns_rank_by_the_documented_worth() {
    Customer shop = shop();
    Map<String, JsonNode> all = everybody(shop);
    String path = "/api/intelligence/campaigns/recommend";
    JsonNode answer = ok(shop.post(path, "{\"goal\": \"growth\", \"effect\": 0.2, \"limit\": 6}"));

    assertTrue(answer.path("data").size() > 0, answer.toString());
    double before = Double.MAX_VALUE;
    for (JsonNode one : answer.path("data")) {
      JsonNode said = all.getOrDefault(one.path("customer_id").asText(), answer);
      double p = said.at("/predictions/churn_risk").asDouble();
      double v = said.at("/predictions/ltv_12mo").asDouble();
      assertEquals(0.2 * v * (1 - p), one.path("expected_value").asDouble(), 0.006);
      assertTrue(one.path("expected_value").asDouble() <= before);
      before = one.path("expected_value").asDouble();
    }
    assertEquals(422, shop.post(path, "{\"goal\": \"fame\"}").status());
  }

  @Test
  void the_support_axes_come_on_request() {
    Customer shop = shop();

    JsonNode plain = ok(shop.post(ANALYZE, "{\"customer_id\":\"c05\"}"));
    Reply more =
        shop.caller()
            .send("POST", ANALYZE, ANALYZE + "?include=support_axes", "{\"customer_id\":\"c05\"}");

    assertEquals(Axis.MAIN.size(), plain.path("segment_memberships").size());
    assertEquals(Axis.values().length, ok(more).path("segment_memberships").size());
    assertEquals(Axis.SUPPORT.size(), more.json().path("support_axes").size());
  }

  @Test
  void an_export_holds_what_the_list_holds() {
    Customer shop = Quimbi.tenant();
    String id = "a,\"b\"\n";
    assertEquals(
        422,
        shop.post("/api/data/ingest_orders", ingest(List.of(order(id, "o", 1, 9, 0)))).status());
    String quoted = "a,'b'";
    shop.post(
        "/api/data/ingest_orders",
        ingest(List.of(order(quoted, "o1", 3, 90, 0), order("plain", "o2", 4, 80, 0))));

    String csv = export(shop, "");
    String[] lines = csv.split("\r\n", -1);
    assertEquals(4, lines.length, csv);
    assertTrue(lines[0].startsWith("customer_id,archetype_id,purchase_value,"), csv);
    assertTrue(lines[1].startsWith("\"a,'b'\",arch_"), csv);
    assertEquals(lines[0].split(",", -1).length, lines[2].split(",", -1).length);

    String[] rows = export(shop, "?format=ndjson&lifetime_value_min=85").split("\n", -1);
    assertEquals(2, rows.length);
    assertEquals(
        ok(shop.get(LIST, LIST + "?lifetime_value_min=85")).at("/data/0"), Quimbi.json(rows[0]));
    assertEquals(
        422, shop.get("/api/exports/customers", "/api/exports/customers?format=pdf").status());
  }

  private static String export(Customer shop, String query) {
    return new String(
        shop.caller().raw("GET", "/api/exports/customers" + query, null).body(),
        StandardCharsets.UTF_8);
  }

  @Test
  void a_migration_counts_those_who_came_and_those_who_stayed() {
    Customer shop = shop();
    String path = "/api/intelligence/archetypes/migration";
    JsonNode answer = ok(shop.get(path, path));
    JsonNode today = ok(shop.get(path, path + "?from=2026-03-15"));

    // Those whose first order was in the last thirty days; of the others nothing was said then,
    // so it is made up from their orders.
    int arrived = 0;
    for (int i = 0; i < CUSTOMERS; i++) {
      arrived += 5 + i + 40 * (i % 6) < 30 ? 1 : 0;
    }
    assertEquals(arrived, answer.path("arrived").asInt());
    assertEquals(CUSTOMERS - arrived, answer.path("recomputed_from").asInt());
    assertEquals(0, answer.path("recomputed_to").asInt());
    assertEquals(CUSTOMERS - arrived, moved(answer));
    int stayed = 0;
    for (JsonNode move : today.path("data")) {
      assertEquals(move.path("from"), move.path("to"));
      stayed += move.path("customers").asInt();
    }
    assertEquals(CUSTOMERS, stayed);
    assertEquals(422, shop.get(path, path + "?from=2026-03-16").status());
  }

  private static int moved(JsonNode migration) {
    int moved = 0;
    for (JsonNode move : migration.path("data")) {
      moved += move.path("customers").asInt();
    }
    return moved;
  }
}
