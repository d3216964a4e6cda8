package ai.quimbi.server.http;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A refusal as the caller sees it: a code of the table, one plain sentence and details. It has no
/// stack trace, because it is an answer and not an accident.
public final class ApiError extends RuntimeException {
  /// More faults than this are counted, not listed.
  public static final int MAX_LISTED_FAULTS = 1000;

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String sentence;
  private final transient Map<String, Object> details;
  private final transient Map<String, String> headers;

  private ApiError(
      ErrorCode code, String sentence, Map<String, Object> details, Map<String, String> headers) {
    super(sentence, null, false, false);
    this.code = code;
    this.sentence = sentence;
    this.details = details;
    this.headers = headers;
  }

  public static ApiError of(ErrorCode code, String message) {
    return new ApiError(code, message, Map.of(), Map.of());
  }

  public static ApiError of(ErrorCode code, String message, Map<String, ?> details) {
    return new ApiError(code, message, new LinkedHashMap<>(details), Map.of());
  }

  /// 422 with every fault that was found, in the order of the list.
  public static ApiError invalid(Collection<Fault> faults) {
    List<Fault> all = List.copyOf(faults);
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("errors", all.size() > MAX_LISTED_FAULTS ? all.subList(0, MAX_LISTED_FAULTS) : all);
    if (all.size() > MAX_LISTED_FAULTS) {
      details.put("error_count", all.size());
    }
    String message =
        all.size() == 1
            ? "The request is not valid: " + all.getFirst().message()
            : "The request is not valid: " + all.size() + " faults, listed in details.errors.";
    return new ApiError(ErrorCode.VALIDATION_ERROR, message, details, Map.of());
  }

  /// 422 with one fault.
  public static ApiError invalid(String path, String code, String message) {
    return invalid(List.of(new Fault(path, code, message)));
  }

  /// 503 for an overload or an outage that passes.
  public static ApiError unavailable(String message, Duration retryAfter) {
    return of(ErrorCode.SERVICE_UNAVAILABLE, message).retryAfter(retryAfter);
  }

  /// The same refusal with `Retry-After`, in whole seconds, at least one.
  public ApiError retryAfter(Duration wait) {
    long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    return withDetail("retry_after_seconds", seconds)
        .withHeader("Retry-After", Long.toString(seconds));
  }

  public ApiError withDetail(String name, @Nullable Object value) {
    Map<String, Object> more = new LinkedHashMap<>(details);
    if (value != null) {
      more.put(name, value);
    }
    return new ApiError(code, sentence, more, headers);
  }

  public ApiError withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ApiError(code, sentence, details, more);
  }

  public ErrorCode code() {
    return code;
  }

  /// The sentence for people.
  public String sentence() {
    return sentence;
  }

  public Map<String, Object> details() {
    return details;
  }

  public Map<String, String> headers() {
    return headers;
  }
}
