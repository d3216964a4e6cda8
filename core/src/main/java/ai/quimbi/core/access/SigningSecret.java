package ai.quimbi.core.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// One secret of a client, ready to sign. Preparing the key costs as much as hashing a small body,
/// so it is done once; every signature starts from a copy.
public final class SigningSecret {
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac prepared;

  private SigningSecret(Mac prepared) {
    this.prepared = prepared;
  }

  /// The secret's UTF-8 bytes are the key.
  public static SigningSecret of(String secret) {
    if (secret.isEmpty()) {
      throw new IllegalArgumentException("a signing secret has at least one character");
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return new SigningSecret(mac);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /// Lower-case hex HMAC-SHA256 over the parts, one after the other.
  public String sign(byte[]... parts) {
    Mac mac;
    try {
      mac = (Mac) prepared.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's " + ALGORITHM + " can be copied", e);
    }
    Arrays.stream(parts).forEach(mac::update);
    return HexFormat.of().formatHex(mac.doFinal());
  }

  /// A secret must not be among what logs and debuggers print.
  @Override
  public String toString() {
    return "SigningSecret[hidden]";
  }
}
