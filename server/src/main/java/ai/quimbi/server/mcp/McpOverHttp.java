package ai.quimbi.server.mcp;

import ai.quimbi.core.access.ApiKey.TenantKey;
import ai.quimbi.server.http.Mount;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.schema.jackson2.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServer.StatelessSyncSpecification;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// MCP over streamable HTTP at `/mcp`. Without sessions: every request carries its key, so any
/// server behind a balancer answers it, and a restart is noticed by nobody.
public final class McpOverHttp {
  private static final String PATH = "/mcp";
  private static final String KEY = "key";
  private static final int MAX_BODY_BYTES = 1024 * 1024;

  private McpOverHttp() {}

  /// The servlet for the door, which checks origin, key and limit before it.
  public static Mount mount(Offers offers) {
    HttpServletStatelessServerTransport transport =
        HttpServletStatelessServerTransport.builder()
            .jsonMapper(McpJson.MAPPER)
            .messageEndpoint(PATH)
            .maxRequestSize(MAX_BODY_BYTES)
            .contextExtractor(
                request -> McpTransportContext.create(Map.of(KEY, Mount.keyOf(request))))
            .build();
    Map<String, Offer> byName = new HashMap<>();
    StatelessSyncSpecification server =
        McpServer.sync(transport)
            .serverInfo(McpTools.SERVER)
            .capabilities(McpTools.CAPABILITIES)
            .instructions(McpTools.INSTRUCTIONS)
            .jsonMapper(McpJson.MAPPER)
            .jsonSchemaValidator(new DefaultJsonSchemaValidator(McpJson.JSON))
            // The door behind the tools checks what they are given, with all faults at once.
            .validateToolInputs(false)
            // The request has a virtual thread of its own.
            .immediateExecution(true)
            .addToolFilter((context, tool) -> isVisible(byName, context, tool));
    for (Offer offer : offers.all()) {
      byName.put(offer.name(), offer);
      server.toolCall(
          McpTools.tool(offer),
          (context, request) -> McpTools.call(offer, keyOf(context), request));
    }
    server.build();
    return new Mount(PATH, transport);
  }

  /// A key is shown the tools that its scopes open, and no others.
  private static boolean isVisible(
      Map<String, Offer> byName, McpTransportContext context, Tool tool) {
    return keyOf(context).may(Objects.requireNonNull(byName.get(tool.name())).scope());
  }

  private static TenantKey keyOf(McpTransportContext context) {
    return (TenantKey) Objects.requireNonNull(context.get(KEY), "the guard lets nobody in without");
  }
}
