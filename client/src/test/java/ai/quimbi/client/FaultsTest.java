package ai.quimbi.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever a server or something in between does, the caller gets an answer or one typed failure,
/// in time, and nothing is done twice.
@Timeout(20)
final class FaultsTest {
  private static final String HTML = "<html><body><h1>502 Bad Gateway</h1></body></html>";

  private static final LocalDate DAY = LocalDate.parse("2026-01-01");

  private FaultyServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FaultyServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private QuimbiClient client(Duration timeout) {
    return QuimbiClient.builder()
        .baseUrl(server.url())
        .apiKey("k")
        .timeout(timeout)
        .backoff(Duration.ofMillis(20))
        .build();
  }

  private QuimbiClient client() {
    return client(Duration.ofSeconds(10));
  }

  @Test
  void an_error_envelope_keeps_all_it_says() {
    server.answers(404, Examples.error("CUSTOMER_NOT_FOUND"), "X-Request-Id: header-id-1");

    ApiException refused =
        assertThrows(ApiException.class, () -> client().predictChurn("cust_99999"));

    assertEquals(404, refused.status());
    assertEquals("CUSTOMER_NOT_FOUND", refused.code());
    assertEquals("cust_99999", refused.details().path("customer_id").asText());
    assertEquals("header-id-1", refused.requestId());
    assertTrue(refused.getMessage().contains("Something about"), refused.getMessage());
    assertEquals(1, server.requests().size());
  }

  @Test
  void a_passing_outage_is_bridged() {
    server
        .answers(503, Examples.error("SERVICE_UNAVAILABLE"))
        .answers(500, Examples.error("INTERNAL_ERROR"))
        .answers(200, Examples.CHURN);

    assertEquals("medium", client().predictChurn("cust_12345").riskLevel());
    assertEquals(3, server.requests().size());
  }

  @Test
  void a_lasting_outage_ends_after_the_last_attempt() {
    for (int i = 0; i < 5; i++) {
      server.answers(503, Examples.error("SERVICE_UNAVAILABLE"));
    }

    ApiException refused =
        assertThrows(ApiException.class, () -> client().predictChurn("cust_12345"));

    assertEquals(503, refused.status());
    assertEquals(3, server.requests().size());
  }

  @Test
  void a_limit_is_waited_for_as_long_as_the_server_asks() {
    server.answers(429, Examples.LIMITED, "Retry-After: 1").answers(200, Examples.CHURN);

    long start = System.nanoTime();
    client().predictChurn("cust_12345");

    assertTrue(System.nanoTime() - start >= Duration.ofSeconds(1).toNanos());
  }

  @Test
  void a_limit_beyond_the_deadline_is_told_at_once() {
    server.answers(429, Examples.LIMITED, "Retry-After: 60");

    long start = System.nanoTime();
    ApiException refused =
        assertThrows(ApiException.class, () -> client().predictChurn("cust_12345"));

    assertEquals(Duration.ofSeconds(60), refused.retryAfter().orElseThrow());
    assertTrue(System.nanoTime() - start < Duration.ofSeconds(5).toNanos());
    assertEquals(1, server.requests().size());
  }

  @Test
  void an_ingestion_is_repeated_under_the_same_key() {
    server
        .answers(503, Examples.error("SERVICE_UNAVAILABLE"))
        .answers(409, Examples.error("IDEMPOTENCY_IN_PROGRESS"))
        .answers(200, Examples.INGESTED);

    client().ingestOrders("shopify", List.of(order()));

    List<String> keys =
        server.requests().stream().map(r -> r.headers().get("idempotency-key")).distinct().toList();
    assertEquals(3, server.requests().size());
    assertEquals(1, keys.size());
  }

  @Test
  void what_creates_something_is_not_sent_twice() {
    server.answers(503, Examples.error("SERVICE_UNAVAILABLE")).answers(200, "{}");
    QuimbiAdmin admin = QuimbiAdmin.builder().baseUrl(server.url()).apiKey("a").build();

    assertThrows(
        ApiException.class,
        () ->
            admin.createTenant(new QuimbiAdmin.NewTenant("acme", "Acme", "retail", "UTC", "USD")));

    assertEquals(1, server.requests().size());
  }

  @Test
  void an_html_error_page_is_a_bad_answer() {
    for (int i = 0; i < 3; i++) {
      server.answers(502, HTML);
    }

    BadAnswerException bad =
        assertThrows(BadAnswerException.class, () -> client().predictChurn("cust_12345"));

    assertEquals(502, bad.status());
    assertTrue(bad.getMessage().contains("502 Bad Gateway"), bad.getMessage());
    assertEquals(3, server.requests().size());
  }

  @Test
  void an_html_success_is_a_bad_answer() {
    server.answers(200, "<html>Welcome</html>");

    assertThrows(BadAnswerException.class, () -> client().predictChurn("cust_12345"));
  }

  @Test
  void truncated_json_is_a_bad_answer() {
    server.writes("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"customer_id\":\"cust_1");

    assertThrows(BadAnswerException.class, () -> client().predictChurn("cust_12345"));
  }

  @Test
  void a_body_cut_short_is_asked_for_again() {
    server
        .writes("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"customer_id\":")
        .answers(200, Examples.CHURN);

    assertEquals("medium", client().predictChurn("cust_12345").riskLevel());
  }

  @Test
  void an_empty_answer_and_one_that_is_no_object_are_bad_answers() {
    server.answers(200, "").answers(200, "[]").answers(200, "{} {}");

    for (int i = 0; i < 3; i++) {
      assertThrows(BadAnswerException.class, () -> client().predictChurn("cust_12345"));
    }
  }

  @Test
  void a_redirect_is_not_followed_and_says_where_it_led() {
    server.answers(302, "", "Location: http://127.0.0.1:9/login");

    BadAnswerException bad =
        assertThrows(BadAnswerException.class, () -> client().predictChurn("cust_12345"));

    assertTrue(bad.getMessage().contains("http://127.0.0.1:9/login"), bad.getMessage());
    assertEquals(1, server.requests().size());
  }

  @Test
  void an_interim_answer_is_passed_over() {
    String body = Examples.CHURN.strip();
    server.writes(
        "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);

    assertEquals("medium", client().predictChurn("cust_12345").riskLevel());
  }

  @Test
  void a_body_that_hangs_ends_at_the_deadline() {
    server.writesAndHangs("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"customer_id\":");

    long start = System.nanoTime();
    assertThrows(
        DeadlineException.class, () -> client(Duration.ofMillis(300)).predictChurn("cust_12345"));

    assertTrue(System.nanoTime() - start < Duration.ofSeconds(5).toNanos());
  }

  @Test
  void a_server_that_says_nothing_ends_at_the_deadline() {
    server.writesAndHangs("");

    assertThrows(
        DeadlineException.class, () -> client(Duration.ofMillis(300)).predictChurn("cust_12345"));
  }

  @Test
  void a_refused_connection_is_a_transport_failure() {
    QuimbiClient nobody = client();
    server.close();

    assertThrows(TransportException.class, () -> nobody.predictChurn("cust_12345"));
  }

  @Test
  void an_interrupted_thread_stops_waiting_and_stays_interrupted() {
    server.writesAndHangs("");

    Thread.currentThread().interrupt();
    assertThrows(TransportException.class, () -> client().predictChurn("cust_12345"));

    assertTrue(Thread.interrupted());
  }

  @Test
  void wrong_arguments_are_refused_by_name_before_anything_is_sent() {
    QuimbiClient quimbi = client();

    assertRefused("customerId", () -> quimbi.predictChurn(""));
    assertRefused("customerId", () -> quimbi.customer("a\u0000b"));
    assertRefused("customerId", () -> quimbi.analyzeCustomer("x".repeat(129)));
    assertRefused("customerId", () -> quimbi.analyzeCustomer("\ud83e"));
    assertRefused("horizonMonths", () -> quimbi.predictLtv("c", 61));
    assertRefused("limit", () -> quimbi.listCustomers(1001, Optional.empty()));
    assertRefused("orders", () -> quimbi.ingestOrders("shopify", List.of()));
    assertRefused("source", () -> quimbi.ingestOrders("", List.of(order())));
    assertRefused("scenario", () -> quimbi.recommendActions(Json.object(), "", Json.object()));
    assertRefused("context", () -> quimbi.analyzeCustomer("c", Map.of("x", new Object())));
    assertRefused("apiKey", () -> QuimbiClient.builder().apiKey("a\r\nX-Evil: 1"));
    assertRefused("baseUrl", () -> QuimbiClient.builder().baseUrl("platform.quimbi.ai"));
    assertRefused("baseUrl", () -> QuimbiClient.builder().apiKey("k").build());
    assertRefused("timeout", () -> QuimbiClient.builder().timeout(Duration.ZERO));
    assertRefused("level", () -> quimbi.behaviour().archetypes("L4"));
    assertRefused("metric", () -> quimbi.behaviour().history("c", "mood", DAY, DAY));
    assertRefused("from", () -> quimbi.behaviour().migration("L1", DAY.plusDays(1), DAY));
    assertRefused("goal", () -> quimbi.behaviour().campaign("world_peace", 1));
    assertRefused("productId", () -> new Catalog.Product("", "Batting", Map.of()));
    assertRefused("text", () -> new Catalog.Policy("r", "Returns", " ", Map.of()));
    assertRefused("after", () -> quimbi.catalog().offers(1, Optional.of("")));
    assertRefused(
        "verdict", () -> quimbi.generation().messageFeedback("m", "liked", Optional.empty()));
    assertRefused(
        "finalText", () -> quimbi.generation().messageFeedback("m", "edited", Optional.empty()));
    assertRefused(
        "decision", () -> quimbi.generation().actionOutcome("a", "maybe", Optional.empty()));
    assertRefused(
        "provider", () -> new QuimbiAdmin.LanguageModel("acme", null, null, null, null, null));
    Jobs jobs = quimbi.jobs();
    assertRefused("format", () -> jobs.startExport("xlsx", Map.of()));
    assertRefused("jobId", () -> jobs.exportJob(" "));
    assertRefused("csv", () -> jobs.startImport("shop", ""));
    assertRefused("source", () -> jobs.startImport("", "customer_id,date,amount"));
    assertRefused("kind", () -> jobs.start("tidy"));
    assertRefused("days", () -> quimbi.insights().overview(366));
    assertRefused("industry", () -> quimbi.insights().benchmarkLedger(""));
    assertRefused("from", () -> quimbi.accounts().health("c", DAY.plusDays(1), DAY));
    assertRefused("horizonDays", () -> quimbi.accounts().healthBacktest(29));
    QuimbiAdmin admin = QuimbiAdmin.builder().baseUrl(server.url()).apiKey("a").build();
    assertRefused("ownerGroup", () -> admin.setTenantContribution("acme", "", true, null));
    assertRefused("rates.EUR", () -> admin.setBenchmarkRates(Map.of("EUR", BigDecimal.ZERO)));
    assertEquals(List.of(), server.requests());
  }

  /// Callers in Kotlin, Groovy or plain old Java have no null checker.
  @Test
  @SuppressWarnings("NullAway") // what is tested here is what the checker forbids
  void null_is_refused_by_name_too() {
    QuimbiClient quimbi = client();

    assertRefused("customerId", () -> quimbi.predictChurn(null));
    assertRefused("scenario", () -> quimbi.recommendActions(Json.object(), null, Json.object()));
    assertRefused("baseUrl", () -> QuimbiClient.builder().baseUrl(null));
    assertRefused("apiKey", () -> QuimbiClient.builder().apiKey(null));
    assertRefused("timeout", () -> QuimbiClient.builder().timeout(null));
    assertEquals(List.of(), server.requests());
  }

  private static void assertRefused(String field, Runnable call) {
    assertEquals(field, assertThrows(InvalidArgumentException.class, call::run).field());
  }

  @Test
  void secrets_do_not_print() {
    assertFalse(new Credentials.Key("qk_live_secret").toString().contains("secret"));
    assertFalse(new QuimbiAdmin.IssuedKey("qk_live_x", "id").toString().contains("qk_live"));
  }

  static Order order() {
    return new Order(
        "cust_12345",
        "order_789",
        OffsetDateTime.parse("2024-03-15T14:30:00Z"),
        new BigDecimal("125.50"),
        List.of());
  }
}
