package ai.quimbi.server.http;

/// What a route reads from its request.
public sealed interface Body {
  int MEBIBYTE = 1024 * 1024;

  /// The largest body of an ordinary request, inflated.
  int USUAL_MAX_BYTES = MEBIBYTE;

  /// The largest body of an ingestion request, inflated.
  int INGESTION_MAX_BYTES = 10 * MEBIBYTE;

  Body NONE = new None();

  static Body json(String schema) {
    return new Json(schema, USUAL_MAX_BYTES);
  }

  static Body json(String schema, int maxBytes) {
    return new Json(schema, maxBytes);
  }

  /// A body, if one is sent, is ignored.
  record None() implements Body {}

  /// JSON that satisfies `#/components/schemas/{schema}` of `openapi.yaml`, at most `maxBytes` long
  /// after inflating.
  record Json(String schema, int maxBytes) implements Body {}
}
