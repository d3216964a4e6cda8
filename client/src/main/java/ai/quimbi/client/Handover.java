package ai.quimbi.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The pieces of an answer, handed from the connection's thread to the caller's, which asks for
/// each: so a slow caller slows the server down and fills no memory.
final class Handover<T> implements Flow.Subscriber<T> {
  private final LinkedBlockingQueue<Optional<T>> pieces = new LinkedBlockingQueue<>();
  private volatile Flow.@Nullable Subscription subscription;

  /// The next piece, nothing at the end.
  Optional<T> next(Duration patience) throws InterruptedException, SilenceException {
    Optional<T> piece = pieces.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    if (piece == null) {
      throw new SilenceException();
    }
    Flow.Subscription source = subscription;
    if (piece.isPresent() && source != null) {
      source.request(1);
    }
    return piece;
  }

  /// Nothing came within the time that was given.
  static final class SilenceException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /// No more pieces will come, for whatever reason; those already here are still to be taken.
  void end() {
    pieces.add(Optional.empty());
  }

  @Override
  public void onSubscribe(Flow.Subscription source) {
    subscription = source;
    source.request(1);
  }

  @Override
  public void onNext(T piece) {
    pieces.add(Optional.of(piece));
  }

  @Override
  public void onError(Throwable failure) {
    end(); // the answer's future carries the failure to whoever waits
  }

  // Not the answer's future: that is complete when the last byte is here, while lines cut from it
  // still wait to be asked for.
  @Override
  public void onComplete() {
    end();
  }
}
