package ai.quimbi.server.app.imports;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/// The characters of a file as it comes: packed by gzip or not, with or without a byte order mark,
/// UTF-8 unless a mark says UTF-16. A record longer than a million characters ends the reading: it
/// is a quote that is never closed, and would swallow the rest of the file into memory.
final class TextInput extends FilterReader {
  static final int LONGEST_RECORD = 1_000_000;

  private final Counted bytes;
  private final char delimiter;
  private long sinceRecord;

  private TextInput(BufferedReader text, Counted bytes, char delimiter) {
    super(text);
    this.bytes = bytes;
    this.delimiter = delimiter;
  }

  static TextInput of(InputStream in) throws IOException {
    Counted bytes = new Counted(in);
    PushbackInputStream peek = new PushbackInputStream(bytes, 2);
    byte[] magic = peek.readNBytes(2);
    peek.unread(magic);
    boolean isPacked = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
    PushbackInputStream plain =
        new PushbackInputStream(isPacked ? new GZIPInputStream(peek, 1 << 16) : peek, 3);
    BufferedReader text =
        new BufferedReader(new InputStreamReader(plain, charsetAfterMark(plain)), 1 << 16);
    return new TextInput(text, bytes, delimiterOf(text));
  }

  char delimiter() {
    return delimiter;
  }

  /// Bytes taken from the file itself so far.
  long bytesRead() {
    return bytes.count;
  }

  void recordDone() {
    sinceRecord = 0;
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(char[] buffer, int from, int length) throws IOException {
    if (sinceRecord > LONGEST_RECORD) {
      throw new IOException("record too long");
    }
    int read = super.read(buffer, from, length);
    sinceRecord += Math.max(0, read);
    return read;
  }

  private static Charset charsetAfterMark(PushbackInputStream in) throws IOException {
    byte[] mark = in.readNBytes(3);
    int a = mark.length > 0 ? mark[0] & 0xff : 0;
    int b = mark.length > 1 ? mark[1] & 0xff : 0;
    if (a == 0xef && b == 0xbb && mark.length > 2 && (mark[2] & 0xff) == 0xbf) {
      return StandardCharsets.UTF_8;
    }
    if ((a == 0xff && b == 0xfe) || (a == 0xfe && b == 0xff)) {
      in.unread(mark, 2, mark.length - 2);
      return a == 0xff ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    }
    in.unread(mark);
    return StandardCharsets.UTF_8;
  }

  /// The commonest of comma, semicolon, tab and bar in the first line, outside quotes.
  private static char delimiterOf(BufferedReader text) throws IOException {
    String candidates = ",;\t|";
    int[] seen = new int[candidates.length()];
    text.mark(1 << 16);
    boolean isQuoted = false;
    for (int i = 0; i < 1 << 16; i++) {
      int c = text.read();
      if (c < 0 || (!isQuoted && (c == '\n' || c == '\r'))) {
        break;
      }
      isQuoted ^= c == '"';
      int candidate = candidates.indexOf(c);
      if (!isQuoted && candidate >= 0) {
        seen[candidate]++;
      }
    }
    text.reset();
    int best = 0;
    for (int i = 1; i < seen.length; i++) {
      best = seen[i] > seen[best] ? i : best;
    }
    return candidates.charAt(best);
  }

  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      int read = super.read(buffer, from, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
