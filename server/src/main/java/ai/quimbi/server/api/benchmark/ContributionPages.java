package ai.quimbi.server.api.benchmark;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.benchmark.CustomerTotals;
import ai.quimbi.core.benchmark.Eligibility;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.Fault;
import ai.quimbi.server.store.Tenants;
import ai.quimbi.server.store.benchmark.BenchmarkRates;
import ai.quimbi.server.store.benchmark.Participation;
import ai.quimbi.server.store.benchmark.Participation.Part;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Whether a tenant shares its figures: the tenant's own word, and the administrator's on who owns
/// it and in which industry it is.
final class ContributionPages {
  private final Tenancy tenancy;
  private final Tenants tenants;
  private final Participation participation;
  private final BenchmarkRates rates;
  private final Figuring figuring;

  ContributionPages(
      Tenancy tenancy,
      Tenants tenants,
      Participation participation,
      BenchmarkRates rates,
      Figuring figuring) {
    this.tenancy = tenancy;
    this.tenants = tenants;
    this.participation = participation;
    this.rates = rates;
    this.figuring = figuring;
  }

  Answer get(Call call) {
    return Answer.ok(shown(tenancy.of(call), call.receivedAt()));
  }

  Answer put(Call call) {
    Tenant tenant = tenancy.of(call);
    if (!call.body().path("opted_in").booleanValue()) {
      participation.leave(tenant, call.receivedAt());
    } else if (Figuring.industry(tenant.industry()) == null) {
      throw Unavailable.noIndustry();
    } else {
      participation.join(tenant, call.receivedAt());
    }
    return Answer.ok(shown(tenant, call.receivedAt()));
  }

  /// The administrator's view.
  Answer named(Call call) {
    return Answer.ok(shown(tenancy.named(call), call.receivedAt()));
  }

  Answer own(Call call) {
    Tenant tenant = tenancy.named(call);
    JsonNode told = call.body();
    String group = told.path("owner_group").asText().strip();
    if (group.isEmpty()) {
      throw ApiError.invalid("/owner_group", "blank", "owner_group names the legal owner.");
    }
    String industry = Figuring.industry(told.path("industry").asText(""));
    if (industry != null) {
      tenants.setIndustry(tenant.id(), industry);
      tenancy.forget(tenant);
    }
    participation.own(tenant, group, told.path("approved").booleanValue());
    return Answer.ok(shown(tenancy.named(call), call.receivedAt()));
  }

  Answer rates(Call call) {
    return Answer.ok(shownRates());
  }

  Answer putRates(Call call) {
    SortedMap<String, BigDecimal> told = new TreeMap<>();
    List<Fault> faults = new ArrayList<>();
    call.body()
        .path("rates")
        .properties()
        .forEach(
            rate -> {
              String code = rate.getKey();
              if (!isCurrency(code)) {
                faults.add(
                    new Fault(
                        "/rates/" + code, "unknown", code + " is no ISO 4217 code such as EUR."));
              } else if (code.equals(BenchmarkRates.CURRENCY.getCurrencyCode())) {
                faults.add(
                    new Fault(
                        "/rates/" + code,
                        "fixed",
                        "Benchmarks are told in " + code + ": it is 1."));
              } else {
                told.put(code, rate.getValue().decimalValue());
              }
            });
    if (!faults.isEmpty()) {
      throw ApiError.invalid(faults);
    }
    rates.put(told);
    return Answer.ok(shownRates());
  }

  private static boolean isCurrency(String code) {
    return Currency.getAvailableCurrencies().stream()
        .anyMatch(known -> known.getCurrencyCode().equals(code));
  }

  private Map<String, Object> shownRates() {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("currency", BenchmarkRates.CURRENCY.getCurrencyCode());
    shown.put("rates", rates.all());
    return shown;
  }

  private Map<String, Object> shown(Tenant tenant, Instant now) {
    Part part = participation.of(tenant);
    Eligibility eligibility = figuring.eligibility(tenant, now);
    String industry = Figuring.industry(tenant.industry());
    boolean hasRate = rates.of(tenant.currency()).isPresent();
    List<String> missing = missing(part, eligibility, industry != null, hasRate, tenant);

    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("opted_in", part.isOptedIn());
    shown.put(
        "status", !part.isOptedIn() ? "off" : missing.isEmpty() ? "contributing" : "incomplete");
    if (industry != null) {
      shown.put("industry", industry);
    }
    if (part.ownerGroup() != null) {
      shown.put("owner_group", part.ownerGroup());
    }
    shown.put("approved", part.isApproved());
    Map<String, Object> required = new LinkedHashMap<>();
    required.put(
        "customers_with_orders",
        requirement(Eligibility.LEAST_CUSTOMERS, eligibility.customersWithOrders()));
    required.put("days_since_first_order", requirement(Eligibility.LEAST_DAYS, eligibility.days()));
    shown.put("requirements", required);
    shown.put("missing", missing);
    shown.put("shares", List.of("avg_ltv", "avg_churn"));
    shown.put("customer_epsilon_per_month", BigDecimal.valueOf(CustomerTotals.EPSILON));
    if (part.changedAt() != null) {
      shown.put("changed_at", part.changedAt());
    }
    if (part.contributed() != null) {
      shown.put("last_contribution", part.contributed().toString().substring(0, 7));
    }
    return shown;
  }

  private static Map<String, Object> requirement(long least, long have) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("required", least);
    shown.put("have", have);
    return shown;
  }

  private static List<String> missing(
      Part part, Eligibility eligibility, boolean hasIndustry, boolean hasRate, Tenant tenant) {
    List<String> missing = new ArrayList<>();
    if (!hasIndustry) {
      missing.add("An industry: ask your administrator to set it.");
    }
    if (part.ownerGroup() == null || !part.isApproved()) {
      missing.add("An approved owner: ask your administrator to name and approve it.");
    }
    if (!hasRate) {
      missing.add("A rate for " + tenant.currency() + ": ask your administrator to set it.");
    }
    if (eligibility.customersWithOrders() < Eligibility.LEAST_CUSTOMERS) {
      missing.add(
          "Customers: %d have ordered, %d are needed."
              .formatted(eligibility.customersWithOrders(), Eligibility.LEAST_CUSTOMERS));
    }
    if (eligibility.days() < Eligibility.LEAST_DAYS) {
      missing.add(
          "Time: the first order is %d days old, %d are needed."
              .formatted(eligibility.days(), Eligibility.LEAST_DAYS));
    }
    return missing;
  }
}
