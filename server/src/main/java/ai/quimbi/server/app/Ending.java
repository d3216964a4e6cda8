package ai.quimbi.server.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The end of a process that serves until it is told to stop (SIGTERM, Ctrl-C). Opened before what
/// has to be closed in peace: the process does not end before this is closed, or nine seconds
/// later.
final class Ending implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 9;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  private Ending() {}

  static Ending open() {
    Ending ending = new Ending();
    Runtime.getRuntime().addShutdownHook(new Thread(ending::hold, "stop"));
    return ending;
  }

  // Waiting for the main thread's own end would wait in vain: it ends in System.exit, which waits
  // for the hooks.
  private void hold() {
    asked.countDown();
    try {
      if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("Not everything could be closed in time; what is stored is safe.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Returns when the process is asked to stop.
  void await() throws InterruptedException {
    asked.await();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
