package ai.quimbi.server.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Server-sent events to one caller; until the first is sent, a refusal can still take its place. A
/// caller that has gone shows in a write that fails.
public final class EventStream {
  private final HttpServletResponse response;
  private final OutputStream out;

  private EventStream(HttpServletResponse response, OutputStream out) {
    this.response = response;
    this.out = out;
  }

  static EventStream begin(HttpServletResponse response) throws IOException {
    response.setStatus(200);
    response.setContentType("text/event-stream; charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    // Proxies must not collect events before they pass them on.
    response.setHeader("X-Accel-Buffering", "no");
    return new EventStream(response, response.getOutputStream());
  }

  /// Sends one event; `data` is written as JSON on one line. From one thread at a time.
  public synchronized void send(String event, Object data) throws IOException {
    out.write(("event: " + event + "\ndata: ").getBytes(StandardCharsets.UTF_8));
    out.write(Wire.bytes(data));
    out.write("\n\n".getBytes(StandardCharsets.UTF_8));
    response.flushBuffer();
  }
}
