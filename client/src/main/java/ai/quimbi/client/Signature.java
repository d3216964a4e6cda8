package ai.quimbi.client;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA256 over a request, in the two ways the copilot's tools accept. Both are lower-case hex;
/// times are Unix milliseconds.
///
/// - v1: `{timestamp}.{client}.{body}`. Neither method nor path is signed.
/// - v2: seven lines without a final line feed:
///   `method`, `path` (as sent, percent-encoded), `query` (as sent, without `?`, empty when there
///   is none), `keyId`, `timestamp`, `nonce`, and the lower-case hex SHA-256 of the body. Sent as
///   `X-Signature: v2=…` with `X-Client` (the key id), `X-Timestamp` and `X-Nonce`.
public enum Signature {
  V1,
  V2;

  public static String v1(String secret, long timestampMillis, String client, byte[] body) {
    ByteArrayOutputStream signed = new ByteArrayOutputStream();
    signed.writeBytes((timestampMillis + "." + client + ".").getBytes(StandardCharsets.UTF_8));
    signed.writeBytes(body);
    return hmac(secret, signed.toByteArray());
  }

  public static String v2(String secret, String canonical) {
    return hmac(secret, canonical.getBytes(StandardCharsets.UTF_8));
  }

  /// The text that v2 signs.
  public static String canonical(
      String method,
      String path,
      String query,
      String keyId,
      long timestampMillis,
      String nonce,
      byte[] body) {
    return String.join(
        "\n",
        method,
        path,
        query,
        keyId,
        Long.toString(timestampMillis),
        nonce,
        HexFormat.of().formatHex(sha256(body)));
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }

  private static String hmac(String secret, byte[] signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(signed));
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java has HmacSHA256", missing);
    }
  }

  /// A copilot client that signs what it sends.
  record Signed(String client, String secret, Signature version, Clock clock)
      implements Credentials {
    private static final SecureRandom CHANCE = new SecureRandom();

    Signed {
      Arguments.headerValue("client", client);
      Arguments.text("secret", secret);
    }

    @Override
    public Map<String, String> headers(String method, URI uri, byte[] body) {
      long now = clock.millis();
      if (version == V1) {
        return Map.of(
            "X-Client", client,
            "X-Timestamp", Long.toString(now),
            "X-Signature", v1(secret, now, client, body));
      }
      byte[] random = new byte[16];
      CHANCE.nextBytes(random);
      String nonce = HexFormat.of().formatHex(random);
      String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
      String canonical = canonical(method, uri.getRawPath(), query, client, now, nonce, body);
      return Map.of(
          "X-Client",
          client,
          "X-Timestamp",
          Long.toString(now),
          "X-Nonce",
          nonce,
          "X-Signature",
          "v2=" + v2(secret, canonical));
    }

    /// Logs and debuggers print records; a secret must not be among what they print.
    @Override
    public String toString() {
      return "Signed[client=" + client + ", version=" + version + "]";
    }
  }
}
