package ai.quimbi.server.store.embedded;

import ai.quimbi.server.store.PrivateFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/// The passwords of the embedded database's two roles: `op` does everything, `backup` copies. The
/// superuser has none that anyone knows and may not log in.
record Passwords(String op, String backup) {
  private static final SecureRandom RANDOM = new SecureRandom();

  /// Read from `file`, which is written on the first call and readable by its owner only.
  static Passwords in(Path file) throws IOException {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
    } else {
      properties.setProperty("op", random());
      properties.setProperty("backup", random());
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      properties.store(bytes, "Passwords of the embedded database. Keep with the folder.");
      PrivateFile.write(file, bytes.toByteArray());
    }
    String op = properties.getProperty("op");
    String backup = properties.getProperty("backup");
    if (op == null || backup == null) {
      throw new CannotStart(file + " has lost its passwords; restore it from a backup.");
    }
    return new Passwords(op, backup);
  }

  static String random() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
