package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.forecast.CustomerForecast;

/// The customer a question is about: what is known of them, the models that judge them, and the
/// tenant's current day.
record Subject(Tenant tenant, String customerId, Profile profile, TenantModels models, int today) {

  Ledger ledger() {
    return ModelShelf.ledgerOf(tenant);
  }

  CustomerForecast forecast() {
    return CustomerForecast.of(profile, models.forecast(), today);
  }
}
