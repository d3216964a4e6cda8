package ai.quimbi.server.app;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.http.Limits;
import ai.quimbi.server.http.Trace;
import ai.quimbi.server.store.Tenants;
import ai.quimbi.server.store.events.Idempotency;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Forgets what nobody will ask for again: answers to idempotency keys after a day, and the counts
/// of windows that are over.
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration EVERY = Duration.ofMinutes(5);
  private static final Duration ANSWERS_LAST = Duration.ofDays(1);

  private final Tenants tenants;
  private final Idempotency answers;
  private final Limits limits;
  private final InstantSource clock;
  private final Thread worker;

  Housekeeping(Tenants tenants, Idempotency answers, Limits limits, InstantSource clock) {
    this.tenants = tenants;
    this.answers = answers;
    this.limits = limits;
    this.clock = clock;
    this.worker = Thread.ofVirtual().name("housekeeping").start(this::work);
  }

  private void work() {
    try {
      while (true) {
        Thread.sleep(EVERY);
        tidy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void tidy() {
    Instant old = clock.instant().minus(ANSWERS_LAST);
    try {
      limits.sweep();
      for (Tenant tenant : tenants.list()) {
        answers.forgetBefore(tenant, old);
      }
    } catch (RuntimeException e) {
      // The next round does what this one did not.
      LOG.warn("housekeeping was cut short: {}", Trace.summary(e));
    }
  }

  @Override
  public void close() {
    worker.interrupt();
  }
}
