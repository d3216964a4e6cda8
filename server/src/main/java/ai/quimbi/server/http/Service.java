package ai.quimbi.server.http;

import ai.quimbi.core.access.ApiKey;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Serves one route once it matched: scope (403), size and media type (413, 415), body (422), and
/// then the handler.
final class Service {
  private static final String ROUTE = "quimbi.route";

  private final Route route;
  private final Threshold threshold;
  private final Contract contract;
  private final @Nullable Once once;
  private final InstantSource clock;
  private final Duration requestTime;

  Service(Route route, Threshold threshold, Backing backing, Duration requestTime) {
    this.route = route;
    this.threshold = threshold;
    this.contract = backing.contract();
    Replies replies = backing.replies();
    this.once = route.idempotent() && replies != null ? new Once(replies) : null;
    this.clock = backing.clock();
    this.requestTime = requestTime;
  }

  void serve(Context ctx) throws Exception {
    HttpServletRequest request = ctx.req();
    HttpServletResponse response = ctx.res();
    nameRoute(request, route.path());
    Instant now = clock.instant();
    ApiKey key = permitted(request, response);
    String idempotencyKey = route.idempotent() ? Once.keyOf(request) : null;
    byte[] bytes = new byte[0];
    JsonNode body = MissingNode.getInstance();
    if (route.body() instanceof Body.Json json) {
      bytes = RequestBody.read(request, json.maxBytes());
      body = valid(bytes, json.schema());
    }
    Call call =
        new Call(
            Threshold.requestId(request),
            key,
            ctx.pathParamMap(),
            Query.parse(request.getQueryString()),
            body,
            now,
            now.plus(requestTime),
            idempotencyKey);
    byte[] received = bytes;
    Answer answer =
        ScopedValue.where(
                CurrentRequest.SCOPE, new CurrentRequest(call.requestId(), call.deadline()))
            .call(() -> answer(call, request, received));
    Responses.send(answer, request, response);
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
        throw ApiError.of(
                ErrorCode.INSUFFICIENT_PERMISSIONS,
                "This key lacks the scope " + needs.scope().label() + ".")
            .withDetail("required_scope", needs.scope().label());
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

  private JsonNode valid(byte[] bytes, String schema) {
    StrictJson.Read read = StrictJson.read(bytes);
    if (read.tree().isMissingNode()) {
      throw ApiError.invalid(read.faults());
    }
    List<Fault> faults = contract.faults(schema, read.tree());
    if (!read.faults().isEmpty() || !faults.isEmpty()) {
      Set<String> told = read.faults().stream().map(Fault::path).collect(Collectors.toSet());
      List<Fault> all = new ArrayList<>(read.faults());
      // What the strict reader replaced says nothing about the schema.
      faults.stream().filter(fault -> !told.contains(fault.path())).forEach(all::add);
      throw ApiError.invalid(all);
    }
    return read.tree();
  }

  static void nameRoute(HttpServletRequest request, String path) {
    request.setAttribute(ROUTE, path);
  }

  /// The template of the route that the request reached, for the metrics.
  static String routeOf(HttpServletRequest request) {
    return request.getAttribute(ROUTE) instanceof String path ? path : "(none)";
  }
}
