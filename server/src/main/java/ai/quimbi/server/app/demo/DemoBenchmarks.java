package ai.quimbi.server.app.demo;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.api.benchmark.MonthlyRelease;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.benchmark.BenchmarkRates;
import ai.quimbi.server.store.benchmark.Participation;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Lets every company of the demo share its figures, each owned by itself, and makes the month's
/// benchmarks: of retail there are enough.
public final class DemoBenchmarks {
  // Invented, and near enough.
  private static final Map<String, String> DOLLARS =
      Map.of(
          "EUR", "1.08",
          "GBP", "1.27",
          "NOK", "0.093",
          "SEK", "0.095",
          "JPY", "0.0067",
          "CAD", "0.73",
          "AUD", "0.66");

  private final Databases databases;
  private final MonthlyRelease release;

  public DemoBenchmarks(Databases databases, MonthlyRelease release) {
    this.databases = databases;
    this.release = release;
  }

  /// What somebody changed since stays as it is.
  public void make(Instant now) {
    Participation participation = new Participation(databases.control());
    List<DemoCompany> companies = new ArrayList<>(DemoCompany.peers());
    companies.add(DemoCompany.shop());
    for (DemoCompany company : companies) {
      Tenant tenant = company.tenant();
      if (participation.of(tenant).ownerGroup() == null) {
        participation.own(tenant, tenant.name(), true);
        participation.join(tenant, now);
      }
    }
    BenchmarkRates rates = new BenchmarkRates(databases.control());
    if (rates.all().isEmpty()) {
      TreeMap<String, BigDecimal> dollars = new TreeMap<>();
      DOLLARS.forEach((currency, rate) -> dollars.put(currency, new BigDecimal(rate)));
      rates.put(dollars);
    }
    release.run(now);
  }
}
