package ai.quimbi.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a handler gives back. `body` is a record, a map or a JSON tree (written by [Wire]), bytes
/// that are ready to be sent, or a [Streamed] that writes them as it goes.
public record Answer(int status, Object body, String contentType, Map<String, String> headers) {
  static final String JSON = "application/json";

  public Answer {
    headers = Map.copyOf(headers);
  }

  /// 200 with JSON.
  public static Answer ok(Object body) {
    return new Answer(200, body, JSON, Map.of());
  }

  /// 200 with JSON that was written before.
  public static Answer written(byte[] json) {
    return new Answer(200, json, JSON, Map.of());
  }

  /// 200 with bytes of another type.
  public static Answer bytes(byte[] body, String contentType) {
    return new Answer(200, body, contentType, Map.of());
  }

  /// Writes an answer that need not fit into memory. What fails after the first bytes cannot become
  /// an error any more: the connection breaks off.
  @FunctionalInterface
  public interface Streamed {
    void writeTo(OutputStream out) throws IOException;
  }

  /// 200 with bytes that are written as they are made.
  public static Answer stream(String contentType, Streamed body) {
    return new Answer(200, body, contentType, Map.of());
  }

  /// The caller, and nobody between, may keep the answer so long. Without this, nobody may.
  public Answer privatelyFor(Duration age) {
    return with("Cache-Control", "private, max-age=" + age.toSeconds());
  }

  public Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, body, contentType, more);
  }
}
