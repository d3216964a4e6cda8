package ai.quimbi.server.http;

import org.jspecify.annotations.Nullable;

/// What a route reads from its request.
public sealed interface Body {
  int MEBIBYTE = 1024 * 1024;

  /// The largest body of an ordinary request, inflated.
  int USUAL_MAX_BYTES = MEBIBYTE;

  /// The largest body of an ingestion request, inflated.
  int INGESTION_MAX_BYTES = 10 * MEBIBYTE;

  Body NONE = new None();

  static Body json(String schema) {
    return new Json(schema, USUAL_MAX_BYTES, null, null);
  }

  static Body json(String schema, int maxBytes) {
    return new Json(schema, maxBytes, null, null);
  }

  /// A batch. With `?on_error=continue`, faults inside single elements of the array `rows` do not
  /// refuse the request: they come to the handler as [Call#rowFaults].
  static Body batch(String schema, int maxBytes, String rows) {
    return new Json(schema, maxBytes, rows, null);
  }

  /// With a whole file as the text `file`, which alone may be as long as the body.
  static Body withFile(String schema, int maxBytes, String file) {
    return new Json(schema, maxBytes, null, file);
  }

  /// A body, if one is sent, is ignored.
  record None() implements Body {}

  /// JSON that satisfies `#/components/schemas/{schema}` of `openapi.yaml`, at most `maxBytes` long
  /// after inflating. `rows` names the array of a batch, `file` the member
  /// that holds a file; each is `null` where there is none.
  record Json(String schema, int maxBytes, @Nullable String rows, @Nullable String file)
      implements Body {}
}
