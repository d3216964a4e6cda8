package ai.quimbi.server.api.generation;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.Behaviour;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.forecast.Churn;
import ai.quimbi.core.generation.CustomerFacts;
import ai.quimbi.core.generation.Known;
import ai.quimbi.core.generation.Provenance;
import ai.quimbi.server.api.ModelShelf;
import ai.quimbi.server.api.SampleCustomers;
import ai.quimbi.server.api.TenantModels;
import ai.quimbi.server.store.events.Customers;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Adds what is stored of a customer to what a caller told; what was told wins.
final class KnownCustomers {
  private final Customers customers;
  private final ModelShelf shelf;

  KnownCustomers(Customers customers, ModelShelf shelf) {
    this.customers = customers;
    this.shelf = shelf;
  }

  CustomerFacts complete(CustomerFacts told, Tenant tenant, int today) {
    String id = told.customerId();
    if (id == null || id.length() > 128) {
      return told;
    }
    Ledger ledger = new Ledger(tenant.zone(), tenant.currency());
    Optional<Profile> sample = SampleCustomers.profile(id, ledger, today);
    Optional<Profile> stored = sample.isPresent() ? sample : customers.profile(tenant, id);
    if (stored.isEmpty()) {
      return told;
    }
    TenantModels models = sample.isPresent() ? TenantModels.shipped(ledger) : shelf.of(tenant);
    return merged(told, stored.get(), models, ledger, today);
  }

  private static CustomerFacts merged(
      CustomerFacts told, Profile profile, TenantModels models, Ledger ledger, int today) {
    TreeMap<String, Known<String>> segments = new TreeMap<>();
    Behaviour.of(profile, models.behaviour(), today)
        .dominants()
        .forEach(
            (axis, segment) -> segments.put(axis.label(), new Known<>(segment, Provenance.STORED)));
    segments.putAll(told.segments());
    boolean hasOrders = profile.lastPurchaseDay().isPresent();
    return new CustomerFacts(
        told.customerId(),
        told.name(),
        segments,
        or(told.churnRisk(), Churn.of(profile, models.forecast(), today).score()),
        or(told.lifetimeValue(), ledger.amountOf(profile.netMinor())),
        or(told.totalOrders(), profile.orders()),
        hasOrders
            ? or(
                told.daysSinceLastPurchase(),
                (long) Math.max(0, today - profile.lastPurchaseDay().getAsInt()))
            : told.daysSinceLastPurchase(),
        told.orders(),
        told.privateTexts());
  }

  private static <T> Known<T> or(@Nullable Known<T> told, T stored) {
    return told != null ? told : new Known<>(stored, Provenance.STORED);
  }
}
