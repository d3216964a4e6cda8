package ai.quimbi.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/// Callers that keep their connections: each sends its next request when the last was answered.
/// Plain sockets, so that the load costs little beside what is measured.
final class Load {
  private Load() {}

  /// What a round gave: requests a second, and the milliseconds under which 99 of 100 were.
  record Round(double perSecond, double p50Millis, double p99Millis, int requests) {}

  /// `connections` callers send `request(i)`, i counting up over all, for `seconds`.
  static Round run(int port, int connections, double seconds, IntFunction<byte[]> request)
      throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    long from = System.nanoTime();
    long end = from + (long) (seconds * 1e9);
    List<long[]> times = new ArrayList<>();
    List<Throwable> faults = new ArrayList<>();
    List<Thread> callers = new ArrayList<>();
    for (int c = 0; c < connections; c++) {
      callers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      long[] own = call(port, end, next, request);
                      synchronized (times) {
                        times.add(own);
                      }
                    } catch (IOException | RuntimeException e) {
                      synchronized (times) {
                        faults.add(e);
                      }
                    }
                  }));
    }
    for (Thread caller : callers) {
      caller.join();
    }
    double took = (System.nanoTime() - from) / 1e9;
    if (!faults.isEmpty()) {
      throw new IllegalStateException(faults.size() + " callers failed", faults.getFirst());
    }
    long[] all = times.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new Round(
        all.length / took,
        all[all.length / 2] / 1e6,
        all[(int) (all.length * 0.99)] / 1e6,
        all.length);
  }

  private static long[] call(int port, long end, AtomicInteger next, IntFunction<byte[]> request)
      throws IOException {
    long[] times = new long[1024];
    int count = 0;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 16_384);
      while (System.nanoTime() < end) {
        long from = System.nanoTime();
        socket.getOutputStream().write(request.apply(next.getAndIncrement()));
        readAnswer(in);
        times = count == times.length ? Arrays.copyOf(times, count * 2) : times;
        times[count++] = System.nanoTime() - from;
      }
    }
    return Arrays.copyOf(times, count);
  }

  private static void readAnswer(InputStream in) throws IOException {
    String status = line(in);
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException("answered " + status);
    }
    int length = -1;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
        length = Integer.parseInt(header.substring(15).strip());
      }
    }
    if (length < 0) {
      throw new IOException("an answer without a length");
    }
    in.skipNBytes(length);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection was closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  static byte[] get(String path) {
    return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] post(String path, String key, String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        ("POST "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nX-API-Key: "
                + key
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    byte[] whole = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    return whole;
  }
}
