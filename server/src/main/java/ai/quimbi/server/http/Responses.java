package ai.quimbi.server.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// Puts answers and refusals on the wire.
final class Responses {
  /// Below this, packing costs more than it saves.
  private static final int MIN_GZIP_BYTES = 1400;

  private Responses() {}

  static void send(Answer answer, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    if (answer.body() instanceof Answer.Streamed streamed) {
      stream(streamed, answer.contentType(), request, response);
      return;
    }
    write(
        Wire.bytes(answer.body()),
        answer.contentType(),
        request.getHeader("Accept-Encoding"),
        response);
  }

  private static void stream(
      Answer.Streamed body,
      String contentType,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    response.setContentType(contentType);
    if (!acceptsGzip(request.getHeader("Accept-Encoding"))) {
      body.writeTo(response.getOutputStream());
      return;
    }
    response.setHeader("Content-Encoding", "gzip");
    // Flushed with the stream, so that a line is on its way when it is written.
    GZIPOutputStream packed = new GZIPOutputStream(response.getOutputStream(), 8192, true);
    body.writeTo(packed);
    packed.finish();
  }

  static void refuse(
      ApiError error,
      String requestId,
      @Nullable String acceptEncoding,
      HttpServletResponse response) {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    response.setStatus(error.code().status());
    response.setHeader("Cache-Control", "no-store");
    error.headers().forEach(response::setHeader);
    try {
      write(Envelope.bytes(error, requestId), Answer.JSON, acceptEncoding, response);
    } catch (IOException callerIsGone) {
      // Nobody is left to be told.
    }
  }

  /// Sends what was written, before anything else happens.
  static void flush(HttpServletResponse response) {
    try {
      response.flushBuffer();
    } catch (IOException callerIsGone) {
      // Nobody is left to be told.
    }
  }

  private static void write(
      byte[] body,
      String contentType,
      @Nullable String acceptEncoding,
      HttpServletResponse response)
      throws IOException {
    byte[] sent = body;
    response.setContentType(contentType);
    if (body.length >= MIN_GZIP_BYTES && acceptsGzip(acceptEncoding)) {
      sent = gzip(body);
      response.setHeader("Content-Encoding", "gzip");
    }
    response.setContentLength(sent.length);
    response.getOutputStream().write(sent);
  }

  /// Whether `gzip` is named (or `*`) and not with weight zero.
  static boolean acceptsGzip(@Nullable String acceptEncoding) {
    if (acceptEncoding == null) {
      return false;
    }
    for (String coding : acceptEncoding.split(",", -1)) {
      String[] parts = coding.split(";", -1);
      String name = parts[0].strip();
      if (name.equalsIgnoreCase("gzip") || name.equals("*")) {
        return parts.length < 2 || !parts[1].strip().matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  private static byte[] gzip(byte[] body) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(body.length / 3);
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("packing in memory", e);
    }
    return packed.toByteArray();
  }
}
