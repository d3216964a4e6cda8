package ai.quimbi.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds every response of a test against `openapi.yaml`: its status is documented, its body fits
/// the schema, errors are envelopes with the request's id, and nothing internal leaks.
public final class ContractCheck {
  private static final Set<Integer> EVERYWHERE = Set.of(400, 404, 405, 408, 414, 431);
  private static final List<String> INTERNALS =
      List.of("Exception", "at ai.quimbi", "java.", "SELECT ", "org.postgresql", "SQLSTATE");

  private final Contract contract;

  public ContractCheck(Contract contract) {
    this.contract = contract;
  }

  /// Checks a response of `method` (GET, POST, …) on a path template of the contract
  /// (`/api/customers/{customer_id}`) and gives back its JSON.
  public JsonNode check(String method, String path, HttpResponse<byte[]> response) {
    return check(method, path, response.statusCode(), response.headers().map(), response.body());
  }

  public JsonNode check(
      String method, String path, int status, Map<String, List<String>> headers, byte[] body) {
    JsonNode json = parsed(body);
    String where = method + " " + path + " -> " + status + " " + json;
    assertNotNull(header(headers, "x-request-id"), where);
    assertEquals("1", header(headers, "x-api-version"), where);
    assertEquals("nosniff", header(headers, "x-content-type-options"), where);
    if (status >= 400) {
      checkEnvelope(where, status, headers, json);
    }
    JsonNode operation =
        contract.document().path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
    if (operation.isMissingNode()) {
      assertTrue(status == 404 || status == 401 || status == 405 || status == 429, where);
      return json;
    }
    if (EVERYWHERE.contains(status) && !operation.path("responses").has("" + status)) {
      return json;
    }
    String pointer =
        "/paths/"
            + path.replace("~", "~0").replace("/", "~1")
            + "/"
            + method.toLowerCase(Locale.ROOT)
            + "/responses/"
            + status;
    JsonNode documented = contract.document().at(pointer);
    assertTrue(!documented.isMissingNode(), "not in openapi.yaml: " + where);
    if (documented.has("$ref")) {
      pointer = documented.get("$ref").asText().substring(1);
    }
    String schema = pointer + "/content/application~1json/schema";
    if (!contract.document().at(schema).isMissingNode()) {
      assertEquals(List.of(), contract.faultsAt(schema, json), where);
    }
    return json;
  }

  /// Checks that an error is our envelope, wherever it came from.
  public void checkEnvelope(
      String where, int status, Map<String, List<String>> headers, JsonNode json) {
    assertEquals(List.of(), contract.faults("Error", json), where);
    JsonNode error = json.path("error");
    assertEquals(
        status, ErrorCode.valueOf(error.path("code").asText()).status(), "code's status: " + where);
    assertEquals(header(headers, "x-request-id"), error.at("/details/request_id").asText(), where);
    String text = json.toString();
    for (String internal : INTERNALS) {
      assertTrue(!text.contains(internal), "leaks " + internal + ": " + where);
    }
  }

  /// Checks that every route is in the contract with the access it really has.
  public void checkRoutes(List<Route> routes) {
    List<String> wrong = new ArrayList<>();
    for (Route route : routes) {
      String scope =
          contract
              .document()
              .path("paths")
              .path(route.path())
              .path(route.method().name().toLowerCase(Locale.ROOT))
              .path("x-required-scope")
              .asText("(not in openapi.yaml)");
      String expected =
          switch (route.access()) {
            case Access.Public _ -> "none";
            case Access.NeedsScope needs -> needs.scope().label();
            case Access.Admin _, Access.Operator _ -> "admin";
          };
      if (!scope.equals(expected)) {
        wrong.add(route.method() + " " + route.path() + ": " + expected + " but " + scope);
      }
    }
    assertEquals(List.of(), wrong);
  }

  private static JsonNode parsed(byte[] body) {
    try {
      return Wire.JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the response is no JSON: " + new String(body, StandardCharsets.UTF_8), e);
    }
  }

  private static @Nullable String header(Map<String, List<String>> headers, String name) {
    for (Map.Entry<String, List<String>> entry : headers.entrySet()) {
      if (entry.getKey().equalsIgnoreCase(name)) {
        return entry.getValue().getFirst();
      }
    }
    return null;
  }
}
