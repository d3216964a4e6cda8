package ai.quimbi.server.mcp;

import ai.quimbi.server.http.Access;
import ai.quimbi.server.http.Body;
import ai.quimbi.server.http.DirectDoor;
import ai.quimbi.server.http.DirectDoor.Reply;
import ai.quimbi.server.http.Route;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// One operation of `openapi.yaml` as a tool: the parameters of its path, its query and its body
/// lie side by side in one object.
final class Operation {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");

  private final String method;
  private final String path;
  private final JsonNode told;
  private final Set<String> inPath = new LinkedHashSet<>();
  private final Set<String> inQuery = new LinkedHashSet<>();
  private final ObjectNode input;

  private Operation(String method, String path, JsonNode told, JsonNode contract) {
    this.method = method;
    this.path = path;
    this.told = told;
    this.input = input(contract);
  }

  static Operation find(JsonNode contract, String operationId) {
    for (Map.Entry<String, JsonNode> path : contract.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> each : path.getValue().properties()) {
        if (METHODS.contains(each.getKey())
            && each.getValue().path("operationId").asText().equals(operationId)) {
          JsonNode shared = path.getValue().path("parameters");
          ObjectNode told = each.getValue().deepCopy();
          shared.forEach(told.withArray("parameters")::add);
          return new Operation(each.getKey(), path.getKey(), told, contract);
        }
      }
    }
    throw new IllegalStateException("openapi.yaml has no operation " + operationId);
  }

  Offer offer(String name, boolean isReadOnly, DirectDoor door) {
    Route route = door.route(method.toUpperCase(Locale.ROOT), path);
    if (!(route.access() instanceof Access.NeedsScope needs)) {
      throw new IllegalStateException("no tenant's key opens " + path);
    }
    String summary = told.path("summary").asText();
    return new Offer(
        name,
        summary,
        (summary + ". " + told.path("description").asText()).strip(),
        needs.scope(),
        isReadOnly,
        input,
        null,
        (key, arguments) ->
            switch (door.call(
                route,
                key,
                texts(arguments, inPath),
                texts(arguments, inQuery),
                body(route, arguments))) {
              case Reply.Answered answered -> new Offer.Result.Found(answered.json());
              case Reply.Refused refused -> new Offer.Result.Failed(refused.envelope());
            });
  }

  private ObjectNode input(JsonNode contract) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    Set<String> required = new LinkedHashSet<>();
    JsonNode body = told.at("/requestBody/content/application~1json/schema");
    JsonNode shape = resolved(body, contract);
    if (shape.path("properties") instanceof ObjectNode members) {
      properties.setAll(members.deepCopy());
    }
    shape.path("required").forEach(name -> required.add(name.asText()));
    for (JsonNode reference : told.path("parameters")) {
      JsonNode parameter = resolved(reference, contract);
      String name = parameter.path("name").asText();
      String where = parameter.path("in").asText();
      if (where.equals("header")) {
        continue;
      }
      (where.equals("path") ? inPath : inQuery).add(name);
      ObjectNode property = resolved(parameter.path("schema"), contract).deepCopy();
      property.put("description", parameter.path("description").asText());
      properties.set(name, property);
      if (parameter.path("required").asBoolean()) {
        required.add(name);
      }
    }
    required.forEach(schema.withArray("required")::add);
    Definitions.into(schema, contract);
    return schema;
  }

  private static JsonNode resolved(JsonNode node, JsonNode contract) {
    String reference = node.path("$ref").asText();
    return reference.isEmpty() ? node : contract.at(reference.substring(1));
  }

  /// What stands in a path or a query is text.
  private static Map<String, String> texts(JsonNode arguments, Set<String> names) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : names) {
      if (arguments.hasNonNull(name)) {
        texts.put(name, arguments.path(name).asText());
      }
    }
    return texts;
  }

  private JsonNode body(Route route, JsonNode arguments) {
    if (route.body() instanceof Body.None) {
      return MissingNode.getInstance();
    }
    ObjectNode body = arguments.deepCopy();
    body.remove(inPath);
    return body.remove(inQuery);
  }
}
