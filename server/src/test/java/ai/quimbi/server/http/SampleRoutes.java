package ai.quimbi.server.http;

import ai.quimbi.core.access.Scope;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Routes that answer with the contract's own examples and count how often they were reached. Some
/// customers make them fail.
final class SampleRoutes {
  final AtomicInteger reached = new AtomicInteger();
  final CountDownLatch started = new CountDownLatch(1);

  List<Route> all() {
    Access read = Access.scope(Scope.INTELLIGENCE_READ);
    Access write = Access.scope(Scope.DATA_WRITE);
    return List.of(
        Route.post(
            "/api/intelligence/analyze",
            read,
            Body.json("AnalyzeRequest"),
            call -> example(call).privatelyFor(Duration.ofMinutes(15))),
        Route.post(
            "/api/intelligence/predict/churn", read, Body.json("ChurnRequest"), this::example),
        Route.post("/api/intelligence/predict/ltv", read, Body.json("LtvRequest"), this::example),
        Route.post(
                "/api/data/ingest_orders",
                write,
                Body.batch("IngestOrdersRequest", Body.INGESTION_MAX_BYTES, "orders"),
                this::orders)
            .idempotently(),
        Route.post(
            "/api/data/ingest_interactions",
            write,
            Body.json("IngestInteractionsRequest", Body.INGESTION_MAX_BYTES),
            call -> example("/api/data/ingest_interactions")),
        Route.get("/api/customers", read, this::list),
        Route.get("/api/customers/{customer_id}", read, this::customer),
        Route.get("/api/admin/tenants", Access.ADMIN, call -> Answer.ok(Map.of("data", List.of()))),
        Route.post(
            "/api/admin/tenants",
            Access.ADMIN,
            Body.json("TenantCreate"),
            call -> {
              reached.incrementAndGet();
              ObjectNode tenant = ((ObjectNode) call.body()).deepCopy();
              return Answer.ok(tenant.put("time_zone", "UTC").put("currency", "USD"));
            }));
  }

  /// Stores nothing, but answers for each row as ingestion does.
  private Answer orders(Call call) {
    if (call.queryParameter("on_error") == null) {
      return example("/api/data/ingest_orders");
    }
    List<Map<String, Object>> results = new ArrayList<>();
    for (int i = 0; i < call.body().path("orders").size(); i++) {
      List<Fault> faults = call.rowFaults().getOrDefault(i, List.of());
      results.add(
          Map.of(
              "index", i,
              "status", faults.isEmpty() ? "ingested" : "rejected",
              "errors", faults));
    }
    return Answer.ok(
        Map.of(
            "ingested_count",
            results.size() - call.rowFaults().size(),
            "status",
            call.rowFaults().isEmpty() ? "success" : "partial",
            "customer_profiles_updated",
            List.of(),
            "results",
            results));
  }

  private Answer list(Call call) {
    int limit = call.queryNumber("limit", 1, 500, 50);
    String cursor = call.queryParameter("cursor");
    List<Map<String, String>> data =
        cursor == null ? List.of() : List.of(Map.of("customer_id", cursor));
    return Answer.ok(Map.of("data", data, "has_more", false, "limit", limit));
  }

  private Answer customer(Call call) throws InterruptedException {
    reached.incrementAndGet();
    String id = call.pathParameter("customer_id");
    started.countDown();
    return switch (id) {
      case "slow" -> {
        Thread.sleep(700);
        yield Answer.ok(Map.of("customer_id", id));
      }
      case "long" -> Answer.ok(Map.of("customer_id", id, "text", "quilt ".repeat(2000)));
      case "unknown" -> throw new UnsupportedOperationException("SELECT secret FROM rows");
      case "boom" -> throw new IllegalStateException("SELECT secret FROM rows");
      case "stack" -> throw new StackOverflowError("secret");
      case "busy" -> throw ApiError.unavailable("Too busy.", Duration.ofMillis(1200));
      case "scoped" ->
          Answer.ok(
              Map.of(
                  "customer_id",
                  CurrentRequest.get().map(CurrentRequest::requestId).orElse("none")));
      default -> Answer.ok(Map.of("customer_id", id));
    };
  }

  private Answer example(Call call) throws Exception {
    String id = call.body().path("customer_id").asText();
    if (id.equals("boom") || id.equals("unknown") || id.equals("busy")) {
      return customer(
          new Call(
              call.requestId(),
              call.key(),
              Map.of("customer_id", id),
              Map.of(),
              call.body(),
              call.receivedAt(),
              call.deadline(),
              null,
              call.rowFaults()));
    }
    return example(
        call.body().has("horizon_months")
            ? "/api/intelligence/predict/ltv"
            : call.body().has("context")
                ? "/api/intelligence/analyze"
                : "/api/intelligence/predict/churn");
  }

  private Answer example(String path) {
    reached.incrementAndGet();
    return Answer.ok(answerExample(path));
  }

  static JsonNode answerExample(String path) {
    return operation(path).at("/responses/200/content/application~1json/examples/document/value");
  }

  static JsonNode requestExample(String path) {
    return operation(path).at("/requestBody/content/application~1json/examples/document/value");
  }

  private static JsonNode operation(String path) {
    return TestDoor.CONTRACT.document().path("paths").path(path).path("post");
  }
}
