package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.events.Passes;
import ai.quimbi.server.store.events.Passes.Pass;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done for a tenant once in each of its days, whether anybody asks or not: a refit where
/// one is due, everybody's scores, and the months before the first answer.
public final class Upkeep {
  // A server that dies in the middle holds the day's work up for so long.
  private static final Duration TAKEN_OVER_AFTER = Duration.ofHours(1);
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private final Refit refit;
  private final Scoreboard scoreboard;
  private final Backfill backfill;
  private final Passes passes;
  private final Duration refitAfter;
  private final long refitAfterOrders;

  public Upkeep(
      Refit refit,
      Scoreboard scoreboard,
      Backfill backfill,
      Passes passes,
      Duration refitAfter,
      long refitAfterOrders) {
    this.refit = refit;
    this.scoreboard = scoreboard;
    this.backfill = backfill;
    this.passes = passes;
    this.refitAfter = refitAfter;
    this.refitAfterOrders = refitAfterOrders;
  }

  Scoreboard scoreboard() {
    return scoreboard;
  }

  Backfill backfill() {
    return backfill;
  }

  /// Does the day's work where no other server has done it or is at it. Returns whether it did.
  public boolean nightly(Tenant tenant, Instant now) {
    int day = ModelShelf.ledgerOf(tenant).dayOf(now);
    if (!passes.claim(tenant, Passes.NIGHTLY, day, now, TAKEN_OVER_AFTER)) {
      scoreboard.adopt(tenant);
      return false;
    }
    try {
      refitWhere(tenant, () -> refit.due(tenant, refitAfter));
      Scoreboard.Standing standing = scoreboard.completely(tenant, now);
      long madeUp = backfill.run(tenant, now);
      passes.put(
          tenant, new Pass(Passes.NIGHTLY, day, standing.version(), madeUp, madeUp, now, now, now));
      return true;
    } catch (RuntimeException e) {
      passes.release(tenant, Passes.NIGHTLY);
      throw e;
    }
  }

  /// The same after an import that brought `newOrders`, which need not wait for the night.
  /// Returns what the scores are of.
  Scoreboard.Standing afterImport(Tenant tenant, long newOrders, Instant now) {
    boolean isMuch = newOrders >= refitAfterOrders;
    refitWhere(
        tenant,
        () -> Optional.of(Refit.Cause.NEW_ORDERS).filter(_ -> isMuch || !refit.isFitted(tenant)));
    Scoreboard.Standing standing = scoreboard.completely(tenant, now);
    backfill.run(tenant, now);
    return standing;
  }

  // A fit that fails leaves the models from before in force: the rest of the work goes on.
  private void refitWhere(Tenant tenant, Supplier<Optional<Refit.Cause>> due) {
    try {
      Optional<Refit.Cause> cause = due.get();
      if (cause.isPresent() && refit.now(tenant, cause.get()) instanceof Refit.Outcome.Kept kept) {
        LOG.info("kept the models of {}: {}", tenant.id(), kept.reason());
      }
    } catch (RuntimeException e) {
      LOG.warn("the refit of {} failed: {}", tenant.id(), e.getClass().getSimpleName());
    }
  }
}
