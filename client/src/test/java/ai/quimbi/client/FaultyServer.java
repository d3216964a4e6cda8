package ai.quimbi.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;

/// A server on a raw socket that writes exactly the bytes it was told, one script per request: only
/// so can it hang in the middle of a body or cut one off. Records what it was sent.
final class FaultyServer implements AutoCloseable {
  /// What is written for one request, and whether the connection then stays open and silent.
  record Script(String bytes, boolean hangs) {}

  record Request(String method, String target, Map<String, String> headers, String body) {}

  private final ServerSocket socket;
  private final Queue<Script> scripts = new ArrayDeque<>();
  private final List<Request> requests = new ArrayList<>();
  private final List<Socket> open = new ArrayList<>();

  FaultyServer() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread acceptor = new Thread(this::accept, "faulty-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  FaultyServer answers(int status, String json, String... headers) {
    String extra = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    return writes(
        "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n%s"
            .formatted(status, length, extra, json));
  }

  FaultyServer writes(String bytes) {
    return script(new Script(bytes, false));
  }

  FaultyServer writesAndHangs(String bytes) {
    return script(new Script(bytes, true));
  }

  synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  private synchronized FaultyServer script(Script script) {
    scripts.add(script);
    return this;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        synchronized (this) {
          open.add(client);
        }
        Thread worker = new Thread(() -> serve(client), "faulty-connection");
        worker.setDaemon(true);
        worker.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  /// One request a connection, which is then closed: an answer without length ends there.
  private void serve(Socket client) {
    try {
      Request request = read(client.getInputStream());
      Script script;
      synchronized (this) {
        requests.add(request);
        script = scripts.poll();
      }
      if (script == null) {
        client.close();
        return;
      }
      OutputStream out = client.getOutputStream();
      out.write(script.bytes().getBytes(StandardCharsets.UTF_8));
      out.flush();
      if (!script.hangs()) {
        client.close();
      }
    } catch (IOException gone) {
      // The client may leave whenever it likes; that is what some of the tests are about.
    }
  }

  private static Request read(InputStream raw) throws IOException {
    InputStream in = new BufferedInputStream(raw);
    String[] first = line(in).split(" ", 3);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Request(first[0], first[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
      synchronized (this) {
        for (Socket client : open) {
          client.close();
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("closing the faulty server", failed);
    }
  }
}
