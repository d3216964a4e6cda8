package ai.quimbi.server.http;

/// One line of the table of routes. `path` is written as in `openapi.yaml`:
/// `/api/customers/{customer_id}`. An `idempotent` route honours `Idempotency-Key`.
public record Route(
    Method method, String path, Access access, Body body, boolean idempotent, Handler handler) {

  public Route {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("a route's path starts with /, was " + path);
    }
  }

  public static Route get(String path, Access access, Handler handler) {
    return new Route(Method.GET, path, access, Body.NONE, false, handler);
  }

  public static Route post(String path, Access access, Body body, Handler handler) {
    return new Route(Method.POST, path, access, body, false, handler);
  }

  public static Route put(String path, Access access, Body body, Handler handler) {
    return new Route(Method.PUT, path, access, body, false, handler);
  }

  public static Route delete(String path, Access access, Handler handler) {
    return new Route(Method.DELETE, path, access, Body.NONE, false, handler);
  }

  /// The same route, honouring `Idempotency-Key`.
  public Route idempotently() {
    return new Route(method, path, access, body, true, handler);
  }
}
