package ai.quimbi.client;

import java.time.Duration;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The lines of a stream of server-sent events, handed from the connection's thread to the
/// caller's, which asks for each: so a slow caller slows the server down and fills no memory.
final class EventLines implements Flow.Subscriber<String> {
  private final LinkedBlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
  private volatile Flow.@Nullable Subscription subscription;

  /// The next whole event, nothing at the stream's end. Comments are heartbeats: each only starts
  /// the time anew. An event that the end cuts off is none.
  Optional<ServerEvent> next(Duration patience) throws InterruptedException, SilenceException {
    String event = "message";
    StringJoiner data = new StringJoiner("\n");
    data.setEmptyValue("");
    boolean some = false;
    while (true) {
      Optional<String> line = lines.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (line == null) {
        throw new SilenceException();
      }
      if (line.isEmpty()) {
        return Optional.empty();
      }
      request();
      String text = line.get();
      if (text.isEmpty() && some) {
        return Optional.of(new ServerEvent(event, data.toString()));
      }
      if (text.isEmpty()) {
        event = "message";
      } else if (text.startsWith("event:")) {
        event = value(text, "event:");
      } else if (text.startsWith("data:")) {
        data.add(value(text, "data:"));
        some = true;
      }
    }
  }

  /// Nothing came within the time that was given.
  static final class SilenceException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static String value(String line, String field) {
    String value = line.substring(field.length());
    return value.startsWith(" ") ? value.substring(1) : value;
  }

  /// No more lines will come, for whatever reason; those already here are still to be read.
  void end() {
    lines.add(Optional.empty());
  }

  private void request() {
    Flow.Subscription source = subscription;
    if (source != null) {
      source.request(1);
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription source) {
    subscription = source;
    source.request(1);
  }

  @Override
  public void onNext(String line) {
    lines.add(Optional.of(line));
  }

  @Override
  public void onError(Throwable failure) {
    // The answer's future carries the failure to whoever waits.
  }

  @Override
  public void onComplete() {
    // The answer's future ends the lines, in every case.
  }
}
