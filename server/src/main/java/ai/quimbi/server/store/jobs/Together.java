package ai.quimbi.server.store.jobs;

import ai.quimbi.server.store.Overloaded;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Lets callers that come at the same time share one statement and one commit: what arrives while
/// one batch is at work goes into the next. A lone caller waits for nobody. The work is done on a
/// thread of its own, since a caller may be interrupted, which would cut the connection that it
/// shares with others.
final class Together<I, O> {
  private final int most;
  private final Function<List<I>, List<O>> work;
  private final Queue<Waiting<I, O>> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean isAtWork = new AtomicBoolean();

  /// `work` answers its inputs in their order; at most `most` of them are given to it at once.
  Together(int most, Function<List<I>, List<O>> work) {
    this.most = most;
    this.work = work;
  }

  /// Written before the latch opens, read after.
  private static final class Waiting<I, O> {
    final I input;
    final CountDownLatch done = new CountDownLatch(1);
    @Nullable O output;
    @Nullable RuntimeException fault;

    Waiting(I input) {
      this.input = input;
    }
  }

  /// Throws what the work threw for this input. Whether the work of an interrupted caller is done
  /// is unknown.
  O of(I input) {
    Waiting<I, O> own = new Waiting<>(input);
    waiting.add(own);
    ensureAtWork();
    try {
      own.done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Overloaded("interrupted while waiting for the queue of jobs");
    }
    if (own.fault != null) {
      throw own.fault;
    }
    return Objects.requireNonNull(own.output);
  }

  private void ensureAtWork() {
    if (isAtWork.compareAndSet(false, true)) {
      Thread.ofVirtual().name("job-rows").start(this::workOff);
    }
  }

  private void workOff() {
    while (true) {
      List<Waiting<I, O>> batch = new ArrayList<>();
      while (batch.size() < most && !waiting.isEmpty()) {
        batch.add(Objects.requireNonNull(waiting.poll()));
      }
      if (batch.isEmpty()) {
        isAtWork.set(false);
        // Who came in between saw work going on and did not begin it.
        if (waiting.isEmpty() || !isAtWork.compareAndSet(false, true)) {
          return;
        }
      } else {
        settle(batch);
      }
    }
  }

  private void settle(List<Waiting<I, O>> batch) {
    try {
      List<O> outputs = work.apply(batch.stream().map(one -> one.input).toList());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).output = outputs.get(i);
      }
    } catch (RuntimeException fault) {
      if (batch.size() > 1) {
        // One bad row spoils the statement: each for itself, so that it spoils nobody else's.
        batch.forEach(one -> settle(List.of(one)));
        return;
      }
      batch.getFirst().fault = fault;
    } catch (Error broken) {
      // Nobody may wait for ever, whatever happened.
      batch.forEach(one -> one.fault = new IllegalStateException("the batch broke off", broken));
    }
    batch.forEach(one -> one.done.countDown());
  }
}
