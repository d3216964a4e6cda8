package ai.quimbi.server.http;

/// Every error a caller of the platform can meet, with its status: the table of the API's document,
/// what the contract adds to it, and what belongs to administration and to HTTP itself.
public enum ErrorCode {
  INVALID_API_KEY(401),
  INSUFFICIENT_PERMISSIONS(403),
  CUSTOMER_NOT_FOUND(404),
  ENDPOINT_NOT_FOUND(404),
  VALIDATION_ERROR(422),
  RATE_LIMIT_EXCEEDED(429),
  INTERNAL_ERROR(500),
  SERVICE_UNAVAILABLE(503),

  METHOD_NOT_ALLOWED(405),
  PAYLOAD_TOO_LARGE(413),
  UNSUPPORTED_MEDIA_TYPE(415),
  IDEMPOTENCY_IN_PROGRESS(409),
  IDEMPOTENCY_MISMATCH(422),
  BENCHMARK_UNAVAILABLE(404),

  TENANT_NOT_FOUND(404),
  TENANT_EXISTS(409),
  TENANT_BUSY(409),
  KEY_NOT_FOUND(404),
  KEY_LIMIT_REACHED(409),
  JOB_NOT_FOUND(404),
  JOB_NOT_DONE(409),
  SEGMENT_NOT_FOUND(404),

  BAD_REQUEST(400),
  REQUEST_TIMEOUT(408),
  URI_TOO_LONG(414),
  HEADERS_TOO_LARGE(431);

  private final int status;

  ErrorCode(int status) {
    this.status = status;
  }

  public int status() {
    return status;
  }
}
