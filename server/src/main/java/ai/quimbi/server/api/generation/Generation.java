package ai.quimbi.server.api.generation;

import static ai.quimbi.core.access.Scope.DATA_WRITE;
import static ai.quimbi.core.access.Scope.GENERATION_WRITE;
import static ai.quimbi.core.access.Scope.INSIGHTS_READ;

import ai.quimbi.server.api.ModelShelf;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.http.Access;
import ai.quimbi.server.http.Body;
import ai.quimbi.server.http.Route;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.events.Customers;
import ai.quimbi.server.store.generation.Catalog;
import ai.quimbi.server.store.generation.Catalog.Kind;
import ai.quimbi.server.store.generation.Generated;
import ai.quimbi.server.store.generation.Playbooks;
import java.util.ArrayList;
import java.util.List;

/// Everything that generation adds to the table of routes.
public final class Generation {
  private static final int CATALOG_MAX_BYTES = 10 * Body.MEBIBYTE;

  private final CatalogPages catalogPages;
  private final TenantProviders providers;
  private final Messages messages;
  private final TenantPlaybooks playbooks;
  private final Actions actions;

  public Generation(Databases databases, Tenancy tenancy, ModelShelf shelf, Pens pens) {
    Catalog catalog = new Catalog(databases);
    Generated generated = new Generated(databases);
    KnownCustomers customers = new KnownCustomers(new Customers(databases), shelf);
    Facts facts = new Facts(catalog);
    this.catalogPages = new CatalogPages(tenancy, catalog);
    this.providers = pens.providers();
    this.messages = new Messages(tenancy, customers, facts, generated, pens);
    this.playbooks = new TenantPlaybooks(tenancy, new Playbooks(databases));
    this.actions = new Actions(tenancy, customers, facts, generated, playbooks, pens);
  }

  public List<Route> routes() {
    Access write = Access.scope(GENERATION_WRITE);
    List<Route> routes = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      collection(routes, kind);
    }
    routes.add(
        Route.post("/api/generation/message", write, Body.json("MessageRequest"), messages::write));
    routes.add(
        Route.post(
            "/api/generation/message/stream",
            write,
            Body.json("MessageRequest"),
            messages::stream));
    routes.add(
        Route.post(
            "/api/generation/feedback", write, Body.json("FeedbackRequest"), messages::feedback));
    routes.add(
        Route.post("/api/generation/actions", write, Body.json("ActionsRequest"), actions::advise));
    routes.add(
        Route.post(
            "/api/generation/actions/{action_id}/outcome",
            write,
            Body.json("OutcomeRequest"),
            actions::outcome));
    routes.add(
        Route.put(
            "/api/generation/playbook",
            Access.scope(DATA_WRITE),
            Body.json("PlaybookPut"),
            playbooks::put));
    routes.add(Route.get("/api/generation/playbook", write, playbooks::get));
    routes.add(
        Route.get("/api/insights/generation", Access.scope(INSIGHTS_READ), messages::insights));
    String model = "/api/admin/tenants/{tenant_id}/language_model";
    routes.add(Route.put(model, Access.ADMIN, Body.json("LanguageModelPut"), providers::put));
    routes.add(Route.get(model, Access.ADMIN, providers::get));
    routes.add(Route.delete(model, Access.ADMIN, providers::delete));
    return List.copyOf(routes);
  }

  private void collection(List<Route> routes, Kind kind) {
    String name = CatalogJson.collection(kind);
    String path = "/api/catalog/" + name;
    routes.add(
        Route.put(
            path,
            Access.scope(DATA_WRITE),
            Body.json(CatalogJson.schema(kind), CATALOG_MAX_BYTES),
            call -> catalogPages.put(call, kind, name)));
    routes.add(
        Route.get(
            path, Access.scope(GENERATION_WRITE), call -> catalogPages.list(call, kind, name)));
  }
}
