package ai.quimbi.server.mcp;

import ai.quimbi.core.access.ApiKey.TenantKey;
import io.modelcontextprotocol.json.schema.jackson2.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServer.SingleSessionSyncSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/// MCP over a process's own input and output, one client for the time of the process.
public final class McpOverStdio {
  private McpOverStdio() {}

  /// Answers until the input ends. Only messages of the protocol go to `out`.
  public static void serve(Offers offers, TenantKey key, InputStream in, OutputStream out)
      throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    SingleSessionSyncSpecification server =
        McpServer.sync(
            new StdioServerTransportProvider(McpJson.MAPPER, new Watched(in, ended), out));
    server
        .serverInfo(McpTools.SERVER)
        .capabilities(McpTools.CAPABILITIES)
        .instructions(McpTools.INSTRUCTIONS)
        .jsonMapper(McpJson.MAPPER)
        .jsonSchemaValidator(new DefaultJsonSchemaValidator(McpJson.JSON))
        .validateToolInputs(false);
    for (Offer offer : offers.all()) {
      if (key.may(offer.scope())) {
        server.toolCall(
            McpTools.tool(offer), (exchange, request) -> McpTools.call(offer, key, request));
      }
    }
    McpSyncServer running = server.build();
    ended.await();
    running.closeGracefully();
  }

  /// Tells when the input is over, which the SDK keeps to itself.
  private static final class Watched extends FilterInputStream {
    private final CountDownLatch ended;

    Watched(InputStream in, CountDownLatch ended) {
      super(in);
      this.ended = ended;
    }

    @Override
    public int read() throws IOException {
      return noticed(super.read());
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      return noticed(super.read(buffer, from, length));
    }

    @Override
    public void close() throws IOException {
      ended.countDown();
      super.close();
    }

    private int noticed(int read) {
      if (read < 0) {
        ended.countDown();
      }
      return read;
    }
  }
}
