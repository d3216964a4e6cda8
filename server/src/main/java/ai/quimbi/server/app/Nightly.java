package ai.quimbi.server.app;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.api.Upkeep;
import ai.quimbi.server.http.Trace;
import ai.quimbi.server.store.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does every tenant's work of the day soon after its midnight, one tenant after the other; what
/// was missed while no server ran is done a minute after the start.
final class Nightly implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Nightly.class);
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration EVERY = Duration.ofMinutes(5);

  private final Upkeep upkeep;
  private final BiConsumer<Tenant, Instant> health;
  private final Tenants tenants;
  private final InstantSource clock;
  private final Map<String, LocalDate> done = new HashMap<>();
  private @Nullable Thread worker;

  private Nightly(
      Upkeep upkeep, BiConsumer<Tenant, Instant> health, Tenants tenants, InstantSource clock) {
    this.upkeep = upkeep;
    this.health = health;
    this.tenants = tenants;
    this.clock = clock;
  }

  /// Begins, unless it `isWanted` from another server only.
  /// `health` looks at the health of a tenant's accounts.
  static Nightly of(
      boolean isWanted,
      Upkeep upkeep,
      BiConsumer<Tenant, Instant> health,
      Tenants tenants,
      InstantSource clock) {
    Nightly nightly = new Nightly(upkeep, health, tenants, clock);
    if (isWanted) {
      nightly.worker = Thread.ofVirtual().name("nightly").start(nightly::work);
    }
    return nightly;
  }

  private void work() {
    try {
      Thread.sleep(FIRST);
      while (true) {
        round();
        Thread.sleep(EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() {
    try {
      for (Tenant tenant : tenants.list()) {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        one(tenant);
      }
    } catch (RuntimeException e) {
      LOG.warn("the nightly round was cut short: {}", Trace.summary(e));
    }
  }

  private void one(Tenant tenant) {
    Instant now = clock.instant();
    LocalDate today = LocalDate.ofInstant(now, tenant.zone());
    if (today.equals(done.get(tenant.id()))) {
      return;
    }
    try {
      if (upkeep.nightly(tenant, now)) {
        LOG.info("{} is scored for {}", tenant.id(), today);
      }
      health.accept(tenant, now);
      done.put(tenant.id(), today);
    } catch (RuntimeException e) {
      // What was done stays; the next round goes on from there.
      LOG.warn("the work of the day broke off for {}: {}", tenant.id(), Trace.summary(e));
    }
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.interrupt();
    }
  }
}
