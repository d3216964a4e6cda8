package ai.quimbi.server.api.benchmark;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.benchmark.Contribution;
import ai.quimbi.core.benchmark.CustomerTotals;
import ai.quimbi.core.benchmark.Eligibility;
import ai.quimbi.core.benchmark.Noise;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.server.api.Scoreboard;
import ai.quimbi.server.store.benchmark.BenchmarkRates;
import ai.quimbi.server.store.events.Orderers;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A tenant's figures as all companies are compared by them: 365 days ahead, customers with orders
/// only, in one currency.
final class Figuring {
  private final Scoreboard scoreboard;
  private final Orderers orderers;
  private final BenchmarkRates rates;

  Figuring(Scoreboard scoreboard, Orderers orderers, BenchmarkRates rates) {
    this.scoreboard = scoreboard;
    this.orderers = orderers;
    this.rates = rates;
  }

  /// The name that an industry has here, however it is spelt; `null` where none is told.
  static @Nullable String industry(@Nullable String told) {
    String plain = told == null ? "" : told.strip().toLowerCase(Locale.ROOT);
    return plain.isEmpty() ? null : plain;
  }

  /// The exact means, in the tenant's own currency.
  Orderers.Means means(Tenant tenant, Instant now) {
    scoreboard.upToDate(tenant, now);
    return orderers.means(tenant);
  }

  Eligibility eligibility(Tenant tenant, Instant now) {
    int days =
        orderers
            .firstOrder(tenant)
            .map(first -> Math.max(0, Math.toIntExact(Duration.between(first, now).toDays())))
            .orElse(0);
    return new Eligibility(means(tenant, now).customers(), days);
  }

  /// A month's contribution, noised; empty where the tenant may not contribute yet. A customer's
  /// value counts up to `valueCap` of the benchmarks' currency.
  Optional<Contribution> contribution(
      Tenant tenant, String owner, double valueCap, Instant now, Noise noise) {
    // The month's work keeps no caller waiting.
    scoreboard.completely(tenant, now);
    Optional<BigDecimal> rate = rates.of(tenant.currency());
    if (rate.isEmpty() || !eligibility(tenant, now).isMet()) {
      return Optional.empty();
    }
    double worth = rate.get().doubleValue();
    double minorPerUnit = StrictMath.pow(10, new Ledger(tenant.zone(), tenant.currency()).scale());
    long cap = Math.max(1, Math.round(valueCap / worth * minorPerUnit));
    Optional<CustomerTotals> totals = orderers.totals(tenant, cap);
    return totals.map(sums -> sums.noised(owner, minorPerUnit, worth, noise));
  }
}
