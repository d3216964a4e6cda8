package ai.quimbi.server.http;

import ai.quimbi.server.http.Replies.Earlier;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Gives a request that is sent again, under the same `Idempotency-Key`, the answer of the first.
final class Once {
  private static final String HEADER = "Idempotency-Key";
  private static final int MAX_LENGTH = 255;

  private final Replies replies;

  Once(Replies replies) {
    this.replies = replies;
  }

  /// The request's key, `null` without one; 422 unless it is 1 to 255 visible ASCII characters.
  static @Nullable String keyOf(HttpServletRequest request) {
    String key = request.getHeader(HEADER);
    if (key == null) {
      return null;
    }
    if (key.isEmpty()
        || key.length() > MAX_LENGTH
        || !key.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw ApiError.invalid(
          HEADER, "format", "Idempotency-Key has 1 to 255 visible ASCII characters.");
    }
    return key;
  }

  Answer answer(Call call, String key, HttpServletRequest request, byte[] bytes, Handler handler)
      throws Exception {
    String tenant = call.tenantId();
    return switch (replies.claim(tenant, key, fingerprint(request, bytes))) {
      case Earlier.Answered answered ->
          Answer.ok(answered.json()).with("Idempotency-Replayed", "true");
      case Earlier.InProgress _ ->
          throw ApiError.of(
                  ErrorCode.IDEMPOTENCY_IN_PROGRESS,
                  "A request with this Idempotency-Key is still being worked on.")
              .retryAfter(Duration.ofSeconds(1));
      case Earlier.Different _ ->
          throw ApiError.of(
              ErrorCode.IDEMPOTENCY_MISMATCH,
              "This Idempotency-Key was used for a different request.");
      case Earlier.None _ -> first(tenant, key, call, handler);
    };
  }

  private Answer first(String tenant, String key, Call call, Handler handler) throws Exception {
    boolean kept = false;
    try {
      Answer answer = handler.handle(call);
      byte[] json = Wire.bytes(answer.body());
      replies.keep(tenant, key, json);
      kept = true;
      return new Answer(answer.status(), json, answer.contentType(), answer.headers());
    } finally {
      if (!kept) {
        replies.release(tenant, key);
      }
    }
  }

  private static byte[] fingerprint(HttpServletRequest request, byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String line =
          request.getMethod() + " " + request.getRequestURI() + "?" + request.getQueryString();
      digest.update(line.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) '\n');
      return digest.digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
