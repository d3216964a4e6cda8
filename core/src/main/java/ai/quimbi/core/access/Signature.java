package ai.quimbi.core.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a copilot's client proves who it is: HMAC-SHA256 over its request, lower-case hex, with a
/// time in Unix milliseconds that may differ from the server's by [#WINDOW_MILLIS].
///
/// - v1: `{timestamp}.{client}.{body}` over the raw bytes of the body. Neither method nor path is
///   signed and nothing is used up: the same signature may come again within the window.
/// - v2: seven lines without a final line feed: `method`, `path` as sent, `query` as sent without
///   `?`, key id, timestamp, nonce, lower-case hex SHA-256 of the body; sent as `v2=…`. Its nonce
///   may be used once, which the caller sees to after the signature was found right.
public final class Signature {
  /// Five minutes to either side; both ends are still inside.
  public static final long WINDOW_MILLIS = 300_000;

  private static final String V2_PREFIX = "v2=";
  private static final int MOST_DIGITS = 15;
  private static final int HMAC_BYTES = 32;
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{16,64}");

  private Signature() {}

  /// A request as far as it is signed; the headers as they came, `null` where they were not sent.
  @SuppressWarnings("ArrayRecordComponent") // never compared; the raw bytes are what is signed
  public record Signed(
      String method,
      String path,
      String query,
      @Nullable String client,
      @Nullable String timestamp,
      @Nullable String nonce,
      @Nullable String signature,
      byte[] body) {}

  /// What a check found.
  public sealed interface Verdict {
    /// Right. `nonce` must be new for this client, where it is not `null` (v2).
    record Accepted(@Nullable String nonce) implements Verdict {}

    record Refused(Reason reason) implements Verdict {}
  }

  /// Why a request was refused. For the audit log; outward all are one message.
  public enum Reason {
    HEADER_MISSING,
    TIMESTAMP_MALFORMED,
    TIMESTAMP_OUTSIDE_WINDOW,
    NONCE_MALFORMED,
    VERSION_TOO_LOW,
    SIGNATURE_WRONG
  }

  /// Checks a request against the client's live secrets. `v2Required` refuses v1.
  public static Verdict check(
      Signed request, List<SigningSecret> secrets, boolean v2Required, long nowMillis) {
    String client = request.client();
    String timestamp = request.timestamp();
    String signature = request.signature();
    if (client == null || timestamp == null || signature == null) {
      return new Verdict.Refused(Reason.HEADER_MISSING);
    }
    if (!isMillis(timestamp)) {
      return new Verdict.Refused(Reason.TIMESTAMP_MALFORMED);
    }
    if (Math.abs(nowMillis - Long.parseLong(timestamp)) > WINDOW_MILLIS) {
      return new Verdict.Refused(Reason.TIMESTAMP_OUTSIDE_WINDOW);
    }
    boolean isV2 = signature.startsWith(V2_PREFIX);
    if (!isV2) {
      return v2Required
          ? new Verdict.Refused(Reason.VERSION_TOO_LOW)
          : verdict(secrets, signature, null, v1Head(timestamp, client), request.body());
    }
    String nonce = request.nonce();
    if (nonce == null || !NONCE.matcher(nonce).matches()) {
      return new Verdict.Refused(Reason.NONCE_MALFORMED);
    }
    String canonical =
        canonical(
            request.method(),
            request.path(),
            request.query(),
            client,
            timestamp,
            nonce,
            request.body());
    return verdict(
        secrets, signature.substring(V2_PREFIX.length()), nonce, utf8(canonical), new byte[0]);
  }

  /// The value of `X-Signature` in v1.
  public static String v1(SigningSecret secret, String timestamp, String client, byte[] body) {
    return secret.sign(v1Head(timestamp, client), body);
  }

  /// The value of `X-Signature` in v2, with its prefix.
  public static String v2(SigningSecret secret, String canonical) {
    return V2_PREFIX + secret.sign(utf8(canonical));
  }

  /// The text that v2 signs.
  public static String canonical(
      String method,
      String path,
      String query,
      String keyId,
      String timestamp,
      String nonce,
      byte[] body) {
    return String.join(
        "\n", method, path, query, keyId, timestamp, nonce, HexFormat.of().formatHex(sha256(body)));
  }

  private static Verdict verdict(
      List<SigningSecret> secrets,
      String signature,
      @Nullable String nonce,
      byte[] head,
      byte[] body) {
    byte[] sent = decoded(signature);
    if (sent.length == HMAC_BYTES) {
      for (SigningSecret secret : secrets) {
        // Constant in time over the bytes; that a second secret is tried tells nothing of either.
        if (MessageDigest.isEqual(secret.hmac(head, body), sent)) {
          return new Verdict.Accepted(nonce);
        }
      }
    }
    return new Verdict.Refused(Reason.SIGNATURE_WRONG);
  }

  /// The bytes of lower-case hex; none for anything else. It looks at what the caller sent only, so
  /// its time tells nothing.
  private static byte[] decoded(String hex) {
    if (hex.length() != 2 * HMAC_BYTES) {
      return new byte[0];
    }
    byte[] bytes = new byte[HMAC_BYTES];
    for (int i = 0; i < HMAC_BYTES; i++) {
      int high = digit(hex.charAt(2 * i));
      int low = digit(hex.charAt(2 * i + 1));
      if (high < 0 || low < 0) {
        return new byte[0];
      }
      bytes[i] = (byte) (high * 16 + low);
    }
    return bytes;
  }

  private static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }

  private static boolean isMillis(String text) {
    if (text.isEmpty() || text.length() > MOST_DIGITS) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static byte[] v1Head(String timestamp, String client) {
    return utf8(timestamp + '.' + client + '.');
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
