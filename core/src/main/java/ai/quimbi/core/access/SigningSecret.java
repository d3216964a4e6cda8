package ai.quimbi.core.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// One secret of a client, ready to sign. Preparing the key costs as much as hashing a small body,
/// so prepared Macs are kept: a Mac that gave its result is ready for the next.
public final class SigningSecret {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int MOST_KEPT = 64;

  private final SecretKeySpec key;
  private final ArrayBlockingQueue<Mac> prepared = new ArrayBlockingQueue<>(MOST_KEPT);

  private SigningSecret(SecretKeySpec key) {
    this.key = key;
  }

  /// The secret's UTF-8 bytes are the key.
  public static SigningSecret of(String secret) {
    if (secret.isEmpty()) {
      throw new IllegalArgumentException("a signing secret has at least one character");
    }
    return new SigningSecret(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
  }

  /// Lower-case hex HMAC-SHA256 over the parts, one after the other.
  public String sign(byte[]... parts) {
    return HexFormat.of().formatHex(hmac(parts));
  }

  /// The bytes of [#sign].
  byte[] hmac(byte[]... parts) {
    Mac mac = prepared.poll();
    if (mac == null) {
      mac = prepare();
    }
    for (byte[] part : parts) {
      mac.update(part);
    }
    byte[] result = mac.doFinal();
    // Where enough are kept, this one is let go.
    boolean _ = prepared.offer(mac);
    return result;
  }

  private Mac prepare() {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /// A secret must not be among what logs and debuggers print.
  @Override
  public String toString() {
    return "SigningSecret[hidden]";
  }
}
