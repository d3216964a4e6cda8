package ai.quimbi.server.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/// Makes a schema that stands in `openapi.yaml` stand on its own.
final class Definitions {
  private static final String SHARED = "#/components/schemas/";
  private static final String OWN = "#/$defs/";

  private Definitions() {}

  /// Points every reference in `schema` at `$defs`, and puts there what is referred to.
  static void into(ObjectNode schema, JsonNode contract) {
    Set<String> known = new HashSet<>();
    Deque<String> wanted = new ArrayDeque<>();
    point(schema, wanted);
    while (!wanted.isEmpty()) {
      String name = wanted.pop();
      if (known.add(name)) {
        JsonNode definition = contract.at("/components/schemas/" + name).deepCopy();
        point(definition, wanted);
        schema.withObject("/$defs").set(name, definition);
      }
    }
  }

  private static void point(JsonNode node, Deque<String> wanted) {
    if (node instanceof ObjectNode object && object.path("$ref").asText().startsWith(SHARED)) {
      String name = object.path("$ref").asText().substring(SHARED.length());
      object.put("$ref", OWN + name);
      wanted.add(name);
    }
    node.forEach(child -> point(child, wanted));
  }
}
