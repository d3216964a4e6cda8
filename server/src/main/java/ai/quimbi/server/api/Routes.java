package ai.quimbi.server.api;

import static ai.quimbi.core.access.Scope.DATA_WRITE;
import static ai.quimbi.core.access.Scope.INSIGHTS_READ;
import static ai.quimbi.core.access.Scope.INTELLIGENCE_READ;

import ai.quimbi.server.http.Access;
import ai.quimbi.server.http.Body;
import ai.quimbi.server.http.Route;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.events.Customers;
import ai.quimbi.server.store.events.Interactions;
import ai.quimbi.server.store.events.Orders;
import ai.quimbi.server.store.events.RefitLog;
import ai.quimbi.server.store.events.Scores;
import java.util.List;
import java.util.stream.Stream;

/// The one table of routes. `openapi.yaml` says the same, and a test holds the two together.
public final class Routes {
  private Routes() {}

  /// `answerBytes` bounds the memory for answers that are kept.
  public static List<Route> of(
      Databases databases,
      Tenancy tenancy,
      ModelShelf shelf,
      Refit refit,
      Upkeep upkeep,
      LongJobs jobs,
      IngestedRows counted,
      long answerBytes) {
    Customers customers = new Customers(databases);
    Rates rates = new Rates(databases.rates());
    Subjects subjects = new Subjects(tenancy, customers, shelf, rates);
    Scores scores = new Scores(databases);
    Scoreboard scoreboard = upkeep.scoreboard();
    Intelligence intelligence =
        new Intelligence(
            new KeptAnswers(subjects, customers, answerBytes), new RiskRanks(scoreboard, scores));
    RevenueForecast revenue = new RevenueForecast(tenancy, shelf, customers, scores);
    ModelReport model = new ModelReport(shelf, refit, new RefitLog(databases));
    Intake intake =
        new Intake(tenancy, new Orders(databases), new Interactions(databases), rates, counted);
    CustomerPages pages = new CustomerPages(tenancy, customers);
    SegmentRoutes segments =
        new SegmentRoutes(databases, tenancy, shelf, subjects, customers, upkeep);
    Administration admin =
        new Administration(
            tenancy, databases.tenants(), databases.keys(), databases.rates(), refit, jobs);

    Access read = Access.scope(INTELLIGENCE_READ);
    Access write = Access.scope(DATA_WRITE);
    List<Route> others =
        List.of(
            Route.post(
                "/api/intelligence/analyze",
                read,
                Body.json("AnalyzeRequest"),
                intelligence::analyze),
            Route.post(
                "/api/intelligence/predict/churn",
                read,
                Body.json("ChurnRequest"),
                intelligence::churn),
            Route.post(
                "/api/intelligence/predict/ltv",
                read,
                Body.json("LtvRequest"),
                intelligence::lifetimeValue),
            Route.post(
                    "/api/data/ingest_orders",
                    write,
                    Body.batch("IngestOrdersRequest", Body.INGESTION_MAX_BYTES, "orders"),
                    intake::orders)
                .idempotently(),
            Route.post(
                    "/api/data/ingest_interactions",
                    write,
                    Body.batch(
                        "IngestInteractionsRequest", Body.INGESTION_MAX_BYTES, "interactions"),
                    intake::interactions)
                .idempotently(),
            Route.get("/api/insights/forecast", Access.scope(INSIGHTS_READ), revenue::of),
            Route.get(
                "/api/insights/model",
                Access.scope(INSIGHTS_READ),
                call -> model.of(call, tenancy)),
            Route.get("/api/customers", read, call -> segments.customers(call, pages)),
            Route.get("/api/customers/{customer_id}", read, pages::one),
            Route.post(
                "/api/admin/tenants", Access.ADMIN, Body.json("TenantCreate"), admin::createTenant),
            Route.get("/api/admin/tenants", Access.ADMIN, admin::listTenants),
            Route.get("/api/admin/tenants/{tenant_id}", Access.ADMIN, admin::oneTenant),
            Route.delete("/api/admin/tenants/{tenant_id}", Access.ADMIN, admin::deleteTenant),
            Route.post(
                "/api/admin/tenants/{tenant_id}/keys",
                Access.ADMIN,
                Body.json("KeyCreate"),
                admin::addKey),
            Route.get("/api/admin/tenants/{tenant_id}/keys", Access.ADMIN, admin::listKeys),
            Route.put(
                "/api/admin/tenants/{tenant_id}/rates",
                Access.ADMIN,
                Body.json("Rates"),
                admin::putRates),
            Route.get("/api/admin/tenants/{tenant_id}/rates", Access.ADMIN, admin::rates),
            Route.post(
                "/api/admin/tenants/{tenant_id}/refit", Access.ADMIN, Body.NONE, admin::refit),
            Route.delete("/api/admin/keys/{key_id}", Access.ADMIN, admin::revokeKey));
    return Stream.of(segments.routes(), jobs.routes(), others).flatMap(List::stream).toList();
  }
}
