package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/// Sends calls: one deadline over all attempts, their pauses and the bodies; retries where they are
/// safe; every failure one of the four [QuimbiException]s. Time is `System.nanoTime`, so changing
/// the machine's clock changes nothing.
final class Connection {
  private static final byte[] NOTHING = {};
  private static final String EVENTS = "text/event-stream";

  private final HttpClient http;
  private final URI base;
  private final Credentials credentials;
  private final Duration timeout;
  private final Retry retry;

  Connection(URI base, Credentials credentials, Duration timeout, Retry retry) {
    this.base = base;
    this.credentials = credentials;
    this.timeout = Arguments.positive("timeout", timeout);
    this.retry = retry;
    // HTTP/1.1: over plain TCP the default would offer an upgrade with every first request. A
    // redirect is never followed, because it would hand the key to whoever it names.
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  JsonNode send(Call call) {
    byte[] body = call.body() == null ? NOTHING : Json.bytes(call.body());
    long deadline = System.nanoTime() + timeout.toNanos();
    for (int attempt = 0; ; attempt++) {
      try {
        return Json.answer(exchange(call, body, deadline));
      } catch (QuimbiException problem) {
        Optional<Duration> pause =
            retry.pause(
                attempt, call.repeatable(), problem, ThreadLocalRandom.current().nextDouble());
        if (pause.isEmpty() || pause.get().toNanos() >= deadline - System.nanoTime()) {
          throw problem;
        }
        sleep(pause.get());
      }
    }
  }

  private HttpResponse<byte[]> exchange(Call call, byte[] body, long deadline) {
    String name = name(call);
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new DeadlineException(name, timeout);
    }
    try {
      return http.send(
          request(call, body, Duration.ofNanos(left)),
          answer -> new TimedBody(deadline - System.nanoTime()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new TransportException(name + ": interrupted while waiting", stopped);
    } catch (IOException failed) {
      // The timers of the head and of the body each fail in a way of their own.
      if (System.nanoTime() >= deadline) {
        throw new DeadlineException(name, timeout);
      }
      throw failure(name, timeout, failed);
    }
  }

  static QuimbiException failure(String name, Duration timeout, Throwable failed) {
    return failed instanceof HttpTimeoutException
        ? new DeadlineException(name, timeout)
        : new TransportException(name + ": " + said(failed), failed);
  }

  /// Hands over each event of an answer that comes piece by piece, until its end.
  void stream(Call call, Consumer<ServerEvent> each) {
    Arguments.present("each", each);
    streaming(EVENTS).events(name(call), streamed(call, EVENTS), each);
  }

  /// Hands over each line of an answer that comes line by line, until its end.
  void lines(Call call, String mediaType, Consumer<String> each) {
    Arguments.present("each", each);
    streaming(mediaType).lines(name(call), streamed(call, mediaType), each);
  }

  /// Writes the bytes of an answer as they come, until its end. `mediaTypes` are what it may be,
  /// with commas between them.
  void copy(Call call, String mediaTypes, OutputStream file) throws IOException {
    WritableByteChannel out = Channels.newChannel(Arguments.present("file", file));
    try {
      streaming(mediaTypes)
          .bytes(
              name(call),
              streamed(call, mediaTypes),
              pieces -> pieces.forEach(piece -> writeAll(piece, out)));
    } catch (UncheckedIOException ofTheFile) {
      throw ofTheFile.getCause();
    }
  }

  private static void writeAll(ByteBuffer piece, WritableByteChannel out) {
    try {
      while (piece.hasRemaining()) {
        out.write(piece);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Streaming streaming(String mediaType) {
    return new Streaming(http, timeout, mediaType);
  }

  private HttpRequest streamed(Call call, String mediaType) {
    byte[] body = call.body() == null ? NOTHING : Json.bytes(call.body());
    return request(call.with("Accept", mediaType), body, timeout);
  }

  private static String name(Call call) {
    return call.method() + " " + call.path();
  }

  private HttpRequest request(Call call, byte[] body, Duration left) {
    URI uri = URI.create(base + call.path());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(left)
            .setHeader("Accept", "application/json")
            .header("User-Agent", "quimbi-java");
    call.headers().forEach(request::setHeader);
    credentials.headers(call.method(), uri, body).forEach(request::header);
    if (call.body() == null) {
      return request.method(call.method(), HttpRequest.BodyPublishers.noBody()).build();
    }
    return request
        .header("Content-Type", "application/json")
        .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private static String said(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new TransportException("interrupted while waiting to try again", stopped);
    }
  }
}
