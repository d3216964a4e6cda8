package ai.quimbi.server.api.copilot;

import ai.quimbi.core.copilot.ToolName;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.api.copilot.ToolRequests.Read;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/// The six tools for callers inside the process, who have shown a tenant's key instead of a
/// signature. Such a key sees the accounts of every owner of its tenant.
public final class ToolDesk {
  private final Tenancy tenancy;
  private final ToolSchemas schemas;
  private final ToolRequests requests;
  private final Tools tools;

  ToolDesk(Tenancy tenancy, ToolSchemas schemas, Tools tools) {
    this.tenancy = tenancy;
    this.schemas = schemas;
    this.requests = new ToolRequests(schemas);
    this.tools = tools;
  }

  /// The tool's description with its `inputSchema` and `outputSchema`, as `GET /tools` has it.
  public JsonNode published(ToolName tool) {
    for (JsonNode one : schemas.published().path("tools")) {
      if (one.path("name").asText().equals(tool.label())) {
        return one;
      }
    }
    throw new IllegalStateException(tool.label() + " is not published");
  }

  /// The tool's envelope, `{"ok", "data", "error"}`, whatever happened.
  public ObjectNode call(String tenantId, ToolName tool, JsonNode request) {
    return switch (requests.read(tool, request)) {
      case Read.Refused refused -> ToolJson.envelope(refused.failure());
      case Read.Call call ->
          tools
              .run(tenancy.ofId(tenantId), Set.of(call.tool().subject().owner()), call.tool())
              .envelope();
    };
  }
}
