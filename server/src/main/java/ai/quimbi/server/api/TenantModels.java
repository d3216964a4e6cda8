package ai.quimbi.server.api;

import ai.quimbi.core.behaviour.BehaviourModel;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.forecast.ForecastModel;

/// The models that are in force for a tenant.
public record TenantModels(ForecastModel forecast, BehaviourModel behaviour) {

  /// What holds before anything was fitted, and always for the sample customers.
  public static TenantModels shipped(Ledger ledger) {
    return new TenantModels(
        ForecastModel.shipped(ledger.scale()), BehaviourModel.shipped(ledger.scale()));
  }

  /// Names both models: an answer changes only when this, the day or the customer does.
  public String version() {
    return forecast.version() + "+" + behaviour.version();
  }
}
