package ai.quimbi.server.app;

import ai.quimbi.core.access.Scope;
import ai.quimbi.server.app.Quimbi.Caller;
import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.http.Contract;
import ai.quimbi.server.http.Wire;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A tenant in whom the contract's examples are true: the customers, the account, the message, the
/// action, the job and the key that they name exist. What gets its id from the server stands in the
/// examples under an id of its own; [#placed] puts the real one there.
final class ContractStage {
  static final JsonNode CONTRACT = Contract.load().document();

  private final Customer shop = Quimbi.tenant();
  private final SignedCaller copilot = SignedCaller.of(shop.tenant());
  private final Map<String, Caller> callers = new HashMap<>();
  private final Map<String, String> real = new LinkedHashMap<>();

  /// One operation of the contract.
  record Operation(String method, String path, JsonNode node, List<JsonNode> parameters) {
    String id() {
      return node.path("operationId").asText();
    }

    String scope() {
      return node.path("x-required-scope").asText();
    }

    boolean isSigned() {
      return scope().equals("signed");
    }

    JsonNode requestContent() {
      return node.at("/requestBody/content/application~1json");
    }

    @Override
    public String toString() {
      return id() + " (" + method + " " + path + ")";
    }
  }

  ContractStage() {
    tell("POST", "/api/data/ingest_orders", orders());
    tell(
        "PUT",
        "/api/accounts/acme-001",
        "{\"name\": \"Acme Corp\", \"renewal_date\": \"2026-11-01\", \"arr\": 250000}");
    tell(
        "POST",
        "/api/accounts/acme-001/usage",
        "{\"days\": [{\"date\": \"2026-03-13\", \"active_users\": 80}, {\"date\":"
            + " \"2026-03-14\", \"active_users\": 88}]}");
    tell(
        "POST",
        "/api/accounts/acme-001/tickets",
        "{\"tickets\": [{\"id\": \"T-901\", \"severity\": \"low\", \"status\": \"open\","
            + " \"opened_at\": \"2026-03-10T10:00:00Z\"}]}");
    tell(
        "PUT",
        "/api/segments/at-risk",
        "{\"name\": \"At risk\", \"filter\": {\"churn_risk_min\": 0.55}}");
    JsonNode message =
        tell("POST", "/api/generation/message", "{\"context\": {\"goal\": \"upsell\"}}");
    real.put("msg_example", message.path("message_id").asText());
    JsonNode actions =
        tell(
            "POST",
            "/api/generation/actions",
            "{\"customer_profile\": {}, \"scenario\": \"retention_risk\", \"context\": {}}");
    real.put("act_example", actions.at("/actions/0/id").asText());
    JsonNode job =
        copilot
            .post("/tool/start", "{\"tool\": \"calculate_health\", \"customerId\": \"acme-001\"}")
            .json();
    real.put("job_example", job.path("jobId").asText());
    JsonNode key =
        Quimbi.admin()
            .send(
                "POST",
                "/api/admin/tenants/{tenant_id}/keys",
                "/api/admin/tenants/" + shop.tenant().id() + "/keys",
                "{\"scopes\": [\"insights:read\"]}")
            .json();
    real.put("key_example", key.path("key_id").asText());
    real.put("export_job_example", awaited(tell("POST", "/api/exports/customers", "{}")));
    real.put("import_job_example", awaited(tell("POST", "/api/imports", example("/api/imports"))));
    JsonNode refit =
        Quimbi.admin()
            .send(
                "POST",
                "/api/admin/tenants/{tenant_id}/refit",
                "/api/admin/tenants/" + shop.tenant().id() + "/refit?async=true",
                "{}")
            .json();
    real.put("refit_job_example", refit.path("job_id").asText());
    Companies.join(shop);
    real.put("/benchmarks/retail", "/benchmarks/" + Companies.comparedIndustry());
    real.put(
        "cursor_example",
        shop.get("/api/customers", "/api/customers?limit=1").json().path("next_cursor").asText());
    real.put("tok_example", copilot.post("/api/copilot/token", "").json().path("token").asText());
    real.put("/tenants/acme", "/tenants/" + shop.tenant().id());
  }

  /// Twelve customers with a history, of whom the examples name two.
  private static String orders() {
    List<String> orders = new ArrayList<>();
    for (int customer = 0; customer < 12; customer++) {
      String id =
          customer == 0
              ? "cust_12345"
              : customer == 1 ? "cust_67890" : "cust_" + (20_000 + customer);
      for (int month = 1; month <= 12; month++) {
        if ((customer + month) % 3 != 0) {
          orders.add(
              """
              {"customer_id": "%s", "order_id": "%s-%d", "order_date": "2025-%02d-1%dT10:00:00Z",
               "total_price": %d.50, "items": [{"product_id": "p1", "product_name": "Batting",
               "category": "batting", "quantity": 1, "price": %d.50}]}
              """
                  .formatted(
                      id, id, month, month, customer % 9, 20 + 7 * customer, 20 + 7 * customer));
        }
      }
    }
    return "{\"source\": \"stage\", \"orders\": [" + String.join(",", orders) + "]}";
  }

  private static String example(String path) {
    JsonNode post = CONTRACT.path("paths").path(path).path("post");
    return post.at("/requestBody/content/application~1json/examples")
        .elements()
        .next()
        .path("value")
        .toString();
  }

  /// The job's id, once it has ended.
  private String awaited(JsonNode job) {
    String id = job.path("job_id").asText();
    long end = System.nanoTime() + 60_000_000_000L;
    String status = "";
    while (!status.equals("succeeded")) {
      status = shop.get("/api/jobs/{job_id}", "/api/jobs/" + id).json().path("status").asText();
      if (status.equals("failed") || System.nanoTime() > end) {
        throw new IllegalStateException("the job " + id + " is " + status);
      }
      LockSupport.parkNanos(50_000_000);
    }
    return id;
  }

  private JsonNode tell(String method, String path, String body) {
    HttpResponse<byte[]> response =
        shop.caller().raw(method, path, body.getBytes(StandardCharsets.UTF_8));
    if (response.statusCode() != 200) {
      throw new IllegalStateException(path + " " + text(response));
    }
    return Quimbi.json(text(response));
  }

  /// All operations; those that delete come last.
  static List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : CONTRACT.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (Set.of("get", "post", "put", "delete").contains(method.getKey())) {
          List<JsonNode> parameters = new ArrayList<>();
          path.getValue().path("parameters").forEach(each -> parameters.add(followed(each)));
          method.getValue().path("parameters").forEach(each -> parameters.add(followed(each)));
          operations.add(
              new Operation(
                  method.getKey().toUpperCase(Locale.ROOT),
                  path.getKey(),
                  method.getValue(),
                  parameters));
        }
      }
    }
    operations.sort(Comparator.comparing(operation -> operation.method().equals("DELETE")));
    return operations;
  }

  static JsonNode followed(JsonNode node) {
    return node.has("$ref") ? CONTRACT.at(node.path("$ref").asText().substring(1)) : node;
  }

  /// The text of an example with the ids that are real here.
  String placed(String text) {
    String placed = text;
    // Backwards: `job_example` ends the names of those that came later.
    for (Map.Entry<String, String> id : List.copyOf(real.entrySet()).reversed()) {
      placed = placed.replace(id.getKey(), id.getValue());
    }
    return placed;
  }

  /// The path with the examples of its parameters, and of those of the query that must be there.
  String path(Operation operation) {
    return path(operation, each -> each.path("required").asBoolean());
  }

  /// The path once without and once with each parameter of the query that has an example.
  List<String> paths(Operation operation) {
    List<String> paths = new ArrayList<>(List.of(path(operation)));
    for (JsonNode parameter : operation.parameters()) {
      if (parameter.path("in").asText().equals("query") && parameter.has("example")) {
        paths.add(
            path(operation, each -> each.path("required").asBoolean() || each.equals(parameter)));
      }
    }
    return paths;
  }

  private String path(Operation operation, Predicate<JsonNode> isWanted) {
    String path = operation.path();
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : operation.parameters()) {
      String name = parameter.path("name").asText();
      String example = parameter.path("example").asText("");
      if (parameter.path("in").asText().equals("path")) {
        path = path.replace("{" + name + "}", example);
      } else if (parameter.path("in").asText().equals("query") && isWanted.test(parameter)) {
        query.add(name + "=" + URLEncoder.encode(placed(example), StandardCharsets.UTF_8));
      }
    }
    // Deleting is tried on tenants of its own: the stage is needed to the end.
    String own =
        operation.id().equals("deleteTenant")
            ? path.replace("/tenants/acme", "/tenants/" + Quimbi.tenant().tenant().id())
            : placed(path);
    return own + (query.isEmpty() ? "" : "?" + String.join("&", query));
  }

  /// Sends a request as whoever has exactly the scope that the contract names.
  HttpResponse<byte[]> send(Operation operation, String path, @Nullable String body) {
    byte[] bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
    if (operation.isSigned()) {
      byte[] signed = bytes == null ? new byte[0] : bytes;
      return raw(operation, path, bytes, copilot.headers(Quimbi.NOW, signed));
    }
    return allowed(operation).raw(operation.method(), path, bytes);
  }

  HttpResponse<byte[]> raw(
      Operation operation, String path, byte @Nullable [] body, Map<String, String> headers) {
    List<String> flat = new ArrayList<>();
    headers.forEach(
        (name, value) -> {
          flat.add(name);
          flat.add(value);
        });
    return Quimbi.stranger(null).raw(operation.method(), path, body, flat.toArray(new String[0]));
  }

  Map<String, String> signature(byte[] body) {
    return copilot.headers(Quimbi.NOW, body);
  }

  private Caller allowed(Operation operation) {
    String scope = operation.scope();
    return switch (scope) {
      case "none" -> Quimbi.stranger(null);
      case "admin" -> Quimbi.admin();
      default ->
          callers.computeIfAbsent(
              scope.equals("ticket") ? Scope.TOOLS_INVOKE.label() : scope,
              label -> Quimbi.key(shop.tenant().id(), Set.of(scopeOf(label)), Quimbi.PLENTY));
    };
  }

  private static Scope scopeOf(String label) {
    for (Scope scope : Scope.values()) {
      if (scope.label().equals(label)) {
        return scope;
      }
    }
    throw new IllegalArgumentException(label);
  }

  /// A key of the stage's tenant with every scope.
  String fullKey() {
    return Objects.requireNonNull(shop.caller().key());
  }

  String tenantId() {
    return shop.tenant().id();
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return Wire.JSON.readTree(response.body());
    } catch (IOException notJson) {
      return MissingNode.getInstance();
    }
  }
}
