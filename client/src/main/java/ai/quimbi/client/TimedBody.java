package ai.quimbi.client;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A body that must be whole within a time: a request's own timeout ends with the headers. What
/// comes too late fails with a `TimeoutException`, and the connection is given up.
///
/// Waiting for an asynchronous answer instead would bound both at once, but hands every answer to
/// another thread first: that cost 19 % of a call on loopback. A timer for each body cost 5 %; so
/// one [Watchman] looks after all of them.
final class TimedBody implements BodySubscriber<byte[]> {
  private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private final long deadlineNanos;
  private volatile Flow.@Nullable Subscription subscription;

  TimedBody(long nanos) {
    this.deadlineNanos = System.nanoTime() + Math.max(nanos, 0);
    bytes.getBody().whenComplete(this::settle);
  }

  private void settle(byte[] body, @Nullable Throwable failure) {
    if (failure == null) {
      whole.complete(body);
    } else {
      whole.completeExceptionally(failure);
    }
    Watchman.forget(this);
  }

  /// Gives the body up where its time is over.
  void look(long nowNanos) {
    if (nowNanos - deadlineNanos >= 0) {
      whole.completeExceptionally(new TimeoutException());
      Flow.Subscription running = subscription;
      if (running != null) {
        running.cancel();
      }
      Watchman.forget(this);
    }
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription source) {
    subscription = source;
    Watchman.watch(this);
    bytes.onSubscribe(source);
  }

  @Override
  public void onNext(List<ByteBuffer> pieces) {
    bytes.onNext(pieces);
  }

  @Override
  public void onError(Throwable failure) {
    bytes.onError(failure);
  }

  @Override
  public void onComplete() {
    bytes.onComplete();
  }
}
