package ai.quimbi.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Speaks to the door byte by byte, as no decent client would.
final class RawHttp {
  /// What came back until the connection was closed or fell silent. `status` is 0 for nothing.
  record Reply(int status, TreeMap<String, List<String>> headers, String body, boolean closed) {
    @Nullable String header(String name) {
      List<String> values = headers.get(name);
      return values == null ? null : values.getFirst();
    }
  }

  private RawHttp() {}

  static Reply say(int port, byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(4000);
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return reply(socket.getInputStream());
    }
  }

  static Reply say(int port, String text) throws IOException {
    return say(port, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static Reply reply(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    boolean closed = false;
    try {
      byte[] buffer = new byte[8192];
      while (!isComplete(all.toByteArray())) {
        int read = in.read(buffer);
        if (read < 0) {
          closed = true;
          break;
        }
        all.write(buffer, 0, read);
      }
    } catch (SocketTimeoutException silent) {
      closed = false;
    } catch (IOException reset) {
      closed = true;
    }
    return parsed(all.toString(StandardCharsets.ISO_8859_1), closed);
  }

  private static boolean isComplete(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return false;
    }
    int at = text.toLowerCase(Locale.ROOT).indexOf("content-length: ");
    if (at < 0 || at > end) {
      return false;
    }
    int length = Integer.parseInt(text.substring(at + 16, text.indexOf("\r\n", at)).strip());
    return text.length() >= end + 4 + length;
  }

  private static Reply parsed(String text, boolean closed) {
    TreeMap<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (!text.startsWith("HTTP/1.")) {
      return new Reply(0, headers, text, closed);
    }
    int end = text.indexOf("\r\n\r\n");
    String[] lines = text.substring(0, end).split("\r\n", -1);
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers
          .computeIfAbsent(lines[i].substring(0, colon), name -> new ArrayList<>())
          .add(lines[i].substring(colon + 1).strip());
    }
    String body =
        new String(
            text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    return new Reply(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, body, closed);
  }
}
