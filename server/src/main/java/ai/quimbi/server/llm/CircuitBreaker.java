package ai.quimbi.server.llm;

import java.time.Duration;
import java.util.function.LongSupplier;

/// Leaves a provider alone for a while after failures in a row, or for as long as it asked for.
/// Then one request tries it; the others wait for how that one ends.
public final class CircuitBreaker {
  private final int failuresToOpen;
  private final long restNanos;
  private final LongSupplier nanoTime;
  private int failures;
  private boolean isOpen;
  private boolean isProbing;
  private long openUntil;

  public CircuitBreaker(int failuresToOpen, Duration rest, LongSupplier nanoTime) {
    this.failuresToOpen = failuresToOpen;
    this.restNanos = rest.toNanos();
    this.nanoTime = nanoTime;
  }

  /// Whether a request may be sent now. Whoever gets `true` reports how it ended.
  public synchronized boolean mayTry() {
    if (!isOpen) {
      return true;
    }
    if (isProbing || nanoTime.getAsLong() - openUntil < 0) {
      return false;
    }
    isProbing = true;
    return true;
  }

  public synchronized void succeeded() {
    failures = 0;
    isOpen = false;
    isProbing = false;
  }

  public synchronized void failed() {
    failures++;
    isProbing = false;
    if (isOpen || failures >= failuresToOpen) {
      open(restNanos);
    }
  }

  /// The request ended in a way that says nothing about the provider.
  public synchronized void abandoned() {
    isProbing = false;
  }

  /// The provider asked to be left alone for `time`.
  public synchronized void restFor(Duration time) {
    isProbing = false;
    open(time.toNanos());
  }

  private void open(long nanos) {
    long until = nanoTime.getAsLong() + nanos;
    openUntil = isOpen && openUntil - until > 0 ? openUntil : until;
    isOpen = true;
  }
}
