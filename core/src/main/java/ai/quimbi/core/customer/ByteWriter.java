package ai.quimbi.core.customer;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes values as bytes in one way only, so that equal values are equal bytes. Numbers take seven
/// bits a byte, low bits first; signed ones are folded so that small ones stay short.
final class ByteWriter {
  private byte[] bytes = new byte[256];
  private int size;

  ByteWriter octet(int value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, size * 2);
    }
    bytes[size++] = (byte) value;
    return this;
  }

  /// A number that is read as unsigned.
  ByteWriter count(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      octet((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    return octet((int) rest);
  }

  ByteWriter signed(long value) {
    return count((value << 1) ^ (value >> 63));
  }

  ByteWriter raw(byte[] value) {
    count(value.length);
    if (size + value.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + value.length));
    }
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  ByteWriter text(String value) {
    return raw(value.getBytes(StandardCharsets.UTF_8));
  }

  ByteWriter textOrNothing(@Nullable String value) {
    return value == null ? octet(0) : octet(1).text(value);
  }

  /// Equal numbers are equal bytes: 892.50 is written as 892.5.
  ByteWriter decimal(BigDecimal value) {
    BigDecimal plain = value.stripTrailingZeros();
    return signed(plain.scale()).raw(plain.unscaledValue().toByteArray());
  }

  ByteWriter decimalOrNothing(@Nullable BigDecimal value) {
    return value == null ? octet(0) : octet(1).decimal(value);
  }

  ByteWriter instant(Instant value) {
    return signed(value.getEpochSecond()).count(value.getNano());
  }

  ByteWriter instantOrNothing(@Nullable Instant value) {
    return value == null ? octet(0) : octet(1).instant(value);
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
