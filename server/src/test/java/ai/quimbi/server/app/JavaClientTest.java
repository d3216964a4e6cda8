package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.client.Accounts;
import ai.quimbi.client.Behaviour;
import ai.quimbi.client.Catalog;
import ai.quimbi.client.CopilotTools;
import ai.quimbi.client.CustomerAnalysis;
import ai.quimbi.client.GeneratedMessage;
import ai.quimbi.client.Generation;
import ai.quimbi.client.Ingestion;
import ai.quimbi.client.Insights;
import ai.quimbi.client.Interaction;
import ai.quimbi.client.Job;
import ai.quimbi.client.Jobs;
import ai.quimbi.client.Order;
import ai.quimbi.client.Overview;
import ai.quimbi.client.QuimbiAdmin;
import ai.quimbi.client.QuimbiClient;
import ai.quimbi.client.RecommendedActions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The Java client against a real server: every operation of the contract through its method.
class JavaClientTest {
  private SdkStage stage;
  private QuimbiClient quimbi;
  private QuimbiAdmin admin;

  @BeforeEach
  void open() {
    stage = new SdkStage();
    quimbi = QuimbiClient.builder().baseUrl(stage.url()).apiKey(stage.key()).cache(true).build();
    admin = QuimbiAdmin.builder().baseUrl(stage.url()).apiKey(stage.adminKey()).build();
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void every_operation_of_the_contract_answers_to_the_java_client() throws Exception {
    data();
    intelligence();
    behaviour();
    jobs();
    insights();
    segments();
    catalogAndGeneration();
    accounts();
    copilot();
    administration();

    assertEquals(Set.of(), stage.neverAnswered());
  }

  private static Order order(String customerId, int number, int price) {
    OffsetDateTime date = OffsetDateTime.now(ZoneOffset.UTC).minusDays(200L - 30L * number);
    return new Order(
        customerId, customerId + "-" + number, date, new BigDecimal(price + ".50"), List.of());
  }

  private void data() {
    List<Order> orders =
        IntStream.range(0, 24).mapToObj(i -> order("java-" + i % 6, i / 6, 20 + i)).toList();

    assertEquals(24, quimbi.ingestOrders("sdk", orders).ingestedCount());
    Ingestion again = quimbi.ingestOrders("sdk", orders);
    assertEquals(24, again.duplicateCount());
    Interaction told =
        new Interaction(
            "java-1", "support_ticket", OffsetDateTime.now(ZoneOffset.UTC), "email", Map.of());
    assertEquals(1, quimbi.ingestInteractions("sdk", List.of(told)).ingestedCount());

    BigDecimal before = quimbi.analyzeCustomer("java-1").behavioralMetrics().lifetimeValue();
    quimbi.ingestOrders("sdk", List.of(order("java-1", 5, 100)));
    BigDecimal after = quimbi.analyzeCustomer("java-1").behavioralMetrics().lifetimeValue();
    assertEquals(before.add(new BigDecimal("100.50")), after, "a cache that forgot nothing");
  }

  private void intelligence() {
    assertEquals("1", quimbi.status().raw().at("/versions/api").asText());
    CustomerAnalysis high = quimbi.analyzeCustomer("test_customer_high_ltv");
    assertEquals("low", high.predictions().churnRiskLevel());
    assertEquals("high", quimbi.predictChurn("test_customer_low_ltv").riskLevel());
    assertEquals(12, quimbi.predictLtv("java-1").horizonMonths());
    assertEquals(3, quimbi.listCustomers(3, Optional.empty()).customerIds().size());
    assertEquals("java-1", quimbi.customer("java-1").path("customer_id").asText());
    List<String> exported = new ArrayList<>();
    quimbi.exportCustomers(
        Map.of("sort", "-ltv_12mo"), row -> exported.add(row.path("customer_id").asText()));
    assertTrue(exported.contains("java-1"), exported.toString());
  }

  private void behaviour() {
    Behaviour behaviour = quimbi.behaviour();
    LocalDate today = LocalDate.now(ZoneOffset.UTC);

    assertTrue(behaviour.analyzeBatch(List.of("java-1", "java-2")).isObject());
    assertTrue(behaviour.archetypes("L1").isObject());
    assertTrue(behaviour.migration("L2", today.minusDays(30), today).arrived() >= 0);
    assertTrue(behaviour.segmentStats().isObject());
    assertTrue(behaviour.quality().isObject());
    assertTrue(behaviour.similar("java-1", 2).isObject());
    assertTrue(behaviour.history("java-1", "churn", today.minusDays(9), today).isObject());
    assertTrue(behaviour.campaign("win_back", 3).isObject());
  }

  private void jobs() throws IOException {
    Jobs jobs = quimbi.jobs();

    Job export = jobs.startExport("csv", Map.of("sort", "-ltv_12mo"));
    Job written = awaited(() -> jobs.exportJob(export.jobId()));
    assertEquals("csv", written.result().path("format").asText());
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    jobs.exportFile(export.jobId(), file);
    assertTrue(file.toString(StandardCharsets.UTF_8).startsWith("customer_id,"));

    Job upload =
        jobs.startImport("sdk", "customer_id,date,amount\njava-csv,2026-01-05,19.90\nx,never,1\n");
    Job stored = awaited(() -> jobs.importJob(upload.jobId()));
    assertEquals(1, stored.result().path("rejected_rows").asInt(), stored.raw().toString());
    assertEquals(
        new BigDecimal("19.90"),
        quimbi.analyzeCustomer("java-csv").behavioralMetrics().lifetimeValue());

    Job scoring = jobs.start("score");
    assertEquals("score", scoring.kind());
    assertTrue(quimbi.job(scoring.jobId()).path("progress").isInt());
  }

  private static Job awaited(Supplier<Job> job) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    Job seen = job.get();
    while (!seen.hasEnded() && System.nanoTime() < end) {
      LockSupport.parkNanos(50_000_000);
      seen = job.get();
    }
    assertEquals("succeeded", seen.status(), seen.raw().toString());
    return seen;
  }

  private void insights() {
    Insights insights = quimbi.insights();

    assertEquals(6, insights.revenueForecast(6).horizonMonths());
    assertFalse(insights.modelReport().modelVersion().isEmpty());
    assertTrue(insights.scoringProgress().customers() >= 0);
    Overview overview = insights.overview(90);
    assertEquals(overview.customers().total(), overview.raw().at("/customers/total").asInt());
    String industry = Companies.comparedIndustry();
    assertTrue(
        insights.benchmarkLedger(industry).entries().stream()
            .anyMatch(entry -> entry.outcome().equals("released")));
    assertEquals(industry, quimbi.benchmarks(industry).industry());
    assertTrue(quimbi.myPosition().ltv().signum() > 0);
    assertTrue(insights.contribution().optedIn());
    assertFalse(insights.putContribution(false).optedIn());
  }

  private void segments() {
    quimbi.segments().put("sdk-java", "At risk", Map.of("churn_risk_min", 0.55));
    assertEquals("At risk", quimbi.segments().get("sdk-java").name());
    assertEquals(1, quimbi.segments().list().size());
    quimbi.segments().delete("sdk-java");
    assertEquals(List.of(), quimbi.segments().list());
  }

  private void catalogAndGeneration() {
    Catalog catalog = quimbi.catalog();
    Generation generation = quimbi.generation();
    assertEquals(
        1, catalog.putProducts(List.of(new Catalog.Product("p1", "Cotton batting", Map.of()))));
    catalog.putOffers(List.of(new Catalog.Offer("o1", "Spring", "15% off batting.", Map.of())));
    catalog.putPolicies(List.of(new Catalog.Policy("r1", "Returns", "30 days.", Map.of())));
    catalog.putSnippets(List.of(new Catalog.Snippet("s1", "Thanks", "Thank you.", Map.of())));
    assertEquals(1, catalog.products(10, Optional.empty()).data().size());
    assertEquals(1, catalog.offers(10, Optional.empty()).data().size());
    assertEquals(1, catalog.policies(10, Optional.empty()).data().size());
    assertEquals(1, catalog.snippets(10, Optional.empty()).data().size());

    CustomerAnalysis high = quimbi.analyzeCustomer("test_customer_high_ltv");
    Map<String, String> context = Map.of("goal", "upsell", "channel", "email");
    GeneratedMessage message = quimbi.generateMessage(high, context);
    List<String> events = new ArrayList<>();
    quimbi.streamMessage(high, context, event -> events.add(event.event()));
    assertFalse(events.isEmpty());
    String id = message.messageId();
    assertEquals(
        1,
        generation
            .messageFeedback(id, "edited", Optional.of(message.message() + "!"))
            .editDistance());
    RecommendedActions actions = quimbi.recommendActions(high, "retention_risk", Map.of());
    String action = actions.actions().get(0).id();
    assertEquals(
        1, generation.actionOutcome(action, "accepted", Optional.of("success")).succeeded());
    assertTrue(generation.insights().stream().anyMatch(goal -> goal.edited() > 0));
    int before = generation.playbook().plays().size();
    Generation.Play play =
        new Generation.Play("sdk", "support_ticket", "Ring them up", "They asked", Map.of());
    assertEquals(before + 1, generation.putPlaybook(List.of(play), Map.of()).plays().size());
  }

  private void accounts() {
    Accounts accounts = quimbi.accounts();
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    accounts.put("java-9", new Accounts.Account("Nine", "2030-01-01", BigDecimal.TEN, null));
    accounts.putUsage(
        "java-9",
        List.of(
            new Accounts.UsageDay(now.toLocalDate().minusDays(1), 7),
            new Accounts.UsageDay(now.toLocalDate().minusDays(2), 9)));
    accounts.putTickets(
        "java-9", List.of(new Accounts.Ticket("T-1", "low", "open", now.minusDays(3), null, null)));
    assertEquals("Nine", accounts.get("java-9").path("name").asText());
    assertEquals("java-9", accounts.health("java-9").customerId());
    LocalDate today = now.toLocalDate();
    assertEquals(today, accounts.health("java-9", today.minusDays(9), today).to());
    assertEquals(90, accounts.healthBacktest(90).horizonDays());
    BigDecimal half = new BigDecimal("0.5");
    BigDecimal quarter = new BigDecimal("0.25");
    accounts.putHealthConfig(new Accounts.HealthWeights(half, quarter, quarter), true);
    assertTrue(accounts.healthConfig().path("weights").isObject());
    accounts.delete("java-9");
  }

  private void copilot() {
    CopilotTools tools =
        CopilotTools.builder()
            .baseUrl(stage.url())
            .client(stage.copilot().client(), stage.copilot().secret())
            .build();
    assertEquals(6, tools.tools().path("tools").size());
    assertTrue(tools.health("acme-001").path("score").isInt());
    String job = tools.start("calculate_health", "acme-001", Map.of());
    assertFalse(tools.status(job).path("status").asText().isEmpty());
    assertFalse(tools.planToken().path("token").asText().isEmpty());
    assertFalse(
        quimbi.plan("How is Acme?", Optional.of("acme-001")).path("summary").asText().isEmpty());
    List<String> events = new ArrayList<>();
    quimbi.streamPlan("How is Acme?", Optional.of("acme-001"), event -> events.add(event.event()));
    assertEquals("final", events.get(events.size() - 1));
  }

  private void administration() {
    String own = "java-" + Long.toString(System.nanoTime(), 36);
    admin.createTenant(new QuimbiAdmin.NewTenant(own, "Java", "retail", "UTC", "USD"));
    assertEquals(own, admin.tenant(own).path("tenant_id").asText());
    assertTrue(admin.tenants().path("data").size() > 1);
    String key = admin.createKey(own, QuimbiAdmin.NewKey.live(Set.of("data:write"))).keyId();
    assertEquals(1, admin.keys(own).path("data").size());
    admin.revokeKey(key);
    LocalDate day = LocalDate.parse("2026-01-02");
    admin.setRates(own, List.of(new QuimbiAdmin.Rate("EUR", day, new BigDecimal("1.08"))));
    assertTrue(admin.rates(own).toString().contains("1.08"));
    assertTrue(admin.refit(own).has("status"));
    Job refit = admin.startRefit(own);
    assertEquals("refit", awaited(() -> admin.tenantJob(own, refit.jobId())).kind());
    admin.setLanguageModel(
        own, new QuimbiAdmin.LanguageModel("none", null, null, null, null, null));
    assertEquals("tenant", admin.languageModel(own).setBy());
    assertEquals("server", admin.deleteLanguageModel(own).setBy());
    assertEquals("Holding", admin.setTenantContribution(own, "Holding", true, null).ownerGroup());
    assertTrue(admin.tenantContribution(own).approved());
    Map<String, BigDecimal> rates = Map.of("XTS", new BigDecimal("1.25"));
    assertEquals(rates.get("XTS"), admin.setBenchmarkRates(rates).rates().get("XTS"));
    assertEquals(rates.get("XTS"), admin.benchmarkRates().rates().get("XTS"));
    admin.deleteTenant(own);
  }
}
