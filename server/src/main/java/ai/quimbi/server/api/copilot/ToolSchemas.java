package ai.quimbi.server.api.copilot;

import ai.quimbi.core.copilot.ToolName;
import ai.quimbi.server.http.Fault;
import ai.quimbi.server.http.JsonSchema;
import ai.quimbi.server.http.Wire;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What each tool takes and gives, as JSON Schema: `tools/*.json`. Requests are checked against it
/// as they come.
final class ToolSchemas {
  private final ObjectNode published = Wire.JSON.createObjectNode();
  private final Map<ToolName, JsonSchema> inputs = new EnumMap<>(ToolName.class);
  private final Map<ToolName, JsonSchema> outputs = new EnumMap<>(ToolName.class);

  ToolSchemas() {
    ArrayNode list = published.putArray("tools");
    for (ToolName tool : ToolName.values()) {
      JsonNode file = read(tool);
      inputs.put(tool, JsonSchema.of(file.path("input")));
      outputs.put(tool, JsonSchema.of(file.path("output")));
      list.addObject()
          .put("name", tool.label())
          .put("description", tool.purpose())
          .put("deadlineMs", tool.deadlineMillis())
          .<ObjectNode>set("inputSchema", file.path("input"))
          .set("outputSchema", file.path("output"));
    }
  }

  /// `{"tools": [{"name", "description", "deadlineMs", "inputSchema", "outputSchema"}]}`.
  JsonNode published() {
    return published;
  }

  List<Fault> inputFaults(ToolName tool, JsonNode envelope) {
    return schema(inputs, tool).faults(envelope);
  }

  List<Fault> outputFaults(ToolName tool, JsonNode data) {
    return schema(outputs, tool).faults(data);
  }

  private static JsonSchema schema(Map<ToolName, JsonSchema> schemas, ToolName tool) {
    return Objects.requireNonNull(schemas.get(tool), tool::label);
  }

  private static JsonNode read(ToolName tool) {
    String file = "/tools/" + tool.label() + ".json";
    try (InputStream in = ToolSchemas.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the server lacks " + file);
      }
      return Wire.JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file, e);
    }
  }
}
