package ai.quimbi.server.mcp;

import ai.quimbi.core.access.ApiKey.TenantKey;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.util.LinkedHashMap;
import java.util.Map;

/// Offers in the SDK's terms, the same over every transport.
final class McpTools {
  static final Implementation SERVER = Implementation.builder("quimbi", "1.0.0").build();
  static final ServerCapabilities CAPABILITIES = ServerCapabilities.builder().tools(false).build();
  static final String INSTRUCTIONS =
      "Quimbi knows a company's customers: who they are, what they will do, what to say to them."
          + " Numbers come from its models and rules and may be quoted as they are. A tool that lacks"
          + " data says so; do not fill the gap.";

  private McpTools() {}

  static Tool tool(Offer offer) {
    Tool.Builder tool =
        Tool.builder(offer.name(), map(offer.input()))
            .title(offer.title())
            .description(offer.description())
            .annotations(
                ToolAnnotations.builder()
                    .title(offer.title())
                    .readOnlyHint(offer.isReadOnly())
                    .destructiveHint(false)
                    .idempotentHint(offer.isReadOnly())
                    .openWorldHint(false)
                    .build());
    JsonNode output = offer.output();
    return (output == null ? tool : tool.outputSchema(map(output))).build();
  }

  static CallToolResult call(Offer offer, TenantKey key, CallToolRequest request) {
    Map<String, Object> told = request.arguments();
    JsonNode arguments = McpJson.JSON.valueToTree(told == null ? Map.of() : told);
    return switch (offer.work().run(key, arguments)) {
      case Offer.Result.Found found ->
          CallToolResult.builder()
              .addTextContent(text(found.data()))
              .structuredContent(found.data())
              .isError(false)
              .build();
      case Offer.Result.Failed failed ->
          CallToolResult.builder().addTextContent(text(failed.error())).isError(true).build();
    };
  }

  private static Map<String, Object> map(JsonNode schema) {
    return McpJson.JSON.convertValue(schema, new TypeReference<LinkedHashMap<String, Object>>() {});
  }

  private static String text(JsonNode json) {
    try {
      return McpJson.JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer is no JSON", e);
    }
  }
}
