package ai.quimbi.server.api.copilot;

import static ai.quimbi.core.access.Scope.DATA_WRITE;
import static ai.quimbi.core.access.Scope.TOOLS_INVOKE;

import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.http.Access;
import ai.quimbi.server.http.Annex;
import ai.quimbi.server.http.Body;
import ai.quimbi.server.http.Limits;
import ai.quimbi.server.http.Route;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.copilot.Accounts;
import ai.quimbi.server.store.copilot.Clients;
import ai.quimbi.server.store.copilot.Weights;
import java.time.InstantSource;
import java.util.List;

/// Everything the copilot adds to the server: routes in the table, and annexes beside it.
public final class Copilot {
  private final AccountPages accountPages;
  private final HealthConfig healthConfig;
  private final List<Annex> annexes;

  public Copilot(Databases databases, Tenancy tenancy, Limits limits, InstantSource clock) {
    Accounts accounts = new Accounts(databases);
    Weights weights = new Weights(databases);
    Clients clients = new Clients(databases.control(), databases.vault());
    this.accountPages = new AccountPages(tenancy, accounts);
    this.healthConfig = new HealthConfig(tenancy, weights, accounts);
    SignedCallers callers = new SignedCallers(clients, limits, clock);
    Tools tools = new Tools(accounts, weights, clock);
    this.annexes = List.of(new ToolDoor(tenancy, callers, new ToolSchemas(), tools));
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
        Route.get("/api/copilot/health-config", ask, healthConfig::get),
        Route.put(
            "/api/copilot/health-config", write, Body.json("HealthConfigPut"), healthConfig::put));
  }

  public List<Annex> annexes() {
    return annexes;
  }
}
