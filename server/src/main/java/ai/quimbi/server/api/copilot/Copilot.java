package ai.quimbi.server.api.copilot;

import static ai.quimbi.core.access.Scope.DATA_WRITE;
import static ai.quimbi.core.access.Scope.TOOLS_INVOKE;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.api.generation.Pens;
import ai.quimbi.server.http.Access;
import ai.quimbi.server.http.Annex;
import ai.quimbi.server.http.Body;
import ai.quimbi.server.http.Limits;
import ai.quimbi.server.http.Route;
import ai.quimbi.server.jobs.Feed;
import ai.quimbi.server.jobs.Workers;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.copilot.Accounts;
import ai.quimbi.server.store.copilot.Clients;
import ai.quimbi.server.store.copilot.HealthLog;
import ai.quimbi.server.store.copilot.KnownAccounts;
import ai.quimbi.server.store.copilot.Weights;
import ai.quimbi.server.store.documents.Documents;
import ai.quimbi.server.store.events.Customers;
import ai.quimbi.server.store.jobs.Jobs;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything the copilot adds to the server: routes in the table, and annexes beside it.
public final class Copilot implements AutoCloseable {
  private final AccountPages accountPages;
  private final HealthConfig healthConfig;
  private final HealthWatch healthWatch;
  private final HealthPages healthPages;
  private final PlanPages planPages;
  private final JobPages jobPages;
  private final Workers workers;
  private final List<Annex> annexes;
  private final ToolDesk toolDesk;

  /// Starts the workers of the copilot's jobs, which hear of them by `feed`. The tools read
  /// `told`, or where it is `null` what PostgreSQL has of the accounts.
  public Copilot(
      Databases databases,
      Tenancy tenancy,
      Limits limits,
      @Nullable Documents told,
      Pens pens,
      Jobs jobs,
      Feed feed,
      InstantSource clock) {
    Accounts accounts = new Accounts(databases);
    KnownAccounts known = told == null ? accounts : new DocumentedAccounts(told, accounts);
    Weights weights = new Weights(databases);
    Clients clients = new Clients(databases.control(), databases.vault());
    HealthLog healthLog = new HealthLog(databases);
    this.healthWatch = new HealthWatch(known, accounts, weights, healthLog);
    this.healthPages =
        new HealthPages(
            tenancy, accounts, new Customers(databases), weights, healthLog, healthWatch);
    this.accountPages =
        new AccountPages(tenancy, accounts, new ToldDocuments(told, accounts), healthWatch);
    this.healthConfig = new HealthConfig(tenancy, weights, known);
    SignedCallers callers = new SignedCallers(clients, limits, clock);
    Tools tools = new Tools(known, weights, pens, healthWatch, clock);
    ToolSchemas schemas = new ToolSchemas();
    this.toolDesk = new ToolDesk(tenancy, schemas, tools);
    ToolJobs toolJobs = new ToolJobs(jobs, feed, tenancy, new ToolRequests(schemas), tools);
    this.workers =
        Workers.start(jobs, feed, Map.of(ToolJobs.KIND, toolJobs), Workers.Settings.DEFAULT);
    this.jobPages = new JobPages(tenancy, jobs);
    Planner planner = new Planner(known, weights, tools, pens, clock);
    this.planPages = new PlanPages(planner, tenancy, callers, new Tokens(clients), clock);
    this.annexes = List.of(new ToolDoor(tenancy, callers, schemas, tools, toolJobs), planPages);
  }

  public List<Route> routes() {
    Access write = Access.scope(DATA_WRITE);
    Access ask = Access.scope(TOOLS_INVOKE);
    String account = "/api/accounts/{customer_id}";
    return List.of(
        Route.put(account, write, Body.json("AccountPut"), accountPages::put),
        Route.get(account, ask, accountPages::get),
        Route.delete(account, write, accountPages::delete),
        Route.post(account + "/usage", write, Body.json("UsageDays"), accountPages::putUsage),
        Route.post(account + "/tickets", write, Body.json("Tickets"), accountPages::putTickets),
        Route.post("/api/copilot/plan", ask, Body.json("PlanRequest"), planPages::plan),
        Route.get("/api/jobs/{job_id}", ask, jobPages::one),
        Route.get(account + "/health", ask, healthPages::history),
        Route.get("/api/copilot/health-config", ask, healthConfig::get),
        Route.get("/api/copilot/health-config/backtest", ask, healthPages::backtest),
        Route.put(
            "/api/copilot/health-config", write, Body.json("HealthConfigPut"), healthConfig::put));
  }

  public List<Annex> annexes() {
    return annexes;
  }

  /// Once a day: keeps every account's health where it is no longer what it was.
  public void lookAtHealth(Tenant tenant, Instant now) {
    healthWatch.lookAtAll(tenant, now);
  }

  /// The tools without their signed door.
  public ToolDesk toolDesk() {
    return toolDesk;
  }

  /// Lets the jobs at work end, for a moment.
  @Override
  public void close() {
    workers.close();
  }
}
