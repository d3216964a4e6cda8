package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.RateLookup;
import ai.quimbi.server.store.ExchangeRates;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A tenant's exchange rates as the core asks for them, each looked up once a batch.
public final class Rates {
  private final ExchangeRates rates;

  public Rates(ExchangeRates rates) {
    this.rates = rates;
  }

  /// For one batch: what was found is remembered as long as the lookup is kept.
  public RateLookup of(Tenant tenant) {
    Map<String, Optional<BigDecimal>> found = new HashMap<>();
    return (currency, day) ->
        found.computeIfAbsent(
            currency + "@" + day,
            key ->
                rates.on(tenant.id(), Currency.getInstance(currency), LocalDate.ofEpochDay(day)));
  }
}
