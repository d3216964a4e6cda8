package ai.quimbi.server.http;

import com.fasterxml.jackson.databind.node.NullNode;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ServerConnector;

/// The server's door: listens, and brings every request through the same checks to its route. Open
/// until closed; closing lets the requests in flight finish.
public final class Door implements AutoCloseable {
  static final String API_VERSION = "1";
  static final String PUBLIC_CONNECTOR = "public";
  static final String ADMIN_CONNECTOR = "admin";

  private final Javalin javalin;

  private Door(Javalin javalin) {
    this.javalin = javalin;
  }

  /// Opens the door to the given routes and to the server's own: health, metrics, the contract.
  public static Door open(DoorSettings settings, Backing backing, List<Route> routes) {
    return open(settings, backing, routes, List.of());
  }

  /// The same with annexes, which answer for the paths they own before any route is looked for.
  public static Door open(
      DoorSettings settings, Backing backing, List<Route> routes, List<Annex> annexes) {
    return open(settings, backing, routes, annexes, List.of());
  }

  /// The same with servlets of other libraries.
  public static Door open(
      DoorSettings settings,
      Backing backing,
      List<Route> routes,
      List<Annex> annexes,
      List<Mount> mounts) {
    List<Route> all = new ArrayList<>(OwnRoutes.of(backing));
    all.addAll(routes);
    requireSchemas(backing.contract(), all);
    return new Door(
        Javalin.create(config -> configure(config, settings, backing, all, annexes, mounts))
            .start());
  }

  private static void configure(
      JavalinConfig config,
      DoorSettings settings,
      Backing backing,
      List<Route> routes,
      List<Annex> annexes,
      List<Mount> mounts) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.http.prefer405over404 = true;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.defaultContentType = Answer.JSON;
    config.router.ignoreTrailingSlashes = false;
    JettySettings.apply(config.jetty, settings, annexes);

    Threshold threshold = new Threshold(backing, settings);
    Refusals refusals = new Refusals(backing.errors());
    RequestMetrics metrics = new RequestMetrics(backing.metrics());
    for (Mount mount : mounts) {
      JettySettings.mount(
          config.jetty, mount, new MountGuard(mount.path(), threshold, refusals, metrics));
    }
    config.routes.before(
        ctx -> {
          Annex annex = Annex.owner(annexes, ctx.req().getRequestURI());
          threshold.cross(ctx, annex == null);
          if (annex != null && !ctx.req().getMethod().equals("OPTIONS")) {
            Service.nameRoute(ctx.req(), annex.nameOf(ctx.req().getRequestURI()));
            annex.serve(new Visit(ctx.req(), ctx.res(), threshold));
            ctx.skipRemainingHandlers();
          }
        });
    for (Route route : routes) {
      Service service = new Service(route, threshold, backing, settings.requestTime());
      config.routes.addHttpHandler(
          HandlerType.findOrCreate(route.method().name()), route.path(), service::serve);
      if (route.method() == Method.GET) {
        config.routes.addHttpHandler(HandlerType.HEAD, route.path(), service::serve);
      }
    }
    // Javalin answers its own exceptions itself unless they are named.
    config.routes.exception(HttpResponseException.class, (e, ctx) -> refuse(refusals, e, ctx));
    config.routes.exception(Exception.class, (e, ctx) -> refuse(refusals, e, ctx));
    config.router.javaLangErrorHandler(
        (response, error) -> {
          String requestId = RequestId.of(response.getHeader("X-Request-Id"));
          Responses.refuse(refusals.of(error, requestId), requestId, null, response);
        });
    config.requestLogger.http(
        (ctx, millis) ->
            metrics.record(
                ctx.req().getMethod(),
                Service.routeOf(ctx.req()),
                ctx.res().getStatus(),
                (long) (millis * 1e6)));
  }

  private static void refuse(Refusals refusals, Exception thrown, Context ctx) {
    String requestId = Threshold.requestId(ctx.req());
    Responses.refuse(
        refusals.of(thrown, requestId),
        requestId,
        ctx.req().getHeader("Accept-Encoding"),
        ctx.res());
    boolean closes = "close".equals(ctx.res().getHeader("Connection"));
    if (!closes && !Service.hasReadBody(ctx.req())) {
      Responses.flush(ctx.res());
      RequestBody.drain(ctx.req());
    }
  }

  /// Schemas are found and compiled before the first request needs them.
  private static void requireSchemas(Contract contract, List<Route> routes) {
    for (Route route : routes) {
      if (route.body() instanceof Body.Json json) {
        contract.faults(json.schema(), NullNode.getInstance());
      }
    }
  }

  static boolean isAdminConnector(HttpServletRequest request) {
    return ADMIN_CONNECTOR.equals(
        ServletContextRequest.getServletContextRequest(request)
            .getConnectionMetaData()
            .getConnector()
            .getName());
  }

  /// The port it listens on.
  public int port() {
    return portOf(PUBLIC_CONNECTOR);
  }

  /// The port of the administration; -1 without one.
  public int adminPort() {
    return portOf(ADMIN_CONNECTOR);
  }

  private int portOf(String name) {
    for (Connector connector : javalin.jettyServer().server().getConnectors()) {
      if (name.equals(connector.getName()) && connector instanceof ServerConnector listening) {
        return listening.getLocalPort();
      }
    }
    return -1;
  }

  /// Takes no new requests, waits for those in flight as long as the settings say, and stops.
  @Override
  public void close() {
    javalin.stop();
  }
}
