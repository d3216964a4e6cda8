package ai.quimbi.server.http;

import ai.quimbi.core.access.ApiKey;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Enumeration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Finds out which key a request carries. Wrong keys are counted per client address and minute;
/// past the limit they are answered 429, while right keys from
/// the same address (an office behind one router) go on working.
final class Authentication {
  private static final int MAX_KEY_LENGTH = 200;

  private final KeyLookup keys;
  private final ClientAddresses addresses;
  private final int failuresPerMinute;
  private final InstantSource clock;
  private final Cache<Failures, AtomicInteger> failures =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofMinutes(2)).build();

  Authentication(KeyLookup keys, DoorSettings settings, InstantSource clock) {
    this.keys = keys;
    this.addresses = new ClientAddresses(settings.trustedProxies());
    this.failuresPerMinute = settings.failedKeysPerMinute();
    this.clock = clock;
  }

  /// The request's key; refuses with 401, or 429 after too many wrong ones.
  ApiKey keyOf(HttpServletRequest request) {
    String secret = request.getHeader("X-API-Key");
    Instant now = clock.instant();
    ApiKey key = secret == null ? null : lookUp(secret);
    if (key != null && !key.isExpiredAt(now)) {
      return key;
    }
    String address = addresses.of(request.getRemoteAddr(), forwardedFor(request));
    throw failure(address, now);
  }

  /// All lines of the header: a proxy may add its own below one that the caller forged.
  private static @Nullable String forwardedFor(HttpServletRequest request) {
    Enumeration<String> lines = request.getHeaders("X-Forwarded-For");
    return lines.hasMoreElements() ? String.join(",", Collections.list(lines)) : null;
  }

  private @Nullable ApiKey lookUp(String secret) {
    if (secret.isEmpty() || secret.length() > MAX_KEY_LENGTH) {
      return null;
    }
    return keys.bySecretHash(sha256(secret));
  }

  private ApiError failure(String address, Instant now) {
    long minute = now.getEpochSecond() / 60;
    int count =
        failures.get(new Failures(address, minute), any -> new AtomicInteger()).incrementAndGet();
    if (count > failuresPerMinute) {
      long wait = (minute + 1) * 60 - now.getEpochSecond();
      return ApiError.of(
              ErrorCode.RATE_LIMIT_EXCEEDED,
              "Too many requests with a missing or wrong key. Retry after " + wait + " seconds.")
          .retryAfter(Duration.ofSeconds(wait));
    }
    return ApiError.of(
            ErrorCode.INVALID_API_KEY,
            "The API key is missing or invalid. Send it in the header X-API-Key.")
        .withHeader("WWW-Authenticate", "ApiKey header=\"X-API-Key\"");
  }

  static byte[] sha256(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private record Failures(String address, long minute) {}
}
