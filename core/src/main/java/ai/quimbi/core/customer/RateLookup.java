package ai.quimbi.core.customer;

import java.math.BigDecimal;
import java.util.Optional;

/// What one unit of another currency was worth in the tenant's on a day; empty where nobody said.
@FunctionalInterface
public interface RateLookup {

  /// Knows no currency but the tenant's own.
  RateLookup NONE = (currency, day) -> Optional.empty();

  Optional<BigDecimal> rate(String currency, int day);

  /// As [#rate], with 1 for the ledger's own currency.
  default Optional<BigDecimal> into(Ledger ledger, String currency, int day) {
    return currency.equals(ledger.currency().getCurrencyCode())
        ? Optional.of(BigDecimal.ONE)
        : rate(currency, day);
  }
}
