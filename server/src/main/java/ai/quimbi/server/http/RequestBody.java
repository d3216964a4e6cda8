package ai.quimbi.server.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Reads a request's body within its limit: first what the headers say (413, 415), then the bytes,
/// inflated. A bomb of gzip is stopped at the limit, whatever it would have become.
final class RequestBody {
  private static final long SLOWEST_BYTES_PER_SECOND = 1000;
  private static final long GRACE_SECONDS = 3;
  private static final long MAX_DRAINED_BYTES = 32L * Body.MEBIBYTE;
  private static final long MAX_DRAIN_NANOS = 5_000_000_000L;

  private RequestBody() {}

  static byte[] read(HttpServletRequest request, int maxBytes) throws IOException {
    if (request.getContentLengthLong() > maxBytes) {
      throw tooLarge(maxBytes);
    }
    requireJson(request.getContentType());
    String encoding = request.getHeader("Content-Encoding");
    boolean packed = encoding != null && encoding.strip().equalsIgnoreCase("gzip");
    if (encoding != null && !packed && !encoding.strip().equalsIgnoreCase("identity")) {
      throw ApiError.of(
              ErrorCode.UNSUPPORTED_MEDIA_TYPE,
              "Content-Encoding may be gzip or absent; this one is not understood.")
          .withHeader("Accept-Encoding", "gzip");
    }
    byte[] received = received(request, maxBytes);
    return packed ? inflated(received, maxBytes) : received;
  }

  /// The bytes as they were sent, whatever they are: what a signature is over.
  static byte[] raw(HttpServletRequest request, int maxBytes) throws IOException {
    if (request.getContentLengthLong() > maxBytes) {
      throw tooLarge(maxBytes);
    }
    return received(request, maxBytes);
  }

  /// The bytes as they came. One read waits at most as long as a connection may be silent, so
  /// somebody who sends a byte now and then is caught here.
  private static byte[] received(HttpServletRequest request, int maxBytes) throws IOException {
    InputStream in = request.getInputStream();
    int announced = (int) request.getContentLengthLong();
    byte[] bytes = new byte[announced < 0 ? 8192 : announced + 1];
    long start = System.nanoTime();
    int length = 0;
    while (true) {
      int read = read(in, bytes, length);
      if (read < 0) {
        return Arrays.copyOf(bytes, length);
      }
      length += read;
      if (length > maxBytes) {
        throw tooLarge(maxBytes);
      }
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(maxBytes + 1L, bytes.length * 2L));
      }
      long seconds = (System.nanoTime() - start) / 1_000_000_000;
      if (seconds >= GRACE_SECONDS && length < seconds * SLOWEST_BYTES_PER_SECOND) {
        throw ApiError.of(ErrorCode.REQUEST_TIMEOUT, "The body comes too slowly.")
            .withHeader("Connection", "close");
      }
    }
  }

  /// Takes what is left of a refused request's body, within bounds. Without this the connection is
  /// closed while the caller still writes, and many clients then report a broken connection instead
  /// of the answer.
  static void drain(HttpServletRequest request) {
    byte[] discarded = new byte[16 * 1024];
    long start = System.nanoTime();
    long total = 0;
    try {
      InputStream in = request.getInputStream();
      for (int read = 0; read >= 0; read = in.read(discarded)) {
        total += read;
        if (total > MAX_DRAINED_BYTES || System.nanoTime() - start > MAX_DRAIN_NANOS) {
          return;
        }
      }
    } catch (IOException callerIsGone) {
      // Then there is nothing left to take.
    }
  }

  /// What fails here failed on the caller's side: it fell silent, went away, or sent bad chunks.
  private static int read(InputStream in, byte[] bytes, int length) {
    try {
      return in.read(bytes, length, bytes.length - length);
    } catch (IOException e) {
      throw Refusals.ofTransport(e).withHeader("Connection", "close");
    }
  }

  private static byte[] inflated(byte[] packed, int maxBytes) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw tooLarge(maxBytes);
      }
      return bytes;
    } catch (ZipException | EOFException e) {
      throw ApiError.invalid("", "invalid_gzip", "The body is not complete, valid gzip.");
    }
  }

  private static ApiError tooLarge(int maxBytes) {
    return ApiError.of(
            ErrorCode.PAYLOAD_TOO_LARGE,
            "The body is larger than " + maxBytes + " bytes. Send it in smaller parts.")
        .withDetail("max_bytes", maxBytes);
  }

  private static void requireJson(@Nullable String contentType) {
    String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
    int semicolon = type.indexOf(';');
    String media = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
    boolean json =
        media.equals("application/json")
            || (media.startsWith("application/") && media.endsWith("+json"));
    if (!json || !isUtf8(semicolon < 0 ? "" : type.substring(semicolon + 1))) {
      throw ApiError.of(
              ErrorCode.UNSUPPORTED_MEDIA_TYPE,
              "Send JSON in UTF-8 with the header Content-Type: application/json.")
          .withHeader("Accept", "application/json");
    }
  }

  private static boolean isUtf8(String parameters) {
    for (String parameter : parameters.split(";", -1)) {
      String stripped = parameter.strip();
      if (stripped.startsWith("charset=")) {
        String charset = stripped.substring("charset=".length()).replace("\"", "").strip();
        return charset.equals("utf-8") || charset.equals("utf8") || charset.equals("us-ascii");
      }
    }
    return true;
  }
}
