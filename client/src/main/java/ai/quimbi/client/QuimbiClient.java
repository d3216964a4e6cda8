package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Quimbi for one tenant's key. Safe for many threads; make one and keep it.
///
/// ```java
/// var quimbi = QuimbiClient.builder().baseUrl("http://localhost:8080").apiKey(key).build();
/// System.out.println(quimbi.predictChurn("cust_12345").riskLevel());
/// ```
///
/// Every method throws one of the four [QuimbiException]s, or [InvalidArgumentException] before
/// anything is sent.
public final class QuimbiClient {
  private final Connection connection;
  private final @Nullable AnswerCache cache;

  private QuimbiClient(Connection connection, @Nullable AnswerCache cache) {
    this.connection = connection;
    this.cache = cache;
  }

  public static Builder builder() {
    return new Builder();
  }

  /// What is stored about a customer, understood.
  public CustomerAnalysis analyzeCustomer(String customerId) {
    ObjectNode body = aboutCustomer(customerId);
    body.putObject("context");
    return CustomerAnalysis.of(
        remembered(
            customerId,
            "analyze",
            AnswerCache.ANALYSIS,
            () -> connection.send(Call.ask("/api/intelligence/analyze", body))));
  }

  /// The same with orders and interactions that count for this answer and are not stored:
  /// `{"orders": […], "interactions": […]}`.
  public CustomerAnalysis analyzeCustomer(String customerId, JsonNode context) {
    ObjectNode body = aboutCustomer(customerId);
    body.set("context", Arguments.present("context", context));
    return CustomerAnalysis.of(connection.send(Call.ask("/api/intelligence/analyze", body)));
  }

  public CustomerAnalysis analyzeCustomer(String customerId, Map<String, ?> context) {
    return analyzeCustomer(customerId, Json.tree("context", context));
  }

  public ChurnPrediction predictChurn(String customerId) {
    ObjectNode body = aboutCustomer(customerId);
    return ChurnPrediction.of(
        remembered(
            customerId,
            "churn",
            AnswerCache.PREDICTION,
            () -> connection.send(Call.ask("/api/intelligence/predict/churn", body))));
  }

  /// Over the next twelve months.
  public LtvForecast predictLtv(String customerId) {
    return predictLtv(customerId, 12);
  }

  /// Over the next `horizonMonths`, 1 to 60.
  public LtvForecast predictLtv(String customerId, int horizonMonths) {
    ObjectNode body = aboutCustomer(customerId);
    body.put("horizon_months", Arguments.between("horizonMonths", 1, 60, horizonMonths));
    return LtvForecast.of(
        remembered(
            customerId,
            "ltv/" + horizonMonths,
            AnswerCache.PREDICTION,
            () -> connection.send(Call.ask("/api/intelligence/predict/ltv", body))));
  }

  /// A message for the customer whom an analysis describes. `context` holds `goal`, `channel`,
  /// `conversation`, `constraints`.
  public GeneratedMessage generateMessage(CustomerAnalysis profile, Map<String, ?> context) {
    return generateMessage(raw(profile), Json.tree("context", context));
  }

  public GeneratedMessage generateMessage(JsonNode profile, JsonNode context) {
    ObjectNode body = Json.object();
    body.set("customer_profile", Arguments.present("profile", profile));
    body.set("context", Arguments.present("context", context));
    return GeneratedMessage.of(connection.send(Call.ask("/api/generation/message", body)));
  }

  /// The same as it is written, event by event, until it is whole.
  public void streamMessage(
      CustomerAnalysis profile, Map<String, ?> context, Consumer<ServerEvent> each) {
    streamMessage(raw(profile), Json.tree("context", context), each);
  }

  public void streamMessage(JsonNode profile, JsonNode context, Consumer<ServerEvent> each) {
    ObjectNode body = Json.object();
    body.set("customer_profile", Arguments.present("profile", profile));
    body.set("context", Arguments.present("context", context));
    connection.stream(Call.once("/api/generation/message/stream", body), each);
  }

  /// The copilot's answer to a question, from at most five tools.
  public JsonNode plan(String message, Optional<String> selectedCustomerId) {
    ObjectNode body = Json.object().put("message", Arguments.text("message", message));
    Arguments.present("selectedCustomerId", selectedCustomerId)
        .ifPresent(id -> body.put("selectedCustomerId", Arguments.id("selectedCustomerId", id)));
    return connection.send(Call.ask("/api/copilot/plan", body));
  }

  /// A job of the tenant as it stands.
  public JsonNode job(String jobId) {
    return connection.send(Call.get("/api/jobs/" + Call.segment(Arguments.text("jobId", jobId))));
  }

  /// The copilot's plan for a question, event by event; the last one is `final`.
  public void streamPlan(
      String message, Optional<String> selectedCustomerId, Consumer<ServerEvent> each) {
    String about =
        Arguments.present("selectedCustomerId", selectedCustomerId)
            .map(id -> "&selectedCustomerId=" + Call.encode(Arguments.id("selectedCustomerId", id)))
            .orElse("");
    String question = Call.encode(Arguments.text("message", message));
    connection.stream(Call.get("/api/copilot/stream?message=" + question + about), each);
  }

  /// Next best actions. `scenario` is one of `support_ticket`, `sales_opportunity`,
  /// `marketing_campaign`, `retention_risk`.
  public RecommendedActions recommendActions(
      CustomerAnalysis profile, String scenario, Map<String, ?> context) {
    return recommendActions(raw(profile), scenario, Json.tree("context", context));
  }

  public RecommendedActions recommendActions(JsonNode profile, String scenario, JsonNode context) {
    ObjectNode body = Json.object();
    body.set("customer_profile", Arguments.present("profile", profile));
    body.put("scenario", Arguments.text("scenario", scenario));
    body.set("context", Arguments.present("context", context));
    return RecommendedActions.of(connection.send(Call.ask("/api/generation/actions", body)));
  }

  /// Stores orders under a fresh idempotency key, all or nothing.
  public Ingestion ingestOrders(String source, List<Order> orders) {
    return ingestOrders(source, orders, IngestOptions.fresh());
  }

  public Ingestion ingestOrders(String source, List<Order> orders, IngestOptions options) {
    ArrayNode rows = Json.array();
    Arguments.list("orders", orders).forEach(order -> rows.add(order.json()));
    return ingestOrders(source, rows, options);
  }

  /// Orders as the wire has them.
  public Ingestion ingestOrders(String source, ArrayNode orders, IngestOptions options) {
    return ingest("orders", source, orders, options);
  }

  public Ingestion ingestInteractions(String source, List<Interaction> interactions) {
    return ingestInteractions(source, interactions, IngestOptions.fresh());
  }

  public Ingestion ingestInteractions(
      String source, List<Interaction> interactions, IngestOptions options) {
    ArrayNode rows = Json.array();
    Arguments.list("interactions", interactions)
        .forEach(interaction -> rows.add(interaction.json()));
    return ingestInteractions(source, rows, options);
  }

  /// Interactions as the wire has them.
  public Ingestion ingestInteractions(
      String source, ArrayNode interactions, IngestOptions options) {
    return ingest("interactions", source, interactions, options);
  }

  /// A page of at most `limit` customers (1 to 1000) in id order; the first one without a cursor,
  /// each further one with the `nextCursor` of the page before.
  public CustomerPage listCustomers(int limit, Optional<String> cursor) {
    return listCustomers(limit, cursor, Map.of());
  }

  /// The same of those whom a filter describes, in the order of `sort`: wire names and values, like
  /// `Map.of("segment.purchase_value", "whale", "churn_risk_min", "0.55", "sort", "-ltv_12mo")`.
  public CustomerPage listCustomers(
      int limit, Optional<String> cursor, Map<String, String> filter) {
    StringBuilder path = new StringBuilder("/api/customers?limit=");
    path.append(Arguments.between("limit", 1, 1000, limit));
    Arguments.present("cursor", cursor)
        .ifPresent(c -> path.append("&cursor=").append(Call.encode(c)));
    path.append(Call.query(filter));
    return CustomerPage.of(connection.send(Call.get(path.toString())));
  }

  /// Every customer whom a filter means (see [#listCustomers(int, Optional, Map)]), one after the
  /// other as they come, however many. The timeout is for each wait.
  public void exportCustomers(Map<String, String> filter, Consumer<JsonNode> each) {
    Arguments.present("each", each);
    Call call = Call.get("/api/exports/customers?format=ndjson" + Call.query(filter));
    connection.lines(call, "application/x-ndjson", line -> each.accept(Json.row(line)));
  }

  /// The same as a CSV file with a header line, written as it comes.
  public void exportCustomersCsv(Map<String, String> filter, OutputStream file) throws IOException {
    Call call = Call.get("/api/exports/customers?format=csv" + Call.query(filter));
    connection.copy(call, "text/csv", file);
  }

  /// The facts stored about a customer.
  public JsonNode customer(String customerId) {
    String id = Arguments.id("customerId", customerId);
    return connection.send(Call.get("/api/customers/" + Call.segment(id)));
  }

  public IndustryBenchmark benchmarks(String industry) {
    String path = "/api/insights/benchmarks/" + Call.segment(Arguments.text("industry", industry));
    return IndustryBenchmark.of(connection.send(Call.get(path)));
  }

  public Position myPosition() {
    return Position.of(connection.send(Call.get("/api/insights/my-position")));
  }

  /// How the server is; names no tenant.
  public ServerStatus status() {
    return ServerStatus.of(connection.send(Call.get("/status.json")));
  }

  /// Archetypes, segments, neighbours, history, campaigns.
  public Behaviour behaviour() {
    return new Behaviour(connection);
  }

  /// Contracts, usage, tickets and health of customers.
  public Accounts accounts() {
    return new Accounts(connection);
  }

  /// Saved filters of customers.
  public Segments segments() {
    return new Segments(connection);
  }

  /// An overview, revenue to come, the model in force, the part in the benchmarks.
  public Insights insights() {
    return new Insights(connection);
  }

  /// Exports, imports, refits and scoring that go on beside the requests.
  public Jobs jobs() {
    return new Jobs(connection, cache == null ? () -> {} : cache::forgetAll);
  }

  /// Products, offers, policies and wording that messages may state.
  public Catalog catalog() {
    return new Catalog(connection);
  }

  /// What became of messages and actions, and the rules that actions come from.
  public Generation generation() {
    return new Generation(connection);
  }

  /// Any endpoint, also one that this version has no method for. `path` is encoded already, with
  /// its query. A GET is retried; anything else only where it surely was not carried out.
  public JsonNode request(String method, String path, @Nullable JsonNode body) {
    return connection.send(Call.any(method, path, body));
  }

  private Ingestion ingest(String what, String source, ArrayNode rows, IngestOptions options) {
    Arguments.present("options", options);
    Set<String> customers = new LinkedHashSet<>();
    for (JsonNode row : rowsOf(what, rows)) {
      customers.add(row.path("customer_id").asText());
    }
    ObjectNode body = Json.object();
    body.put("source", Arguments.id("source", source));
    body.set(what, rows);
    String path =
        "/api/data/ingest_" + what + (options.continueOnError() ? "?on_error=continue" : "");
    Call call = Call.ask(path, body).with("Idempotency-Key", options.idempotencyKey());
    try {
      Ingestion done = Ingestion.of(connection.send(call));
      customers.addAll(done.customerProfilesUpdated());
      return done;
    } finally {
      // Also after a failure: the rows may be stored all the same.
      if (cache != null) {
        cache.forget(customers);
      }
    }
  }

  private static ArrayNode rowsOf(String what, ArrayNode rows) {
    if (Arguments.present(what, rows).isEmpty()) {
      throw new InvalidArgumentException(what, "must not be empty");
    }
    return rows;
  }

  private JsonNode remembered(
      String customerId, String question, Duration ttl, Supplier<JsonNode> ask) {
    return cache == null ? ask.get() : cache.get(customerId, question, ttl, ask);
  }

  private static JsonNode raw(CustomerAnalysis profile) {
    return Arguments.present("profile", profile).raw();
  }

  private static ObjectNode aboutCustomer(String customerId) {
    return Json.object().put("customer_id", Arguments.id("customerId", customerId));
  }

  public static final class Builder extends ClientBuilder<Builder> {
    private @Nullable String apiKey;
    private boolean cached;

    private Builder() {}

    /// The tenant's key, `qk_live_…` or `qk_test_…`. Required.
    public Builder apiKey(String key) {
      apiKey = Arguments.headerValue("apiKey", key);
      return this;
    }

    /// Remember analyses without context for 15 minutes and predictions for an hour, until data
    /// about the customer is sent through this client. Off unless asked for.
    public Builder cache(boolean on) {
      cached = on;
      return this;
    }

    public QuimbiClient build() {
      return new QuimbiClient(
          connection(new Credentials.Key(required("apiKey", apiKey))),
          cached ? new AnswerCache(System::nanoTime) : null);
    }

    @Override
    Builder self() {
      return this;
    }
  }
}
