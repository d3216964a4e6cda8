package ai.quimbi.server.http;

import ai.quimbi.server.http.Limits.Verdict;
import ai.quimbi.server.http.Limits.Window;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/// Tells a caller how much it has left: the document's trio for the tightest window, and
/// draft-ietf-httpapi-ratelimit-headers for both.
final class LimitHeaders {
  private LimitHeaders() {}

  static void write(Verdict verdict, long nowEpochSecond, HttpServletResponse response) {
    Window tight = verdict.tightest();
    Window minute = verdict.minute();
    Window hour = verdict.hour();
    response.setHeader("X-RateLimit-Limit", Integer.toString(tight.limit()));
    response.setHeader("X-RateLimit-Remaining", Long.toString(tight.remaining()));
    response.setHeader("X-RateLimit-Reset", Long.toString(tight.resetsAtEpochSecond()));
    response.setHeader("RateLimit-Policy", policy(minute) + ", " + policy(hour));
    response.setHeader(
        "RateLimit", left(minute, nowEpochSecond) + ", " + left(hour, nowEpochSecond));
  }

  /// The refusal, with the time after which a request has room again.
  static ApiError refusal(Verdict.Refused refused, long nowEpochSecond) {
    long wait = 1;
    for (Window window : new Window[] {refused.minute(), refused.hour()}) {
      if (window.remaining() == 0) {
        wait = Math.max(wait, window.secondsLeft(nowEpochSecond));
      }
    }
    return ApiError.of(
            ErrorCode.RATE_LIMIT_EXCEEDED, "Rate limit exceeded. Retry after " + wait + " seconds.")
        .retryAfter(Duration.ofSeconds(wait));
  }

  private static String policy(Window window) {
    return "\"" + window.name() + "\";q=" + window.limit() + ";w=" + window.lengthSeconds();
  }

  private static String left(Window window, long now) {
    return "\"" + window.name() + "\";r=" + window.remaining() + ";t=" + window.secondsLeft(now);
  }
}
