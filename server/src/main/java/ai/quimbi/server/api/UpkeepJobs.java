package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.jobs.JobHandler.Ending;
import ai.quimbi.server.store.jobs.Job;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.IntConsumer;

/// Refits and scoring as jobs. Done twice on one day they give the same.
final class UpkeepJobs {
  private final Tenancy tenancy;
  private final Refit refit;
  private final Upkeep upkeep;
  private final InstantSource clock;

  UpkeepJobs(Tenancy tenancy, Refit refit, Upkeep upkeep, InstantSource clock) {
    this.tenancy = tenancy;
    this.refit = refit;
    this.upkeep = upkeep;
    this.clock = clock;
  }

  Ending refit(Job job, IntConsumer progress) {
    progress.accept(1);
    Refit.Outcome outcome = refit.now(tenancy.ofId(job.tenantId()));
    Map<String, Object> shown = Administration.shown(outcome);
    String result = Wire.JSON.valueToTree(shown).toString();
    boolean isFailure = outcome instanceof Refit.Outcome.Kept kept && kept.isFailure();
    return isFailure ? new Ending.TryAgain(result) : new Ending.Succeeded(result);
  }

  /// Scores everybody whose score is not of today, of the models in force and of the newest events.
  Ending score(Job job, IntConsumer progress) {
    Tenant tenant = tenancy.ofId(job.tenantId());
    progress.accept(1);
    return succeeded(upkeep.scoreboard().completely(tenant, clock.instant()));
  }

  /// What an import leaves to be done: see [Upkeep#afterImport].
  Ending afterImport(Job job, IntConsumer progress) {
    Tenant tenant = tenancy.ofId(job.tenantId());
    long orders = LongJobs.tree(job.input()).path(AfterImport.ORDERS).asLong();
    progress.accept(1);
    return succeeded(upkeep.afterImport(tenant, orders, clock.instant()));
  }

  private static Ending succeeded(Scoreboard.Standing standing) {
    ObjectNode result =
        Wire.JSON
            .createObjectNode()
            .put("model_version", standing.version())
            .put("as_of", LocalDate.ofEpochDay(standing.day()).toString());
    return new Ending.Succeeded(result.toString());
  }
}
