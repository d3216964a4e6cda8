package ai.quimbi.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Every method: what it sends, and what it makes of the document's own example answer.
final class AnswersTest {
  private FaultyServer server;
  private QuimbiClient quimbi;

  @BeforeEach
  void start() throws IOException {
    server = new FaultyServer();
    quimbi = QuimbiClient.builder().baseUrl(server.url() + "/").apiKey("test_key_12345").build();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void an_analysis_is_read_field_by_field_and_keeps_the_raw_answer() {
    server.answers(200, Examples.ANALYSIS);

    CustomerAnalysis analysis = quimbi.analyzeCustomer("cust_12345");

    assertEquals("arch_premium_deal_hunter", analysis.archetype().id());
    assertEquals("premium", analysis.archetype().segments().get("purchase_value"));
    assertEquals(new BigDecimal("892.50"), analysis.behavioralMetrics().lifetimeValue());
    assertEquals(15, analysis.behavioralMetrics().daysSinceLastPurchase());
    assertEquals(0.18, analysis.predictions().churnRisk());
    assertEquals("450.00", analysis.raw().at("/predictions/ltv_12mo").asText());
    assertSent("POST", "/api/intelligence/analyze", "{'customer_id':'cust_12345','context':{}}");
    assertEquals("test_key_12345", server.requests().get(0).headers().get("x-api-key"));
  }

  @Test
  void a_customer_without_orders_has_no_days_since_the_last_one() {
    server.answers(
        200,
        Examples.ANALYSIS
            .replace("\"days_since_last_purchase\":15", "\"days_since_last_purchase\":null")
            .replaceAll("(?s)\"archetype\":\\{.*?\\}\\}", "\"archetype\":{}"));

    CustomerAnalysis analysis = quimbi.analyzeCustomer("test_customer_new");

    assertNull(analysis.behavioralMetrics().daysSinceLastPurchase());
    assertEquals(Map.of(), analysis.archetype().segments());
  }

  @Test
  void predictions_are_read() {
    server.answers(200, Examples.CHURN).answers(200, Examples.LTV);

    ChurnPrediction churn = quimbi.predictChurn("cust_12345");
    LtvForecast ltv = quimbi.predictLtv("cust_12345", 12);

    assertEquals(0.28, churn.churnRiskScore());
    assertEquals(45, churn.factors().get(0).value().intValue());
    assertEquals("medium", churn.riskLevel());
    assertEquals(new BigDecimal("380.00"), ltv.confidenceInterval().lower());
    assertEquals(new BigDecimal("892.50"), ltv.currentLtv());
    assertSent(
        "POST",
        "/api/intelligence/predict/ltv",
        "{'customer_id':'cust_12345','horizon_months':12}");
  }

  @Test
  void an_analysis_is_the_profile_of_a_message() {
    server.answers(200, Examples.ANALYSIS).answers(200, Examples.MESSAGE);

    GeneratedMessage message =
        quimbi.generateMessage(
            quimbi.analyzeCustomer("cust_12345"), Map.of("goal", "resolve_support_issue"));

    assertEquals(List.of("Avoided jargon"), message.personalizationApplied());
    JsonNode sent = json(server.requests().get(1).body());
    assertEquals(json(Examples.ANALYSIS), sent.get("customer_profile"));
    assertEquals("resolve_support_issue", sent.at("/context/goal").asText());
  }

  @Test
  void actions_without_an_impact_have_none() {
    server.answers(200, Examples.ACTIONS);

    RecommendedActions answer =
        quimbi.recommendActions(json("{}"), "support_ticket", json("{'ticket':{}}"));

    assertEquals(
        new RecommendedActions.Impact(0.85, new BigDecimal("780.00")),
        answer.actions().get(0).estimatedImpact());
    assertNull(answer.actions().get(1).estimatedImpact());
    assertTrue(answer.warnings().get(0).contains("×"));
  }

  @Test
  void insights_are_read() {
    server.answers(200, Examples.BENCHMARK).answers(200, Examples.POSITION);

    assertEquals(new BigDecimal("420.00"), quimbi.benchmarks("retail").ltvPercentiles().p50());
    assertEquals("top_50%", quimbi.myPosition().ltvPercentile());
    assertEquals("/api/insights/benchmarks/retail", server.requests().get(0).target());
  }

  @Test
  void orders_travel_with_their_decimals_as_written_and_an_idempotency_key() {
    server.answers(200, Examples.INGESTED);
    Order order =
        new Order(
            "cust_12345",
            "order_789",
            OffsetDateTime.parse("2024-03-15T14:30:00Z"),
            new BigDecimal("125.50"),
            List.of(new Order.Item("prod_456", "Batting", "batting", 1, new BigDecimal("45.00"))),
            Map.of("currency", "USD"));

    Ingestion done =
        quimbi.ingestOrders("shopify", List.of(order), IngestOptions.fresh().withKey("batch-1"));

    assertEquals(List.of("cust_12345"), done.customerProfilesUpdated());
    assertTrue(server.requests().get(0).body().contains("\"total_price\":125.50"));
    assertEquals("batch-1", server.requests().get(0).headers().get("idempotency-key"));
    assertSent(
        "POST",
        "/api/data/ingest_orders",
        "{'source':'shopify','orders':[{'customer_id':'cust_12345','order_id':'order_789',"
            + "'order_date':'2024-03-15T14:30:00Z','total_price':125.50,'items':["
            + "{'product_id':'prod_456','product_name':'Batting','category':'batting',"
            + "'quantity':1,'price':45.00}],'currency':'USD'}]}");
  }

  @Test
  void interactions_can_be_sent_row_by_row() {
    server.answers(200, Examples.INGESTED);
    Interaction ticket =
        new Interaction(
            "cust_12345",
            "support_ticket",
            OffsetDateTime.parse("2024-03-20T10:15:00Z"),
            "email",
            Map.of("ticket_id", "T-123"));

    quimbi.ingestInteractions(
        "support_app", List.of(ticket), IngestOptions.fresh().continuingOnError());

    assertEquals(
        "/api/data/ingest_interactions?on_error=continue", server.requests().get(0).target());
  }

  @Test
  void opaque_ids_survive_a_path() {
    for (String id : List.of("a/b", "..", "50%", "🧵", "a b+c*~", "export")) {
      server.answers(200, "{'customer_id':'x'}".replace('\'', '"'));
      quimbi.customer(id);
    }

    assertEquals(
        List.of("a%2Fb", "%2E%2E", "50%25", "%F0%9F%A7%B5", "a%20b%2Bc%2A~", "export"),
        server.requests().stream()
            .map(r -> r.target().substring("/api/customers/".length()))
            .toList());
  }

  @Test
  void pages_follow_the_cursor() {
    server.answers(
        200,
        """
        {"data":[{"customer_id":"a"},{"customer_id":"b"}],"has_more":true,"next_cursor":"b="}
        """);
    server.answers(200, "{\"data\":[],\"has_more\":false,\"next_cursor\":null}");

    CustomerPage first = quimbi.listCustomers(2, Optional.empty());
    CustomerPage last = quimbi.listCustomers(2, first.nextCursor());

    assertEquals(List.of("a", "b"), first.customerIds());
    assertEquals("/api/customers?limit=2&cursor=b%3D", server.requests().get(1).target());
    assertEquals(Optional.empty(), last.nextCursor());
  }

  @Test
  void accounts_usage_tickets_and_health() {
    for (int i = 0; i < 4; i++) {
      server.answers(200, "{}");
    }
    Accounts accounts = quimbi.accounts();

    accounts.put("acme/001", new Accounts.Account("Acme Corp", null, new BigDecimal(250), null));
    assertSent("PUT", "/api/accounts/acme%2F001", "{'name':'Acme Corp','arr':250}");

    accounts.putUsage("acme-001", List.of(new Accounts.UsageDay(LocalDate.parse("2026-01-01"), 7)));
    assertSent(
        "POST",
        "/api/accounts/acme-001/usage",
        "{'days':[{'date':'2026-01-01','active_users':7}]}");

    OffsetDateTime opened = OffsetDateTime.parse("2026-01-01T00:00:00Z");
    accounts.putTickets(
        "acme-001", List.of(new Accounts.Ticket("T-1", "low", "open", opened, null, null)));
    assertSent(
        "POST",
        "/api/accounts/acme-001/tickets",
        "{'tickets':[{'id':'T-1','severity':'low','status':'open',"
            + "'opened_at':'2026-01-01T00:00:00Z'}]}");

    accounts.putHealthConfig(
        new Accounts.HealthWeights(
            new BigDecimal("0.5"), new BigDecimal("0.3"), new BigDecimal("0.2")),
        true);
    assertSent(
        "PUT",
        "/api/copilot/health-config?preview=true",
        "{'weights':{'usage':0.5,'tickets':0.3,'renewal':0.2}}");
  }

  @Test
  void customers_beside_each_other_over_time_and_by_a_filter() {
    for (int i = 0; i < 4; i++) {
      server.answers(200, "{}");
    }
    server.answers(200, "{\"data\":[],\"has_more\":false}");
    Behaviour behaviour = quimbi.behaviour();

    behaviour.analyzeBatch(List.of("a", "b"));
    assertSent("POST", "/api/intelligence/analyze/batch", "{'customer_ids':['a','b']}");

    behaviour.campaign("win_back", 5);
    assertSent("POST", "/api/intelligence/campaigns/recommend", "{'goal':'win_back','limit':5}");

    behaviour.similar("a/b", 3);
    behaviour.history("a", "churn", LocalDate.parse("2026-01-01"), LocalDate.parse("2026-02-01"));
    quimbi.listCustomers(
        5,
        Optional.empty(),
        Map.of("segment.purchase_value", "whale,premium", "sort", "-ltv_12mo"));
    assertEquals(
        List.of(
            "/api/customers/a%2Fb/similar?limit=3",
            "/api/customers/a/history?metric=churn&from=2026-01-01&to=2026-02-01",
            "/api/customers?limit=5&segment.purchase_value=whale%2Cpremium&sort=-ltv_12mo"),
        server.requests().stream().skip(2).map(FaultyServer.Request::target).toList());
    assertEquals(
        "customerIds[1]",
        assertThrows(InvalidArgumentException.class, () -> behaviour.analyzeBatch(List.of("a", "")))
            .field());
  }

  @Test
  void archetypes_migrate() {
    server.answers(
        200,
        """
        {"level":"L1","from":"2026-01-01","to":"2026-02-01","arrived":3,"left":1,
         "data":[{"from":"arch_premium","to":"arch_whale","customers":2}]}
        """);

    Behaviour.Migration moved =
        quimbi
            .behaviour()
            .migration("L1", LocalDate.parse("2026-01-01"), LocalDate.parse("2026-02-01"));

    assertEquals(
        List.of(new Behaviour.Migration.Move("arch_premium", "arch_whale", 2)), moved.moves());
    assertEquals(3, moved.arrived());
    assertEquals(
        "/api/intelligence/archetypes/migration?level=L1&from=2026-01-01&to=2026-02-01",
        server.requests().get(0).target());
  }

  @Test
  void the_catalogue_is_put_and_paged() {
    for (int i = 0; i < 4; i++) {
      server.answers(200, "{\"status\":\"success\",\"stored_count\":1}");
    }
    server.answers(200, "{\"has_more\":true,\"products\":[{\"product_id\":\"p/1\"}]}");
    for (String what : List.of("offers", "policies", "snippets")) {
      server.answers(200, "{\"has_more\":false,\"" + what + "\":[]}");
    }
    Catalog catalog = quimbi.catalog();

    assertEquals(
        1,
        catalog.putProducts(
            List.of(
                new Catalog.Product(
                    "p/1",
                    "Batting",
                    Map.of("price", new BigDecimal("24.90"), "tags", List.of("soft"))))));
    assertSent(
        "PUT",
        "/api/catalog/products",
        "{'products':[{'product_id':'p/1','title':'Batting','price':24.90,'tags':['soft']}]}");
    catalog.putOffers(List.of(new Catalog.Offer("o", "Spring", "15% off.", Map.of())));
    assertSent(
        "PUT",
        "/api/catalog/offers",
        "{'offers':[{'offer_id':'o','title':'Spring','text':'15% off.'}]}");
    catalog.putPolicies(List.of(new Catalog.Policy("r", "Returns", "30 days.", Map.of())));
    assertSent(
        "PUT",
        "/api/catalog/policies",
        "{'policies':[{'policy_id':'r','title':'Returns','text':'30 days.'}]}");
    catalog.putSnippets(List.of(new Catalog.Snippet("s", "Hello", "Hi!", Map.of())));
    assertSent(
        "PUT",
        "/api/catalog/snippets",
        "{'snippets':[{'snippet_id':'s','title':'Hello','text':'Hi!'}]}");

    Catalog.Page page = catalog.products(1, Optional.of("p/0"));
    assertTrue(page.hasMore());
    assertEquals("p/1", page.data().get(0).path("product_id").asText());
    assertEquals("/api/catalog/products?limit=1&after=p%2F0", server.requests().get(4).target());
    assertEquals(List.of(), catalog.offers(1000, Optional.empty()).data());
    assertEquals(List.of(), catalog.policies(1000, Optional.empty()).data());
    assertEquals(List.of(), catalog.snippets(1000, Optional.empty()).data());
    assertEquals("/api/catalog/snippets?limit=1000", server.requests().get(7).target());
  }

  @Test
  void what_became_of_messages_and_actions_is_told() {
    server.answers(
        200,
        "{\"status\":\"success\",\"message_id\":\"m1\",\"verdict\":\"edited\",\"edit_distance\":7}");
    server.answers(
        200,
        """
        {"status":"success","id":"a/1","effect":{"play":"refund","accepted":4,"rejected":1,
         "succeeded":3,"failed":0}}
        """);
    server.answers(
        200,
        """
        {"goals":[{"goal":"upsell","generated":9,"by_language_model":0,"sent":5,"edited":0,
         "rejected":1}]}
        """);
    Generation generation = quimbi.generation();

    assertEquals(7, generation.messageFeedback("m1", "edited", Optional.of("Hi")).editDistance());
    assertSent(
        "POST",
        "/api/generation/feedback",
        "{'message_id':'m1','verdict':'edited','final_text':'Hi'}");
    assertEquals(
        3, generation.actionOutcome("a/1", "accepted", Optional.of("success")).succeeded());
    assertSent(
        "POST",
        "/api/generation/actions/a%2F1/outcome",
        "{'decision':'accepted','result':'success'}");
    assertEquals(
        List.of(new Generation.GoalInsight("upsell", 9, 0, 5, 0, 1, null)), generation.insights());
  }

  @Test
  void a_playbook_is_read_and_extended() {
    String answer =
        "{\"version\":\"standard-1\",\"thresholds\":{\"vip\":500},\"plays\":[{\"id\":\"refund\"}]}";
    server.answers(200, answer).answers(200, answer);
    Generation generation = quimbi.generation();

    assertEquals("refund", generation.playbook().plays().get(0).path("id").asText());
    Generation.Play play =
        new Generation.Play(
            "call", "retention_risk", "Call", "High risk", Map.of("all_of", List.of("vip")));
    assertEquals(
        500,
        generation.putPlaybook(List.of(play), Map.of("vip", 500)).thresholds().path("vip").asInt());
    assertSent(
        "PUT",
        "/api/generation/playbook",
        "{'thresholds':{'vip':500},'plays':[{'all_of':['vip'],'id':'call',"
            + "'scenario':'retention_risk','action':'Call','reasoning':'High risk'}]}");
  }

  @Test
  void a_tenants_language_model_is_set_and_never_prints_its_key() {
    String setting =
        "{\"provider\":\"openai\",\"set_by\":\"tenant\",\"model\":\"m\",\"has_api_key\":true}";
    server.answers(200, setting).answers(200, setting);
    server.answers(200, "{\"provider\":\"none\",\"set_by\":\"server\"}");
    QuimbiAdmin admin = QuimbiAdmin.builder().baseUrl(server.url()).apiKey("a").build();
    QuimbiAdmin.LanguageModel wanted =
        new QuimbiAdmin.LanguageModel("openai", "m", null, "sk-secret", null, null);

    assertTrue(admin.setLanguageModel("acme", wanted).hasApiKey());
    assertEquals("sk-secret", json(server.requests().get(0).body()).path("api_key").asText());
    assertEquals("tenant", admin.languageModel("acme").setBy());
    assertEquals("none", admin.deleteLanguageModel("acme").provider());
    assertSent("DELETE", "/api/admin/tenants/acme/language_model", "null");
    assertTrue(!wanted.toString().contains("secret"), wanted.toString());
  }

  @Test
  void segments_are_saved_and_insights_read() {
    String saved =
        "{\"segment_id\":\"at-risk\",\"name\":\"At risk\",\"filter\":{\"churn_risk_min\":\"0.55\"}}";
    server.answers(200, saved).answers(200, "{\"data\":[" + saved + "]}").answers(200, saved);
    server.answers(200, "{\"deleted\":true}");
    server.answers(
        200,
        """
        {"horizon_months":6,"customers":12,"expected_revenue":100.50,"calibrated":true,
         "confidence_interval":{"lower":80.00,"upper":120.00,"confidence_level":0.95},
         "currency":"USD"}
        """);
    server.answers(200, "{\"state\":\"current\",\"customers\":12,\"scored\":12}");
    server.answers(
        200,
        "{\"status\":\"fitted\",\"model_version\":\"m\",\"customers\":1,\"churn_horizon_days\":66}");
    Segments segments = quimbi.segments();

    assertEquals(
        "At risk", segments.put("at-risk", "At risk", Map.of("churn_risk_min", 0.55)).name());
    assertSent(
        "PUT", "/api/segments/at-risk", "{'name':'At risk','filter':{'churn_risk_min':0.55}}");
    assertEquals("at-risk", segments.list().get(0).segmentId());
    assertNull(segments.get("at-risk").customers());
    segments.delete("at-risk");
    assertEquals(new BigDecimal("100.50"), quimbi.insights().revenueForecast(6).expectedRevenue());
    assertEquals("/api/insights/forecast?horizon_months=6", server.requests().get(4).target());
    assertEquals("current", quimbi.insights().scoringProgress().state());
    assertEquals(66, quimbi.insights().modelReport().churnHorizonDays());
  }

  @Test
  void the_servers_status() {
    server.answers(
        200,
        """
        {"status":"degraded","components":[{"name":"database","status":"degraded"}],
         "versions":{"server":"1.0.0","api":"1","contract":"1.0"}}
        """);

    ServerStatus status = quimbi.status();

    assertEquals("degraded", status.status());
    assertEquals(List.of(new ServerStatus.Component("database", "degraded")), status.components());
    assertEquals("/status.json", server.requests().get(0).target());
  }

  @Test
  void a_plan_and_a_job() {
    server.answers(200, "{\"summary\":\"Fine.\"}").answers(200, "{\"status\":\"running\"}");

    assertEquals(
        "Fine.", quimbi.plan("How is Acme?", Optional.of("acme-001")).path("summary").asText());
    assertSent(
        "POST", "/api/copilot/plan", "{'message':'How is Acme?','selectedCustomerId':'acme-001'}");

    quimbi.job("J/1");
    assertEquals("/api/jobs/J%2F1", server.requests().get(1).target());
  }

  @Test
  void a_missing_promised_field_is_named() {
    server.answers(200, Examples.LTV.replace("\"upper\"", "\"higher\""));

    BadAnswerException bad =
        assertThrows(BadAnswerException.class, () -> quimbi.predictLtv("cust_12345"));

    assertTrue(bad.getMessage().contains("confidence_interval.upper"), bad.getMessage());
  }

  private void assertSent(String method, String target, String json) {
    FaultyServer.Request last = server.requests().get(server.requests().size() - 1);
    assertEquals(method + " " + target, last.method() + " " + last.target());
    assertEquals(json(json), json(last.body().isEmpty() ? "null" : last.body()));
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .readTree(text.replace('\'', '"'));
    } catch (IOException notJson) {
      throw new IllegalArgumentException(text, notJson);
    }
  }
}
