package ai.quimbi.server.mcp;

import ai.quimbi.core.access.ApiKey.TenantKey;
import ai.quimbi.core.access.Scope;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// One tool as an MCP client sees it, and the work behind it. `input` and `output` are JSON
/// Schemas; without `output` the answer's shape is left to the contract.
record Offer(
    String name,
    String title,
    String description,
    Scope scope,
    boolean isReadOnly,
    JsonNode input,
    @Nullable JsonNode output,
    Work work) {

  /// Answers one call; never throws for what a caller can do wrong.
  interface Work {
    Result run(TenantKey key, JsonNode arguments);
  }

  /// What came of a call.
  sealed interface Result {
    record Found(JsonNode data) implements Result {}

    /// `error` is the envelope that the same request has over HTTP.
    record Failed(JsonNode error) implements Result {}
  }
}
