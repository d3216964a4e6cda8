package ai.quimbi.server.http;

import static org.eclipse.jetty.http.UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT;
import static org.eclipse.jetty.http.UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING;
import static org.eclipse.jetty.http.UriCompliance.Violation.AMBIGUOUS_PATH_PARAMETER;
import static org.eclipse.jetty.http.UriCompliance.Violation.AMBIGUOUS_PATH_SEGMENT;
import static org.eclipse.jetty.http.UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR;
import static org.eclipse.jetty.http.UriCompliance.Violation.SUSPICIOUS_PATH_CHARACTERS;

import io.javalin.config.JettyConfig;
import jakarta.servlet.DispatcherType;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// How Jetty behaves below the routes: which addresses it lets through, how long it waits, and that
/// its own answers, to requests too malformed for a handler, look like ours.
final class JettySettings {
  /// Ids are opaque, so `a%2Fb`, `%2e%2e` and `50%25` are legal as one segment of a path. Routes
  /// are matched on the raw path, so none of these can reach another route. Never the UTF-16
  /// encodings.
  private static final UriCompliance OPAQUE_IDS =
      UriCompliance.from(
          EnumSet.of(
              AMBIGUOUS_PATH_SEPARATOR,
              AMBIGUOUS_PATH_ENCODING,
              AMBIGUOUS_PATH_SEGMENT,
              AMBIGUOUS_PATH_PARAMETER,
              AMBIGUOUS_EMPTY_SEGMENT,
              SUSPICIOUS_PATH_CHARACTERS));

  private JettySettings() {}

  static void apply(JettyConfig jetty, DoorSettings settings, List<Annex> annexes) {
    jetty.modifyHttpConfiguration(http -> tune(http, settings));
    jetty.addConnector(
        (server, http) -> {
          ServerConnector open = connector(server, http, settings);
          open.setName(Door.PUBLIC_CONNECTOR);
          open.setHost(settings.host());
          open.setPort(settings.port());
          return open;
        });
    if (settings.adminPort() >= 0) {
      jetty.addConnector(
          (server, http) -> {
            ServerConnector admin = connector(server, http, settings);
            admin.setName(Door.ADMIN_CONNECTOR);
            admin.setHost(settings.adminHost());
            admin.setPort(settings.adminPort());
            return admin;
          });
    }
    jetty.modifyServer(
        server -> {
          server.setErrorHandler(new EnvelopeErrors(annexes));
          // Without this, a stop cuts requests in flight.
          server.setStopTimeout(settings.stopTime().toMillis());
        });
    jetty.modifyServletContextHandler(
        context -> {
          context.setErrorHandler(new EnvelopeErrors(annexes));
          context.getServletHandler().setDecodeAmbiguousURIs(true);
        });
  }

  /// Puts a servlet at its path, with its guard before it.
  static void mount(JettyConfig jetty, Mount mount, MountGuard guard) {
    jetty.modifyServletContextHandler(
        context -> {
          FilterHolder before = new FilterHolder(guard);
          before.setAsyncSupported(true);
          context.addFilter(before, mount.path(), EnumSet.of(DispatcherType.REQUEST));
          ServletHolder holder = new ServletHolder(mount.servlet());
          holder.setAsyncSupported(true);
          context.addServlet(holder, mount.path());
        });
  }

  private static void tune(HttpConfiguration http, DoorSettings settings) {
    http.setUriCompliance(OPAQUE_IDS);
    http.setIdleTimeout(settings.idleTime().toMillis());
    http.setRequestHeaderSize(16 * 1024);
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
  }

  private static ServerConnector connector(
      Server server, HttpConfiguration http, DoorSettings settings) {
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setIdleTimeout(settings.idleTime().toMillis());
    // After the last answer of a stop, connections that are only kept open are let go at once.
    connector.setShutdownIdleTimeout(200);
    connector.setAcceptQueueSize(1024);
    connector.addBean(new SlowHeads(connector.getScheduler(), settings.idleTime()));
    return connector;
  }

  /// Answers for Jetty, where no handler was reached.
  private static final class EnvelopeErrors extends ErrorHandler {
    private final List<Annex> annexes;

    EnvelopeErrors(List<Annex> annexes) {
      this.annexes = annexes;
    }

    @Override
    public boolean errorPageForMethod(String method) {
      return true;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String requestId = RequestId.of(request.getHeaders().get("X-Request-Id"));
      ApiError error = Refusals.ofStatus(response.getStatus(), null);
      String path = request.getHttpURI() == null ? null : request.getHttpURI().getPath();
      Annex annex = path == null ? null : Annex.owner(annexes, path);
      byte[] body =
          annex == null ? Envelope.bytes(error, requestId) : annex.refusal(error.code().status());
      response.setStatus(error.code().status());
      var headers = response.getHeaders();
      headers.put(HttpHeader.CONTENT_TYPE, Answer.JSON);
      headers.put(HttpHeader.CONTENT_LENGTH, body.length);
      headers.put(HttpHeader.CACHE_CONTROL, "no-store");
      headers.put("X-Request-Id", requestId);
      headers.put("X-API-Version", Door.API_VERSION);
      headers.put("X-Content-Type-Options", "nosniff");
      error.headers().forEach(headers::put);
      response.write(true, ByteBuffer.wrap(body), callback);
      return true;
    }
  }
}
