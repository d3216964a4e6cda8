package ai.quimbi.server.store.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Stands between a client and a server and counts the bytes that come back. Closed, it is a
/// server that has died: open connections are cut, and new ones are refused.
public final class CountingProxy implements AutoCloseable {
  private final ServerSocket door;
  private final URI behind;
  private final AtomicLong back = new AtomicLong();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private CountingProxy(ServerSocket door, URI behind) {
    this.door = door;
    this.behind = behind;
  }

  public static CountingProxy to(URI server) throws IOException {
    CountingProxy proxy =
        new CountingProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
    Thread.ofVirtual().start(proxy::serve);
    return proxy;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  long bytesBack() {
    return back.get();
  }

  private void serve() {
    try {
      while (true) {
        Socket client = door.accept();
        Socket server = new Socket(behind.getHost(), behind.getPort());
        open.add(client);
        open.add(server);
        Thread.ofVirtual().start(() -> copy(client, server, new AtomicLong()));
        Thread.ofVirtual().start(() -> copy(server, client, back));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private static void copy(Socket from, Socket to, AtomicLong count) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        count.addAndGet(n);
      }
    } catch (IOException over) {
      // one side has hung up, and so do we
    }
  }

  /// What a killed server is to its callers.
  public void die() throws IOException {
    close();
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
