package ai.quimbi.server.api.copilot;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// Work that is given up when its time is over. It runs on a virtual thread of its own; the
/// interruption closes the connection it waits on, so that nothing goes on behind the caller's
/// back.
final class Deadline {
  private Deadline() {}

  /// Throws [TimeoutException] when the time is over, and what the work threw.
  static <T> T within(long millis, Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofVirtual().name("tool").start(task);
    try {
      return task.get(millis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception fault ? fault : e;
    } finally {
      task.cancel(true);
    }
  }
}
