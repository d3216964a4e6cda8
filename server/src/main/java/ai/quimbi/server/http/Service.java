package ai.quimbi.server.http;

import ai.quimbi.core.access.ApiKey;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Serves one route once it matched: scope (403), size and media type (413, 415), body (422), and
/// then the handler.
final class Service {
  private static final String ROUTE = "quimbi.route";
  private static final byte[] NO_BYTES = {};
  private static final String BODY_READ = "quimbi.body-read";

  private final Route route;
  private final Threshold threshold;
  private final Contract contract;
  private final @Nullable Once once;
  private final InstantSource clock;
  private final Duration requestTime;
  private final Deprecations deprecations;

  Service(Route route, Threshold threshold, Backing backing, Duration requestTime) {
    this.route = route;
    this.threshold = threshold;
    this.contract = backing.contract();
    Replies replies = backing.replies();
    this.once = route.idempotent() && replies != null ? new Once(replies) : null;
    this.clock = backing.clock();
    this.requestTime = requestTime;
    this.deprecations = Deprecations.of(contract.document(), route.method(), route.path());
  }

  void serve(Context ctx) throws Exception {
    HttpServletRequest request = ctx.req();
    HttpServletResponse response = ctx.res();
    nameRoute(request, route.path());
    Instant now = clock.instant();
    ApiKey key = permitted(request, response);
    byte[] bytes = received(request);
    Map<String, String> query = Query.parse(request.getQueryString());
    String idempotencyKey = route.idempotent() ? Once.keyOf(request) : null;
    CheckedBody body =
        route.body() instanceof Body.Json json
            ? CheckedBody.of(bytes, json, "continue".equals(query.get("on_error")), contract)
            : CheckedBody.NONE;
    deprecations.tell(query, body.tree(), response);
    Call call =
        new Call(
            Threshold.requestId(request),
            key,
            ctx.pathParamMap(),
            query,
            body.tree(),
            now,
            now.plus(requestTime),
            idempotencyKey,
            body.rowFaults());
    Answer answer =
        ScopedValue.where(
                CurrentRequest.SCOPE, new CurrentRequest(call.requestId(), call.deadline()))
            .call(() -> answer(call, request, bytes));
    Responses.send(answer, request, response);
  }

  private byte[] received(HttpServletRequest request) throws IOException {
    if (route.body() instanceof Body.Json json) {
      byte[] bytes = RequestBody.read(request, json.maxBytes());
      request.setAttribute(BODY_READ, true);
      return bytes;
    }
    return NO_BYTES;
  }

  private Answer answer(Call call, HttpServletRequest request, byte[] bytes) throws Exception {
    return once != null && call.idempotencyKey() != null
        ? once.answer(call, call.idempotencyKey(), request, bytes, route.handler())
        : route.handler().handle(call);
  }

  /// The key that opens the route, `null` where none is needed.
  private @Nullable ApiKey permitted(HttpServletRequest request, HttpServletResponse response) {
    return switch (route.access()) {
      case Access.Public _ -> Threshold.knownKey(request);
      case Access.NeedsScope needs -> {
        ApiKey key = threshold.admitted(request, response);
        if (key instanceof ApiKey.TenantKey tenantKey && tenantKey.may(needs.scope())) {
          yield key;
        }
        throw Threshold.lacks(needs.scope());
      }
      case Access.Admin _ -> adminKey(threshold.admitted(request, response));
      case Access.Operator _ ->
          Door.isAdminConnector(request) ? null : adminKey(threshold.admitted(request, response));
    };
  }

  private static ApiKey adminKey(ApiKey key) {
    if (key instanceof ApiKey.AdminKey) {
      return key;
    }
    throw ApiError.of(
        ErrorCode.INSUFFICIENT_PERMISSIONS, "Only an administrator's key opens this endpoint.");
  }

  /// Whether the whole body was taken.
  static boolean hasReadBody(HttpServletRequest request) {
    return request.getAttribute(BODY_READ) != null;
  }

  static void nameRoute(HttpServletRequest request, String path) {
    request.setAttribute(ROUTE, path);
  }

  /// The template of the route that the request reached, for the metrics.
  static String routeOf(HttpServletRequest request) {
    return request.getAttribute(ROUTE) instanceof String path ? path : "(none)";
  }
}
