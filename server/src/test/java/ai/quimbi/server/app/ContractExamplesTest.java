package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Quota;
import ai.quimbi.core.access.Scope;
import ai.quimbi.server.app.ContractStage.Operation;
import ai.quimbi.server.app.Quimbi.Caller;
import ai.quimbi.server.http.Contract;
import ai.quimbi.server.store.Keys;
import ai.quimbi.server.store.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Nothing in the contract is only said: every example of every operation is sent to the server by
/// a caller with exactly the scope that it names, and every refusal that can be brought about is.
class ContractExamplesTest {
  private static final Contract CONTRACT = Contract.load();

  /// Set by HTTP itself, the same for every server there is.
  private static final Set<String> OF_HTTP =
      Set.of(
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "date",
          "transfer-encoding",
          "vary");

  private static final List<String> LIMITS =
      List.of("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset");

  private static ContractStage stage;
  private static final Set<String> SEEN_HEADERS = new TreeSet<>();

  @BeforeAll
  static void set() {
    stage = new ContractStage();
  }

  static Stream<Operation> operations() {
    return ContractStage.operations().stream();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void every_example_of_a_request_executes_and_its_answer_fits(Operation operation) {
    List<@Nullable String> bodies = new ArrayList<>();
    operation
        .requestContent()
        .path("examples")
        .forEach(example -> bodies.add(stage.placed(example.path("value").toString())));
    if (operation.node().has("requestBody")) {
      assertFalse(bodies.isEmpty(), operation + " has no example of a request");
    } else {
      bodies.add(null);
    }
    List<String> paths = stage.paths(operation);
    for (String body : bodies) {
      execute(operation, paths.getFirst(), body);
    }
    for (String path : paths.subList(1, paths.size())) {
      execute(operation, path, bodies.getFirst());
    }
  }

  private static void execute(Operation operation, String path, @Nullable String body) {
    HttpResponse<byte[]> response = sent(() -> stage.send(operation, path, body));
    String where = operation + " " + path + " " + body + " -> " + ContractStage.text(response);
    JsonNode documented =
        operation.node().path("responses").path(Integer.toString(response.statusCode()));
    assertTrue(response.statusCode() < 300 && !documented.isMissingNode(), where);
    checkBody(operation, response, documented, where);
    checkHeaders(operation, response, documented, where);
  }

  /// Sends again where the connection was being closed: the server ends it after a body that was
  /// too large, and the next request may already be on its way.
  private static <T extends @Nullable HttpResponse<byte[]>> T sent(Supplier<T> request) {
    try {
      return request.get();
    } catch (IllegalStateException failed) {
      if (failed.getCause() instanceof IOException) {
        return request.get();
      }
      throw failed;
    }
  }

  private static void checkBody(
      Operation operation, HttpResponse<byte[]> response, JsonNode documented, String where) {
    String type = response.headers().firstValue("Content-Type").orElse("").split(";", -1)[0];
    assertTrue(documented.path("content").has(type), "not documented: " + type + " " + where);
    assertTrue(response.body().length > 0, where);
    JsonNode json = ContractStage.json(response);
    if (type.equals("application/json")) {
      String schema =
          "/paths/"
              + operation.path().replace("/", "~1")
              + "/"
              + operation.method().toLowerCase(Locale.ROOT)
              + "/responses/"
              + response.statusCode()
              + "/content/application~1json/schema";
      assertEquals(List.of(), CONTRACT.faultsAt(schema, json), where);
    }
  }

  private static void checkHeaders(
      Operation operation, HttpResponse<byte[]> response, JsonNode documented, String where) {
    response
        .headers()
        .map()
        .keySet()
        .forEach(name -> SEEN_HEADERS.add(name.toLowerCase(Locale.ROOT)));
    for (Map.Entry<String, JsonNode> header : documented.path("headers").properties()) {
      boolean isLimit = LIMITS.contains(header.getKey());
      // A ticket in the query opens a stream without a key, and so without its limits.
      boolean isSometimes =
          header.getKey().equals("Idempotency-Replayed") || operation.scope().equals("ticket");
      assertTrue(
          isSometimes || response.headers().firstValue(header.getKey()).isPresent(),
          "promised and not sent: " + header.getKey() + " " + where);
      assertTrue(!isLimit || !operation.scope().equals("none"), where);
    }
    if (operation.path().startsWith("/api/") && !operation.isSigned()) {
      for (String name : LIMITS) {
        assertTrue(documented.path("headers").has(name), operation + " does not document " + name);
      }
    }
  }

  /// Runs by itself as well as after the others: it sends one request of each kind.
  @Test
  void every_header_that_is_sent_is_described() {
    Operation analyze =
        operations().filter(each -> each.id().equals("analyze")).findFirst().orElseThrow();
    HttpResponse<byte[]> refused = Quimbi.stranger(null).raw("POST", analyze.path(), null);
    refused
        .headers()
        .map()
        .keySet()
        .forEach(name -> SEEN_HEADERS.add(name.toLowerCase(Locale.ROOT)));
    Set<String> described = new TreeSet<>(OF_HTTP);
    ContractStage.CONTRACT
        .at("/components/headers")
        .properties()
        .forEach(
            each ->
                described.add(each.getValue().path("x-name").asText().toLowerCase(Locale.ROOT)));
    Set<String> unknown = new TreeSet<>(SEEN_HEADERS);
    unknown.removeAll(described);
    unknown.remove(":status");
    assertEquals(Set.of(), unknown);
  }

  @Test
  void every_parameter_says_what_it_may_be_and_every_answer_and_error_is_shown() {
    List<String> missing = new ArrayList<>();
    for (Operation operation : ContractStage.operations()) {
      for (JsonNode parameter : operation.parameters()) {
        JsonNode schema = ContractStage.followed(parameter.path("schema"));
        boolean isShown = parameter.has("example") || schema.has("default") || schema.has("enum");
        if (!isShown) {
          missing.add(operation + " parameter " + parameter.path("name").asText());
        }
      }
      for (Map.Entry<String, JsonNode> response : operation.node().path("responses").properties()) {
        JsonNode content =
            ContractStage.followed(response.getValue()).at("/content/application~1json");
        if (!content.isMissingNode() && !content.has("example") && !content.has("examples")) {
          missing.add(operation + " response " + response.getKey());
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void every_refusal_that_a_caller_can_bring_about_is_the_documented_one(Operation operation) {
    for (Map.Entry<String, JsonNode> response : operation.node().path("responses").properties()) {
      int status = Integer.parseInt(response.getKey());
      if (status < 400) {
        continue;
      }
      HttpResponse<byte[]> refused = sent(() -> refused(operation, status));
      if (refused == null) {
        continue;
      }
      JsonNode shown =
          ContractStage.followed(response.getValue())
              .at("/content/application~1json/example/error/code");
      JsonNode said = ContractStage.json(refused);
      String where = operation + " -> " + ContractStage.text(refused);
      assertEquals(status, refused.statusCode(), where);
      assertEquals(shown.asText(), said.at("/error/code").asText(), where);
    }
  }

  /// Brings about a refusal; `null` for those that need a fault of the server, a second request at
  /// the same moment or a state of their own: their own tests do that.
  private static @Nullable HttpResponse<byte[]> refused(Operation operation, int status) {
    String path = stage.path(operation);
    String body = firstBody(operation);
    if (operation.isSigned()) {
      return refusedToSigner(operation, status, path, body);
    }
    return switch (status) {
      case 401 -> Quimbi.stranger(null).raw(operation.method(), path, bytes(body));
      case 403 -> wrongKey(operation).raw(operation.method(), path, bytes(body));
      case 404 -> ofNobody(operation, body);
      // An upload's limit is too large to be tried with every build; its own test does.
      case 413 ->
          operation.path().equals("/api/imports")
              ? null
              : stage.send(operation, path, " ".repeat(tooMuch(operation)));
      case 415 ->
          operation.node().has("requestBody")
              ? send(operation, path, body, "Content-Type", "text/plain")
              : null;
      case 422 ->
          operation.node().has("requestBody")
              ? stage.send(operation, path, "[]")
              : stage.send(operation, path + (path.contains("?") ? "&" : "?") + "x=%ff", null);
      case 429 -> pastTheLimit(operation, path, body);
      default -> null;
    };
  }

  private static @Nullable HttpResponse<byte[]> refusedToSigner(
      Operation operation, int status, String path, @Nullable String body) {
    byte[] large = " ".repeat(tooMuch(operation)).getBytes(StandardCharsets.UTF_8);
    return switch (status) {
      case 401 -> stage.raw(operation, path, bytes(body), Map.of());
      case 400 -> stage.send(operation, path, "[]");
      case 404 ->
          operation.path().contains("{")
              ? stage.send(operation, path.replaceAll("[^/]+$", "nothing"), body)
              : stage.send(
                  operation, path, body == null ? null : body.replace("calculate_health", "guess"));
      case 413 -> stage.raw(operation, path, large, stage.signature(large));
      default -> null;
    };
  }

  private static @Nullable String firstBody(Operation operation) {
    JsonNode examples = operation.requestContent().path("examples");
    return examples.isEmpty()
        ? null
        : stage.placed(examples.elements().next().path("value").toString());
  }

  private static byte @Nullable [] bytes(@Nullable String body) {
    return body == null ? null : body.getBytes(StandardCharsets.UTF_8);
  }

  private static int tooMuch(Operation operation) {
    boolean isBulk = operation.path().matches("/api/(data|catalog)/.*");
    return (isBulk ? 10 : 1) * 1024 * 1024 + 1;
  }

  private static Caller wrongKey(Operation operation) {
    return operation.scope().equals("admin")
        ? Quimbi.key(stage.tenantId(), Set.of(Scope.INTELLIGENCE_READ), Quimbi.PLENTY)
        : Quimbi.key(stage.tenantId(), Set.of(), Quimbi.PLENTY);
  }

  private static HttpResponse<byte[]> send(
      Operation operation, String path, @Nullable String body, String... headers) {
    Caller caller =
        operation.scope().equals("admin")
            ? Quimbi.admin()
            : Quimbi.key(stage.tenantId(), Set.of(Scope.values()), Quimbi.PLENTY);
    return caller.raw(operation.method(), path, bytes(body), headers);
  }

  /// The same request about somebody or something that does not exist.
  private static @Nullable HttpResponse<byte[]> ofNobody(
      Operation operation, @Nullable String body) {
    String path = operation.path();
    if (path.contains("{")) {
      String known = stage.placed(path.replace("{tenant_id}/jobs", "acme/jobs"));
      return stage.send(operation, known.replaceAll("\\{[a-z_]+\\}", "nobody"), body);
    }
    if (body == null || !body.contains("customer_id") || path.equals("/api/imports")) {
      return null;
    }
    ObjectNode about = (ObjectNode) Quimbi.json(body);
    about.put("customer_id", "nobody").remove("context");
    return stage.send(operation, path, about.toString());
  }

  private static HttpResponse<byte[]> pastTheLimit(
      Operation operation, String path, @Nullable String body) {
    Quota one = new Quota(1, 1);
    Caller caller;
    if (operation.scope().equals("admin")) {
      Keys.Addition added = TestDatabase.databases().keys().addAdmin("", one, null, Quimbi.NOW);
      caller = Quimbi.stranger(((Keys.Addition.Added) added).secret());
    } else {
      caller = Quimbi.key(stage.tenantId(), Set.of(), one);
    }
    // Not carried out: the key lacks the scope, or the method is none of the path's.
    caller.raw(operation.scope().equals("admin") ? "POST" : operation.method(), "/api/x", null);
    return caller.raw(operation.method(), path, bytes(body));
  }
}
