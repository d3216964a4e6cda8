package ai.quimbi.server.http;

import java.util.LinkedHashMap;
import java.util.Map;

/// The one form of every error: `{"error": {"code", "message", "details": {…, "request_id",
/// "doc_url"}}}`.
final class Envelope {
  private Envelope() {}

  static byte[] bytes(ApiError error, String requestId) {
    Map<String, Object> details = new LinkedHashMap<>(error.details());
    details.put("request_id", requestId);
    details.put("doc_url", "/docs/errors#" + error.code().name());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("code", error.code().name());
    body.put("message", error.sentence());
    body.put("details", details);
    return Wire.bytes(Map.of("error", body));
  }
}
