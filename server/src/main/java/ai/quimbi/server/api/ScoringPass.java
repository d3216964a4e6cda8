package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.Overloaded;
import ai.quimbi.server.store.events.Scores;
import ai.quimbi.server.store.events.Scores.Done;
import ai.quimbi.server.store.events.Scores.Due;
import ai.quimbi.server.store.events.Snapshots;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// One pass over a tenant's customers that scores whoever is due, page by page in the order of the
/// ids; each page is stored for good. It can be watched while it runs.
final class ScoringPass {
  private static final int PAGE = 2_000;
  // A page that finds no place among the requests waits for its turn so often, so long.
  private static final int TRIES = 60;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
  private static final Duration LEAST_WAIT = Duration.ofSeconds(1);
  private static final Duration MOST_WAIT = Duration.ofSeconds(60);

  private final Scores scores;
  private final Snapshots snapshots;
  private final Tenant tenant;
  private final TenantModels models;
  private final int day;
  private final Runnable afterPage;
  private final AtomicLong done = new AtomicLong();
  private final long startedNanos = System.nanoTime();
  private volatile long customers;

  ScoringPass(
      Scores scores,
      Snapshots snapshots,
      Tenant tenant,
      TenantModels models,
      int day,
      Runnable afterPage) {
    this.scores = scores;
    this.snapshots = snapshots;
    this.tenant = tenant;
    this.models = models;
    this.day = day;
    this.afterPage = afterPage;
  }

  String tenantId() {
    return tenant.id();
  }

  /// How many have been scored so far.
  long done() {
    return done.get();
  }

  /// How many customers there are, once that has been counted; never less than [#done].
  long customers() {
    return Math.max(customers, done());
  }

  /// How long the rest will probably take, for those who ask to be told when to come again.
  Duration remaining() {
    long scored = done();
    if (scored == 0) {
      return LEAST_WAIT.multipliedBy(2);
    }
    double each = (double) (System.nanoTime() - startedNanos) / scored;
    Duration rest = Duration.ofNanos((long) (each * (customers() - scored)));
    return rest.compareTo(LEAST_WAIT) < 0
        ? LEAST_WAIT
        : rest.compareTo(MOST_WAIT) > 0 ? MOST_WAIT : rest;
  }

  void run() {
    String after = "";
    while (true) {
      String from = after;
      List<Due> page = patiently(() -> scores.due(tenant, day, models.version(), from, PAGE));
      if (page.isEmpty()) {
        return;
      }
      if (page.size() == PAGE && customers == 0) {
        customers = patiently(() -> scores.customers(tenant));
      }
      store(page);
      done.addAndGet(page.size());
      afterPage.run();
      after = page.getLast().customerId();
      if (page.size() < PAGE) {
        return;
      }
    }
  }

  private void store(List<Due> page) {
    List<Done> scored =
        page.parallelStream()
            .filter(due -> !due.profile().isEmpty())
            .map(
                due ->
                    new Done(
                        due.seen(),
                        Scoreboard.score(due.customerId(), due.profile(), models, day, tenant)))
            .toList();
    List<String> gone =
        page.stream().filter(due -> due.profile().isEmpty()).map(Due::customerId).toList();
    if (!scored.isEmpty()) {
      patiently(
          () -> {
            scores.put(tenant, day, models.version(), scored);
            snapshots.prune(
                tenant, scored.stream().map(one -> one.score().customerId()).toList(), day);
            return true;
          });
    }
    if (!gone.isEmpty()) {
      patiently(
          () -> {
            scores.drop(tenant, gone);
            return true;
          });
    }
  }

  // Requests go first: a page gives way to them and asks again.
  private static <T> T patiently(Supplier<T> work) {
    for (int tries = 1; ; tries++) {
      try {
        return work.get();
      } catch (Overloaded e) {
        if (tries == TRIES) {
          throw e;
        }
        try {
          Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw e;
        }
      }
    }
  }
}
