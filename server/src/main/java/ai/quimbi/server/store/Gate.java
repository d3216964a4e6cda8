package ai.quimbi.server.store;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/// Who may use the database now, in the order of arrival: first one of the tenant's own permits,
/// then one of all. So a busy tenant queues behind itself and takes no place in the common queue
/// that it cannot use yet. Who has waited until the deadline is turned away with [Overloaded].
final class Gate {
  private final int tenantPermits;
  private final Semaphore all;
  private final Duration patience;
  private final LongConsumer waitedNanos;
  private final ConcurrentMap<String, Semaphore> tenants = new ConcurrentHashMap<>();

  Gate(int tenantPermits, int permits, Duration patience, LongConsumer waitedNanos) {
    this.tenantPermits = tenantPermits;
    this.all = new Semaphore(permits, true);
    this.patience = patience;
    this.waitedNanos = waitedNanos;
  }

  /// Waits for the turn; the pass must be closed.
  Pass enter(String tenantId) {
    // A semaphore per tenant ever seen: some 100 bytes each.
    Semaphore own = tenants.computeIfAbsent(tenantId, id -> new Semaphore(tenantPermits, true));
    long start = System.nanoTime();
    long deadline = start + patience.toNanos();
    try {
      if (!own.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new Overloaded("tenant " + tenantId + " has too many requests at the database");
      }
      boolean isIn = false;
      try {
        isIn = all.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (!isIn) {
          throw new Overloaded("too many requests at the database");
        }
      } finally {
        if (!isIn) {
          own.release();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Overloaded("interrupted while waiting for the database");
    } finally {
      waitedNanos.accept(System.nanoTime() - start);
    }
    return () -> {
      all.release();
      own.release();
    };
  }

  /// The right to use one connection, until closed.
  interface Pass extends AutoCloseable {
    @Override
    void close();
  }
}
