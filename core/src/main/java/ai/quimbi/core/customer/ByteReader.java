package ai.quimbi.core.customer;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads what [ByteWriter] wrote and throws `IllegalArgumentException` on anything else.
final class ByteReader {
  private final byte[] bytes;
  private int at;

  ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  int octet() {
    if (at >= bytes.length) {
      throw new IllegalArgumentException("the bytes end early, at " + at);
    }
    return bytes[at++] & 0xFF;
  }

  long count() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int octet = octet();
      value |= (long) (octet & 0x7F) << shift;
      if (octet < 0x80) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number has more than 64 bits, at " + at);
  }

  /// A count of things that take at least one byte each, so that damaged bytes never ask for more
  /// memory than they could fill.
  int size() {
    long size = count();
    if (size < 0 || size > bytes.length - at) {
      throw new IllegalArgumentException("the bytes end early, at " + at);
    }
    return (int) size;
  }

  long signed() {
    long folded = count();
    return (folded >>> 1) ^ -(folded & 1);
  }

  byte[] raw() {
    int length = size();
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  String text() {
    int length = size();
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }

  @Nullable String textOrNothing() {
    return octet() == 0 ? null : text();
  }

  BigDecimal decimal() {
    int scale = Math.toIntExact(signed());
    BigDecimal value = new BigDecimal(new BigInteger(raw()), scale);
    return scale < 0 ? value.setScale(0) : value;
  }

  @Nullable BigDecimal decimalOrNothing() {
    return octet() == 0 ? null : decimal();
  }

  Instant instant() {
    return Instant.ofEpochSecond(signed(), count());
  }

  @Nullable Instant instantOrNothing() {
    return octet() == 0 ? null : instant();
  }

  void end() {
    if (at != bytes.length) {
      throw new IllegalArgumentException((bytes.length - at) + " bytes too many");
    }
  }
}
