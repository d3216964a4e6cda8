package ai.quimbi.server.app;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.api.IngestedRows;
import ai.quimbi.server.api.Refit;
import ai.quimbi.server.api.Scoreboard;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts what comes in, and refits a tenant's models when enough of it is new. Refits run one
/// after the other beside the requests.
final class RefitWatch implements IngestedRows, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RefitWatch.class);

  private final Refit refit;
  private final Scoreboard scoreboard;
  private final InstantSource clock;
  private final long afterOrders;
  private final Counter orders;
  private final Counter interactions;
  private final Map<String, AtomicLong> sinceFit = new ConcurrentHashMap<>();
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("refit").factory());

  RefitWatch(
      Refit refit,
      Scoreboard scoreboard,
      int afterOrders,
      MeterRegistry metrics,
      InstantSource clock) {
    this.refit = refit;
    this.scoreboard = scoreboard;
    this.clock = clock;
    this.afterOrders = afterOrders;
    this.orders = metrics.counter("quimbi.ingested.rows", "kind", "orders");
    this.interactions = metrics.counter("quimbi.ingested.rows", "kind", "interactions");
  }

  @Override
  public void orders(Tenant tenant, int rows) {
    orders.increment(rows);
    AtomicLong count = sinceFit.computeIfAbsent(tenant.id(), id -> new AtomicLong());
    if (count.addAndGet(rows) >= afterOrders && waiting.add(tenant.id())) {
      count.set(0);
      worker.execute(() -> run(tenant));
    }
  }

  @Override
  public void interactions(Tenant tenant, int rows) {
    interactions.increment(rows);
  }

  private void run(Tenant tenant) {
    waiting.remove(tenant.id());
    try {
      switch (refit.now(tenant, Refit.Cause.NEW_ORDERS)) {
        case Refit.Outcome.Fitted fitted -> {
          LOG.info(
              "refitted {} on {} customers: {}",
              tenant.id(),
              fitted.customers(),
              fitted.models().version());
          scoreboard.begin(tenant, clock.instant());
        }
        case Refit.Outcome.Kept kept when kept.isFailure() ->
            LOG.warn("the refit of {} failed, its models stay: {}", tenant.id(), kept.reason());
        case Refit.Outcome.Kept kept ->
            LOG.info("kept the models of {}: {}", tenant.id(), kept.reason());
      }
    } catch (RuntimeException e) {
      // The models from before go on serving; the next new orders try again.
      LOG.warn("the refit of {} failed: {}", tenant.id(), e.getClass().getSimpleName());
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
    try {
      if (!worker.awaitTermination(3, TimeUnit.SECONDS)) {
        LOG.warn("a refit did not stop in time; it changes nothing unless it ends");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
