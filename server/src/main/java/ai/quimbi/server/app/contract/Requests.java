package ai.quimbi.server.app.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Every operation of a contract as a request that can be sent: its path with the examples of the
/// parameters, and the first example of its body.
public final class Requests {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");

  private Requests() {}

  /// One request. `scope` is the contract's `x-required-scope`; `query` are the parameters that
  /// must be there, `optionalQuery` those that may.
  public record Request(
      String operationId,
      String summary,
      String tag,
      String method,
      String path,
      List<Parameter> query,
      List<Parameter> optionalQuery,
      String scope,
      @Nullable JsonNode body) {

    public boolean isSigned() {
      return scope.equals("signed");
    }

    /// The path with the query that must be there.
    public String target() {
      if (query.isEmpty()) {
        return path;
      }
      List<String> pairs = query.stream().map(each -> each.name() + "=" + each.encoded()).toList();
      return path + "?" + String.join("&", pairs);
    }
  }

  public record Parameter(String name, String value) {
    String encoded() {
      return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
  }

  /// In the order of the contract.
  public static List<Request> of(JsonNode contract) {
    List<Request> requests = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : contract.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          requests.add(
              request(
                  contract, path.getKey(), path.getValue(), method.getKey(), method.getValue()));
        }
      }
    }
    return requests;
  }

  private static Request request(
      JsonNode contract, String template, JsonNode item, String method, JsonNode operation) {
    String path = template;
    List<Parameter> query = new ArrayList<>();
    List<Parameter> optional = new ArrayList<>();
    for (JsonNode list : List.of(item.path("parameters"), operation.path("parameters"))) {
      for (JsonNode each : list) {
        JsonNode parameter = followed(contract, each);
        String name = parameter.path("name").asText();
        String example = example(contract, parameter);
        switch (parameter.path("in").asText()) {
          case "path" -> path = path.replace("{" + name + "}", example);
          case "query" ->
              (parameter.path("required").asBoolean() ? query : optional)
                  .add(new Parameter(name, example));
          default -> {
            // Headers of credentials and idempotency keys are the collection's own business.
          }
        }
      }
    }
    JsonNode examples = operation.at("/requestBody/content/application~1json/examples");
    return new Request(
        operation.path("operationId").asText(),
        operation.path("summary").asText(),
        operation.at("/tags/0").asText(),
        method.toUpperCase(Locale.ROOT),
        path,
        query,
        optional,
        operation.path("x-required-scope").asText(),
        examples.isEmpty() ? null : examples.elements().next().path("value"));
  }

  private static String example(JsonNode contract, JsonNode parameter) {
    JsonNode schema = followed(contract, parameter.path("schema"));
    for (JsonNode place :
        List.of(parameter.path("example"), schema.path("default"), schema.at("/enum/0"))) {
      if (!place.isMissingNode()) {
        return place.asText();
      }
    }
    return "";
  }

  private static JsonNode followed(JsonNode contract, JsonNode node) {
    return node.has("$ref") ? contract.at(node.path("$ref").asText().substring(1)) : node;
  }
}
