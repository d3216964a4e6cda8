package ai.quimbi.server.api;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/// Ids of jobs that nobody can guess, and that tell when the job was wished for: what is left of a
/// forgotten job can be told from what belongs to one that is just being made.
final class JobIds {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final HexFormat HEX = HexFormat.of();
  private static final int LENGTH = 1 + 16 + 24;

  private JobIds() {}

  static String fresh(Instant now) {
    byte[] random = new byte[12];
    RANDOM.nextBytes(random);
    return "L" + HEX.toHexDigits(now.getEpochSecond()) + HEX.formatHex(random);
  }

  /// Whether the id is one of ours and older than that.
  static boolean isOlder(String id, Duration age, Instant now) {
    if (id.length() != LENGTH || !id.substring(1).matches("[0-9a-f]+")) {
      return false;
    }
    Instant made = Instant.ofEpochSecond(HexFormat.fromHexDigitsToLong(id, 1, 17));
    return made.isBefore(now.minus(age));
  }
}
