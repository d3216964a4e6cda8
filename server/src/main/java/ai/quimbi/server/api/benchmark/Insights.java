package ai.quimbi.server.api.benchmark;

import static ai.quimbi.core.access.Scope.DATA_WRITE;
import static ai.quimbi.core.access.Scope.INSIGHTS_READ;

import ai.quimbi.server.api.Scoreboard;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.http.Access;
import ai.quimbi.server.http.Body;
import ai.quimbi.server.http.Route;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.benchmark.BenchmarkRates;
import ai.quimbi.server.store.benchmark.Contributions;
import ai.quimbi.server.store.benchmark.Participation;
import ai.quimbi.server.store.benchmark.Releases;
import ai.quimbi.server.store.events.Orderers;
import ai.quimbi.server.store.events.Overview;
import ai.quimbi.server.store.events.ScoreStatistics;
import java.util.List;

/// What a company learns of itself and of its industry, and the monthly work behind that.
public final class Insights {
  private final BenchmarkPages benchmarks;
  private final ContributionPages contributions;
  private final OverviewPage overview;
  private final MonthlyRelease release;

  public Insights(Databases databases, Tenancy tenancy, Scoreboard scoreboard) {
    Orderers orderers = new Orderers(databases);
    Participation participation = new Participation(databases.control());
    Releases releases = new Releases(databases.control());
    BenchmarkRates rates = new BenchmarkRates(databases.control());
    Figuring figuring = new Figuring(scoreboard, orderers, rates);
    this.benchmarks = new BenchmarkPages(tenancy, releases, participation, rates, figuring);
    this.contributions =
        new ContributionPages(tenancy, databases.tenants(), participation, rates, figuring);
    this.overview =
        new OverviewPage(
            tenancy, scoreboard, new Overview(databases), new ScoreStatistics(databases));
    this.release =
        new MonthlyRelease(
            databases.tenants(),
            figuring,
            participation,
            new Contributions(databases.control()),
            releases,
            new SecureNoise());
  }

  public MonthlyRelease release() {
    return release;
  }

  public List<Route> routes() {
    Access read = Access.scope(INSIGHTS_READ);
    String industry = "/api/insights/benchmarks/{industry}";
    String named = "/api/admin/tenants/{tenant_id}/contribution";
    String rates = "/api/admin/benchmarks/rates";
    return List.of(
        Route.get(industry, read, benchmarks::benchmark),
        Route.get(industry + "/ledger", read, benchmarks::ledger),
        Route.get("/api/insights/my-position", read, benchmarks::position),
        Route.get("/api/insights/overview", read, overview::get),
        Route.get("/api/insights/contribution", read, contributions::get),
        Route.put(
            "/api/insights/contribution",
            Access.scope(DATA_WRITE),
            Body.json("ContributionPut"),
            contributions::put),
        Route.get(named, Access.ADMIN, contributions::named),
        Route.put(named, Access.ADMIN, Body.json("OwnerPut"), contributions::own),
        Route.get(rates, Access.ADMIN, contributions::rates),
        Route.put(rates, Access.ADMIN, Body.json("BenchmarkRatesPut"), contributions::putRates));
  }
}
