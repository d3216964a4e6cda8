package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.BehaviourModel;
import ai.quimbi.core.behaviour.Features;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.forecast.Drift;
import ai.quimbi.core.forecast.Fit;
import ai.quimbi.core.forecast.ForecastModel;
import ai.quimbi.core.forecast.Panel;
import ai.quimbi.server.store.events.Customers;
import ai.quimbi.server.store.events.RefitLog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/// Fits a tenant's models to its customers and puts them in force. Fitting the same customers on
/// the same day gives the same models, so it does no harm when two servers do it at once.
public final class Refit {
  private static final int EXPECTED_CUSTOMERS = 1024;
  private static final String FAILED = "failed";

  private final Customers customers;
  private final ModelShelf shelf;
  private final RefitLog log;
  private final InstantSource clock;

  public Refit(Customers customers, ModelShelf shelf, RefitLog log, InstantSource clock) {
    this.customers = customers;
    this.shelf = shelf;
    this.log = log;
    this.clock = clock;
  }

  /// Why a refit is made.
  public enum Cause {
    /// Somebody wanted it.
    ASKED,
    /// Enough orders have come in since the last.
    NEW_ORDERS,
    /// The last one is long ago, or there was none yet.
    SCHEDULE,
    /// The model foretells worse than it should.
    DRIFT;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What came of it.
  public sealed interface Outcome {
    TenantModels models();

    /// New models are in force.
    record Fitted(TenantModels models, int customers) implements Outcome {}

    /// The models from before stay, and why: the data does not allow a fit, or `isFailure`.
    record Kept(TenantModels models, String reason, boolean isFailure) implements Outcome {}
  }

  /// Fits because somebody asked.
  public Outcome now(Tenant tenant) {
    return now(tenant, Cause.ASKED);
  }

  /// Fits, and notes what came of it. Whatever goes wrong, the models from before stay in force.
  public Outcome now(Tenant tenant, Cause cause) {
    Instant at = clock.instant();
    Outcome outcome;
    try {
      outcome = fit(tenant, at);
    } catch (RuntimeException e) {
      noteBreak(tenant, at, cause, e);
      throw e;
    }
    String reason = outcome instanceof Outcome.Kept kept ? kept.reason() : null;
    log.add(
        tenant,
        new RefitLog.Attempt(at, cause.label(), word(outcome), reason, outcome.models().version()));
    return outcome;
  }

  private void noteBreak(Tenant tenant, Instant at, Cause cause, RuntimeException broken) {
    try {
      log.add(
          tenant,
          new RefitLog.Attempt(
              at,
              cause.label(),
              FAILED,
              "the fit broke off (" + broken.getClass().getSimpleName() + ")",
              shelf.of(tenant).version()));
    } catch (RuntimeException alsoBroken) {
      // The database that failed the fit cannot note it either; the log has the first.
      broken.addSuppressed(alsoBroken);
    }
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Fitted _ -> "fitted";
      case Outcome.Kept kept -> kept.isFailure() ? FAILED : "kept";
    };
  }

  /// How well the models in force have foretold what came since they were fitted; empty where that
  /// cannot be told yet.
  public Optional<Drift> drift(Tenant tenant) {
    int today = ModelShelf.ledgerOf(tenant).dayOf(clock.instant());
    return Drift.of(customers.everyProfile(tenant), shelf.of(tenant).forecast(), today);
  }

  /// Why a refit is due, if one is: there was none yet, the last is `most` ago, or the model
  /// drifts.
  public Optional<Cause> due(Tenant tenant, Duration most) {
    Optional<Instant> fitted = shelf.fittedAt(tenant);
    if (fitted.isEmpty() || !fitted.get().plus(most).isAfter(clock.instant())) {
      return Optional.of(Cause.SCHEDULE);
    }
    return drift(tenant).filter(Drift::isDrifting).map(drift -> Cause.DRIFT);
  }

  private Outcome fit(Tenant tenant, Instant at) {
    Ledger ledger = ModelShelf.ledgerOf(tenant);
    int today = ledger.dayOf(at);
    Panel.Builder panel = Panel.builder();
    Features.Builder features = new Features.Builder(today, EXPECTED_CUSTOMERS);
    customers.forEachProfile(
        tenant,
        (id, profile) -> {
          panel.add(profile, today);
          features.add(profile);
        });
    Fit fit = Fit.of(panel.build(), today, ledger.scale());
    return switch (fit) {
      case Fit.Fitted fitted -> {
        Features gathered = features.build();
        BehaviourModel behaviour = BehaviourModel.fit(gathered, today, ledger.scale());
        TenantModels models = new TenantModels(fitted.model(), behaviour);
        shelf.put(tenant, models, at, noted(fitted.model(), gathered.size()));
        yield new Outcome.Fitted(models, gathered.size());
      }
      case Fit.NotEnough none -> new Outcome.Kept(shelf.of(tenant), none.reason(), false);
      case Fit.Failed failed -> new Outcome.Kept(shelf.of(tenant), failed.reason(), true);
    };
  }

  /// Whether the tenant's models were fitted to its own customers.
  public boolean isFitted(Tenant tenant) {
    return shelf.fittedAt(tenant).isPresent();
  }

  private static String noted(ForecastModel model, int customers) {
    return "{\"customers\":" + customers + ",\"horizon_days\":" + model.horizonDays() + "}";
  }
}
