package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Quimbi refused the call and said why, in its error envelope.
public final class ApiException extends QuimbiException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient JsonNode details;
  private final String requestId;
  private final @Nullable Duration retryAfter;

  ApiException(
      int status,
      String code,
      String message,
      JsonNode details,
      String requestId,
      @Nullable Duration retryAfter) {
    super(
        code
            + " ("
            + status
            + "): "
            + message
            + (requestId.isEmpty() ? "" : " [" + requestId + "]"),
        null);
    this.status = status;
    this.code = code;
    this.details = details;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }

  /// The HTTP status, 400 to 599; 200 for a copilot tool that answered `ok: false`.
  public int status() {
    return status;
  }

  /// The contract's code, for example `CUSTOMER_NOT_FOUND`.
  public String code() {
    return code;
  }

  /// What the envelope's `details` hold; a missing node when there are none.
  public JsonNode details() {
    return details;
  }

  /// What to quote to support; empty when the answer carried none.
  public String requestId() {
    return requestId;
  }

  /// How long the server asks to wait, from `Retry-After`.
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
