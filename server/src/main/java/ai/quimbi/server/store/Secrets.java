package ai.quimbi.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Encrypts what must be readable again: AES-256-GCM, bound to a purpose, so that a sealed value
/// moved to another row does not open. Seals with the first key, opens with any of them; each
/// sealed value names its key.
///
/// Layout: version 1, four bytes of the key's SHA-256, a nonce of 12 bytes, the ciphertext.
public final class Secrets {
  private static final byte VERSION = 1;
  private static final int KEY_BYTES = 32;
  private static final int KEY_NAME_BYTES = 4;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final List<byte[]> keys;

  private Secrets(List<byte[]> keys) {
    this.keys = List.copyOf(keys);
  }

  /// Under the key of the environment (32 bytes in base64), or where that is `null` or empty under
  /// the folder's `secret.key`, which is made when it is not there.
  public static Secrets of(@Nullable String base64Key, Path folder) {
    return base64Key == null || base64Key.isBlank() ? inFolder(folder) : ofKey(base64Key);
  }

  public static Secrets ofKey(String base64Key) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64Key.strip());
    } catch (IllegalArgumentException e) {
      key = new byte[0];
    }
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "QUIMBI_SECRET_KEY must be 32 bytes in base64; make one with: openssl rand -base64 32");
    }
    return new Secrets(List.of(key));
  }

  public static Secrets inFolder(Path folder) {
    Path file = keyFile(folder);
    List<byte[]> keys = new ArrayList<>();
    try {
      Path next = nextKeyFile(folder);
      if (Files.exists(next)) {
        keys.add(readKey(next)); // a rotation was cut short: both keys are in use
      }
      if (!Files.exists(file)) {
        PrivateFile.write(file, Base64.getEncoder().encode(randomKey()));
      }
      keys.add(readKey(file));
      return new Secrets(keys);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /// Makes the folder's next key, written beside the present one before anything is sealed with it.
  /// Ends with [#finishRotation] when nothing is sealed with the old key any more.
  public static Secrets beginRotation(Path folder) {
    Path next = nextKeyFile(folder);
    if (!Files.exists(next)) {
      PrivateFile.write(next, Base64.getEncoder().encode(randomKey()));
    }
    return inFolder(folder);
  }

  public static void finishRotation(Path folder) {
    if (Files.exists(nextKeyFile(folder))) {
      PrivateFile.replace(nextKeyFile(folder), keyFile(folder));
    }
  }

  /// Seals with this one's key and also opens what `older` sealed.
  public Secrets alsoOpening(Secrets older) {
    List<byte[]> both = new ArrayList<>(keys);
    both.addAll(older.keys);
    return new Secrets(both);
  }

  public byte[] seal(String purpose, String plain) {
    byte[] key = keys.getFirst();
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, key, nonce, purpose)
              .doFinal(plain.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.allocate(1 + KEY_NAME_BYTES + NONCE_BYTES + sealed.length)
          .put(VERSION)
          .put(nameOf(key))
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot encrypt " + purpose, e);
    }
  }

  /// Throws [CannotOpen] when the key that sealed it is not ours, or when it was tampered with.
  public String open(String purpose, byte[] sealed) {
    if (sealed.length < 1 + KEY_NAME_BYTES + NONCE_BYTES || sealed[0] != VERSION) {
      throw new CannotOpen(purpose);
    }
    ByteBuffer in = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
    byte[] name = new byte[KEY_NAME_BYTES];
    byte[] nonce = new byte[NONCE_BYTES];
    in.get(name).get(nonce);
    byte[] body = new byte[in.remaining()];
    in.get(body);
    for (byte[] key : keys) {
      if (Arrays.equals(nameOf(key), name)) {
        try {
          byte[] plain = cipher(Cipher.DECRYPT_MODE, key, nonce, purpose).doFinal(body);
          return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
          throw new CannotOpen(purpose);
        }
      }
    }
    throw new CannotOpen(purpose);
  }

  /// The secret is there and cannot be read with the key we were given.
  public static final class CannotOpen extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotOpen(String purpose) {
      super(
          "the stored secret '"
              + purpose
              + "' was encrypted under another key. Start with the QUIMBI_SECRET_KEY, or the"
              + " secret.key file, that was in use when it was stored.");
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, String purpose)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] nameOf(byte[] key) {
    return Arrays.copyOf(sha256(key), KEY_NAME_BYTES);
  }

  private static byte[] randomKey() {
    byte[] key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    return key;
  }

  private static byte[] readKey(Path file) throws IOException {
    return ofKey(Files.readString(file)).keys.getFirst();
  }

  private static Path keyFile(Path folder) {
    return folder.resolve("secret.key");
  }

  private static Path nextKeyFile(Path folder) {
    return folder.resolve("secret.key.next");
  }
}
