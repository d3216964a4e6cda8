package ai.quimbi.core.behaviour;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// How much a customer belongs to each segment of each axis, in whole ten-thousandths, so that
/// every axis adds up to one exactly.
public final class Memberships {
  /// What the shares of one axis add up to.
  public static final int WHOLE = 10_000;

  private final short[] shares;

  private Memberships(short[] shares) {
    this.shares = shares;
  }

  /// The row that starts at `from`: one share for each segment in the order of the axes. Throws
  /// where an axis does not add up to [#WHOLE].
  public static Memberships of(short[] rows, int from) {
    short[] shares = Arrays.copyOfRange(rows, from, from + Axis.SEGMENTS);
    for (Axis axis : Axis.values()) {
      int sum = 0;
      for (int j = 0; j < axis.size(); j++) {
        int share = shares[axis.offset() + j];
        if (share < 0) {
          throw new IllegalArgumentException("a share of " + axis.label() + " is " + share);
        }
        sum += share;
      }
      if (sum != WHOLE) {
        throw new IllegalArgumentException("the shares of " + axis.label() + " add up to " + sum);
      }
    }
    return new Memberships(shares);
  }

  /// The value of [#toBytes].
  public static Memberships ofBytes(byte[] bytes) {
    if (bytes.length != 2 * Axis.SEGMENTS) {
      throw new IllegalArgumentException(
          "memberships are " + 2 * Axis.SEGMENTS + " bytes, got " + bytes.length);
    }
    short[] shares = new short[Axis.SEGMENTS];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (short) ((bytes[2 * i] << 8) | (bytes[2 * i + 1] & 0xff));
    }
    return of(shares, 0);
  }

  /// Two bytes a segment, the high one first, in the order of the axes.
  public byte[] toBytes() {
    byte[] bytes = new byte[2 * shares.length];
    for (int i = 0; i < shares.length; i++) {
      bytes[2 * i] = (byte) (shares[i] >> 8);
      bytes[2 * i + 1] = (byte) shares[i];
    }
    return bytes;
  }

  /// Ten-thousandths of the segment at `index` of the axis.
  public int parts(Axis axis, int index) {
    return shares[axis.offset() + index];
  }

  /// The share of one segment, in [0, 1], with four decimals.
  public double share(Segment segment) {
    return shares[segment.position()] / (double) WHOLE;
  }

  /// The shares of one axis by segment, in the order of the vocabulary.
  public SequencedMap<String, Double> of(Axis axis) {
    SequencedMap<String, Double> row = new LinkedHashMap<>();
    for (int j = 0; j < axis.size(); j++) {
      row.put(axis.segments().get(j), parts(axis, j) / (double) WHOLE);
    }
    return Collections.unmodifiableSequencedMap(row);
  }

  /// The segment with the largest share; among equals the first of the vocabulary.
  public String dominant(Axis axis) {
    return axis.segments().get(dominantIndex(axis));
  }

  int dominantIndex(Axis axis) {
    int best = 0;
    for (int j = 1; j < axis.size(); j++) {
      if (parts(axis, j) > parts(axis, best)) {
        best = j;
      }
    }
    return best;
  }

  /// The share of the dominant segment.
  public double strength(Axis axis) {
    return parts(axis, dominantIndex(axis)) / (double) WHOLE;
  }

  /// Writes the row, one share for each segment in the order of the axes, to `rows` from `to` on.
  public void copyTo(short[] rows, int to) {
    System.arraycopy(shares, 0, rows, to, shares.length);
  }

  void copyMain(short[] rows, int to) {
    System.arraycopy(shares, 0, rows, to, Axis.MAIN_SEGMENTS);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Memberships that && Arrays.equals(shares, that.shares);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(shares);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Axis axis : Axis.values()) {
      text.append(text.isEmpty() ? "" : " ").append(axis.label()).append('=').append(of(axis));
    }
    return text.toString();
  }
}
