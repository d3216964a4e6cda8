package ai.quimbi.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.ApiKey;
import ai.quimbi.core.access.Quota;
import ai.quimbi.core.access.Scope;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every row of the document's table of errors, the contract's additions, and the order of checks.
class RefusalsTest {
  private static final String CHURN = "/api/intelligence/predict/churn";
  private static final String ORDERS = "/api/data/ingest_orders";
  private static final String JSON = "application/json";
  private static final String SPENT = "qk_test_spent";
  private static final SampleRoutes ROUTES = new SampleRoutes();
  private static TestDoor door;

  @BeforeAll
  static void open() {
    door = new TestDoor(ROUTES.all());
    door.put(
        SPENT,
        new ApiKey.TenantKey(
            "key_spent",
            "acme",
            EnumSet.of(Scope.TOOLS_INVOKE),
            ApiKey.Mode.TEST,
            new Quota(1, 1000),
            null));
    assertEquals(200, door.get(TestDoor.FULL, "/api/customers").statusCode());
    assertEquals(403, door.get(SPENT, "/api/customers").statusCode());
  }

  @AfterAll
  static void close() {
    door.close();
  }

  /// A request and the refusal it gets. `template` is the path as the contract writes it.
  record Scenario(
      String sentence,
      String method,
      String template,
      String path,
      String key,
      String contentType,
      String body,
      ErrorCode code) {
    static Scenario post(
        String sentence, String path, String key, String type, String body, ErrorCode code) {
      return new Scenario(sentence, "POST", path, path, key, type, body, code);
    }

    static Scenario get(String sentence, String path, String key, ErrorCode code) {
      return new Scenario(sentence, "GET", path, path, key, "", "", code);
    }

    static Scenario customer(String sentence, String id, ErrorCode code) {
      return new Scenario(
          sentence,
          "GET",
          "/api/customers/{customer_id}",
          "/api/customers/" + id,
          TestDoor.FULL,
          "",
          "",
          code);
    }
  }

  static final List<Scenario> SCENARIOS =
      List.of(
          // the document's table
          Scenario.get("no key", "/api/customers", "", ErrorCode.INVALID_API_KEY),
          Scenario.get("a wrong key", "/api/customers", "nope", ErrorCode.INVALID_API_KEY),
          Scenario.get(
              "an expired key", "/api/customers", TestDoor.EXPIRED, ErrorCode.INVALID_API_KEY),
          Scenario.get(
              "a key of 10,000 characters",
              "/api/customers",
              "k".repeat(10_000),
              ErrorCode.INVALID_API_KEY),
          Scenario.get(
              "a scope is missing",
              "/api/customers",
              TestDoor.NARROW,
              ErrorCode.INSUFFICIENT_PERMISSIONS),
          Scenario.get(
              "an admin key at a tenant's route",
              "/api/customers",
              TestDoor.ADMIN,
              ErrorCode.INSUFFICIENT_PERMISSIONS),
          Scenario.get(
              "a tenant's key at an admin route",
              "/api/admin/tenants",
              TestDoor.FULL,
              ErrorCode.INSUFFICIENT_PERMISSIONS),
          Scenario.get(
              "a tenant's key at the metrics",
              "/metrics",
              TestDoor.FULL,
              ErrorCode.INSUFFICIENT_PERMISSIONS),
          Scenario.get("no key at the metrics", "/metrics", "", ErrorCode.INVALID_API_KEY),
          Scenario.customer("another package's exception", "unknown", ErrorCode.CUSTOMER_NOT_FOUND),
          Scenario.get(
              "no such endpoint", "/api/nope", TestDoor.FULL, ErrorCode.ENDPOINT_NOT_FOUND),
          Scenario.get(
              "an endpoint of a later issue",
              "/api/insights/my-position",
              TestDoor.FULL,
              ErrorCode.ENDPOINT_NOT_FOUND),
          Scenario.get("outside the API", "/nope", "", ErrorCode.ENDPOINT_NOT_FOUND),
          Scenario.get(
              "a slash too many", "/api/customers/", TestDoor.FULL, ErrorCode.ENDPOINT_NOT_FOUND),
          Scenario.post(
              "no customer", CHURN, TestDoor.FULL, JSON, "{}", ErrorCode.VALIDATION_ERROR),
          Scenario.post("no body", CHURN, TestDoor.FULL, JSON, "", ErrorCode.VALIDATION_ERROR),
          Scenario.post(
              "half a body", CHURN, TestDoor.FULL, JSON, "{\"a\":", ErrorCode.VALIDATION_ERROR),
          Scenario.customer("nobody knows why", "boom", ErrorCode.INTERNAL_ERROR),
          Scenario.customer("an error of the machine", "stack", ErrorCode.INTERNAL_ERROR),
          Scenario.customer("overload", "busy", ErrorCode.SERVICE_UNAVAILABLE),
          // the contract's additions
          Scenario.get("GET of a POST", CHURN, TestDoor.FULL, ErrorCode.METHOD_NOT_ALLOWED),
          Scenario.post(
              "more than 1 MiB",
              CHURN,
              TestDoor.FULL,
              JSON,
              " ".repeat(Body.USUAL_MAX_BYTES + 1),
              ErrorCode.PAYLOAD_TOO_LARGE),
          Scenario.post(
              "more than 10 MiB of orders",
              ORDERS,
              TestDoor.FULL,
              JSON,
              " ".repeat(Body.INGESTION_MAX_BYTES + 1),
              ErrorCode.PAYLOAD_TOO_LARGE),
          Scenario.post(
              "a form",
              CHURN,
              TestDoor.FULL,
              "application/x-www-form-urlencoded",
              "customer_id=1",
              ErrorCode.UNSUPPORTED_MEDIA_TYPE),
          Scenario.post(
              "no content type", CHURN, TestDoor.FULL, "", "{}", ErrorCode.UNSUPPORTED_MEDIA_TYPE),
          Scenario.post(
              "Latin-1",
              CHURN,
              TestDoor.FULL,
              "application/json; charset=iso-8859-1",
              "{}",
              ErrorCode.UNSUPPORTED_MEDIA_TYPE),
          // the order of the checks
          Scenario.get("key before route", "/api/nope", "nope", ErrorCode.INVALID_API_KEY),
          Scenario.get("key before method", CHURN, "nope", ErrorCode.INVALID_API_KEY),
          Scenario.get("limit before route", "/api/nope", SPENT, ErrorCode.RATE_LIMIT_EXCEEDED),
          Scenario.get(
              "limit before scope", "/api/customers", SPENT, ErrorCode.RATE_LIMIT_EXCEEDED),
          Scenario.get(
              "route before scope",
              "/api/admin/nope",
              TestDoor.NARROW,
              ErrorCode.ENDPOINT_NOT_FOUND),
          Scenario.get("method before scope", CHURN, TestDoor.NARROW, ErrorCode.METHOD_NOT_ALLOWED),
          Scenario.post(
              "scope before size",
              CHURN,
              TestDoor.NARROW,
              JSON,
              " ".repeat(Body.USUAL_MAX_BYTES + 1),
              ErrorCode.INSUFFICIENT_PERMISSIONS),
          Scenario.post(
              "scope before media type",
              CHURN,
              TestDoor.NARROW,
              "text/plain",
              "{}",
              ErrorCode.INSUFFICIENT_PERMISSIONS),
          Scenario.post(
              "size before media type",
              CHURN,
              TestDoor.FULL,
              "text/plain",
              " ".repeat(Body.USUAL_MAX_BYTES + 1),
              ErrorCode.PAYLOAD_TOO_LARGE),
          Scenario.post(
              "media type before body",
              CHURN,
              TestDoor.FULL,
              "text/plain",
              "{",
              ErrorCode.UNSUPPORTED_MEDIA_TYPE));

  @TestFactory
  List<DynamicTest> every_refusal_is_the_envelope_with_its_code() {
    return SCENARIOS.stream()
        .map(scenario -> DynamicTest.dynamicTest(scenario.sentence(), () -> isRefused(scenario)))
        .toList();
  }

  private static void isRefused(Scenario scenario) {
    int before = ROUTES.reached.get();

    HttpResponse<byte[]> response = send(scenario);

    JsonNode json = TestDoor.CHECK.check(scenario.method(), scenario.template(), response);
    assertEquals(scenario.code().name(), json.at("/error/code").asText());
    assertEquals(scenario.code().status(), response.statusCode());
    assertEquals("no-store", response.headers().firstValue("Cache-Control").orElse(""));
    boolean failsInside = scenario.path().startsWith("/api/customers/") && reaches(scenario);
    assertEquals(before + (failsInside ? 1 : 0), ROUTES.reached.get(), "handlers reached");
  }

  private static boolean reaches(Scenario scenario) {
    return scenario.code() != ErrorCode.ENDPOINT_NOT_FOUND;
  }

  private static HttpResponse<byte[]> send(Scenario scenario) {
    var request = door.request(scenario.path());
    if (!scenario.key().isEmpty()) {
      request.header("X-API-Key", scenario.key());
    }
    if (!scenario.contentType().isEmpty()) {
      request.header("Content-Type", scenario.contentType());
    }
    if (scenario.method().equals("POST")) {
      request.POST(BodyPublishers.ofString(scenario.body()));
    }
    return door.send(request);
  }

  @Test
  void a_wrong_method_names_the_right_ones() {
    HttpResponse<byte[]> post = door.post(TestDoor.FULL, "/api/customers", "{}");
    assertEquals("GET, HEAD", allowed(post));
    assertEquals("POST", allowed(door.get(TestDoor.FULL, CHURN)));
  }

  private static String allowed(HttpResponse<byte[]> response) {
    assertEquals(405, response.statusCode());
    return response.headers().firstValue("Allow").orElse("none");
  }

  @Test
  void an_overload_says_when_to_come_back_in_whole_seconds() {
    HttpResponse<byte[]> busy = door.get(TestDoor.FULL, "/api/customers/busy");
    assertEquals("2", busy.headers().firstValue("Retry-After").orElse("none"));
  }

  @Test
  void all_faults_of_a_body_come_at_once_with_their_places() {
    String body =
        """
        {"source": "shop", "orders": [
          {"customer_id": "a", "order_id": 7, "order_date": "2024-03-15T14:30:00", "total_price": -1},
          {"order_id": "2", "order_date": "2024-03-15T14:30:00Z", "total_price": "12"},
          {"customer_id": "a\\tb", "order_id": "2", "order_date": "2024-03-15T14:30:00Z",
           "total_price": 12, "status": "lost", "items": [{"price": 0.0000001}], "items": []}]}
        """;

    JsonNode json = TestDoor.CHECK.check("POST", ORDERS, door.post(TestDoor.FULL, ORDERS, body));

    List<String> faults =
        json.at("/error/details/errors")
            .valueStream()
            .map(fault -> fault.path("path").asText() + " " + fault.path("code").asText())
            .sorted()
            .toList();
    assertEquals(
        List.of(
            "/orders/0/order_date format",
            "/orders/0/order_id type",
            "/orders/0/total_price minimum",
            "/orders/1/customer_id required",
            "/orders/1/total_price type",
            "/orders/2/customer_id pattern",
            "/orders/2/items duplicate_member",
            "/orders/2/status enum"),
        faults);
  }

  @Test
  void on_error_continue_answers_for_the_faulty_rows_and_still_refuses_what_is_no_batch() {
    String body =
        """
        {"source": "shop", "orders": [
          {"customer_id": "a", "order_id": "1", "order_date": "2024-03-15T14:30:00Z",
           "total_price": 1},
          {"order_id": "2", "order_date": "2024-03-15T14:30:00", "total_price": 1e999},
          7,
          {"customer_id": "a", "order_id": "\\ud800", "order_date": "2024-03-15T14:30:00Z",
           "total_price": 1}]}
        """;
    String byRow = ORDERS + "?on_error=continue";

    JsonNode json = TestDoor.CHECK.check("POST", ORDERS, door.post(TestDoor.FULL, byRow, body));

    assertEquals(1, json.path("ingested_count").asInt());
    List<String> faults = new ArrayList<>();
    for (JsonNode row : json.path("results")) {
      row.path("errors")
          .forEach(
              fault -> faults.add(fault.path("path").asText() + " " + fault.path("code").asText()));
    }
    assertEquals(
        List.of(
            "/orders/1/total_price number_out_of_range",
            "/orders/1/order_date format",
            "/orders/1/customer_id required",
            "/orders/2 type",
            "/orders/3/order_id invalid_text"),
        faults);
    assertEquals(422, door.post(TestDoor.FULL, ORDERS, body).statusCode());
    String noSource = body.replace("\"source\"", "\"sauce\"");
    assertEquals(422, door.post(TestDoor.FULL, byRow, noSource).statusCode());
    assertEquals(422, door.post(TestDoor.FULL, byRow, "{\"source\": \"a\"}").statusCode());
  }

  @Test
  void the_callers_request_id_is_kept_when_it_has_the_right_form() {
    for (String id : List.of("abcdefgh", "A-b_0123456789", "x".repeat(64))) {
      assertEquals(id, requestId(id));
    }
    for (String id :
        List.of("short", "x".repeat(65), "with space", "semi;colon", "naïve-and-long")) {
      String given = id.chars().allMatch(c -> c < 128) ? requestId(id) : requestId("?");
      assertTrue(given.matches("req_[0-9a-f]{32}"), given);
    }
  }

  private static String requestId(String wanted) {
    return door.send(door.request("/health/live").header("X-Request-Id", wanted))
        .headers()
        .firstValue("X-Request-Id")
        .orElseThrow();
  }

  @Test
  void a_handler_can_ask_for_the_current_request() {
    HttpResponse<byte[]> response =
        door.send(
            door.request("/api/customers/scoped")
                .header("X-API-Key", TestDoor.FULL)
                .header("X-Request-Id", "the-callers-own"));
    JsonNode json = TestDoor.CHECK.check("GET", "/api/customers/{customer_id}", response);
    assertEquals("the-callers-own", json.path("customer_id").asText());
  }
}
