package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.BehaviourModel;
import ai.quimbi.core.behaviour.Features;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.forecast.Fit;
import ai.quimbi.core.forecast.ForecastModel;
import ai.quimbi.core.forecast.Panel;
import ai.quimbi.server.store.events.Customers;
import java.time.Instant;
import java.time.InstantSource;

/// Fits a tenant's models to its customers and puts them in force. Fitting the same customers on
/// the same day gives the same models, so it does no harm when two servers do it at once.
public final class Refit {
  private static final int EXPECTED_CUSTOMERS = 1024;

  private final Customers customers;

  private final ModelShelf shelf;
  private final InstantSource clock;

  public Refit(Customers customers, ModelShelf shelf, InstantSource clock) {
    this.customers = customers;
    this.shelf = shelf;
    this.clock = clock;
  }

  /// What came of it.
  public sealed interface Outcome {
    TenantModels models();

    /// New models are in force.
    record Fitted(TenantModels models, int customers) implements Outcome {}

    /// The models from before stay, and why.
    record Kept(TenantModels models, String reason) implements Outcome {}
  }

  public Outcome now(Tenant tenant) {
    Instant at = clock.instant();
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
      case Fit.NotEnough none -> new Outcome.Kept(shelf.of(tenant), none.reason());
      case Fit.Failed failed -> new Outcome.Kept(shelf.of(tenant), failed.reason());
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
