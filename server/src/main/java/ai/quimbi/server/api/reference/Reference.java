package ai.quimbi.server.api.reference;

import ai.quimbi.server.http.Access;
import ai.quimbi.server.http.Route;
import java.util.List;

/// The pages' routes. They need no key: what they tell is the same for everybody.
public final class Reference {
  private final ReferencePage reference;
  private final ErrorPage errors = new ErrorPage();
  private final StatusPage status;

  /// `exampleKey` is a key that everybody knows, for trying endpoints; empty where there is none.
  public Reference(Status status, String exampleKey) {
    this.reference = new ReferencePage(exampleKey);
    this.status = new StatusPage(status);
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/docs", Access.PUBLIC, reference::get),
        Route.get("/docs/assets/{file}", Access.PUBLIC, reference::file),
        Route.get("/docs/errors", Access.PUBLIC, errors::get),
        Route.get("/status", Access.PUBLIC, status::page),
        Route.get("/status.json", Access.PUBLIC, status::json));
  }
}
