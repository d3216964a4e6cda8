package ai.quimbi.server.http;

import ai.quimbi.core.access.ApiKey.TenantKey;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The table of routes for callers inside the process: the same scopes, the same schemas, the same
/// handlers, without HTTP. Counting is left to whoever let the caller in.
public final class DirectDoor {
  private static final Duration TIME = Duration.ofSeconds(30);

  private final Contract contract;
  private final List<Route> routes;
  private final Refusals refusals;
  private final InstantSource clock;

  public DirectDoor(
      Contract contract,
      List<Route> routes,
      Function<Throwable, @Nullable ApiError> errors,
      InstantSource clock) {
    this.contract = contract;
    this.routes = List.copyOf(routes);
    this.refusals = new Refusals(errors);
    this.clock = clock;
  }

  /// What a route answered.
  public sealed interface Reply {
    record Answered(JsonNode json) implements Reply {}

    /// `envelope` is what a caller over HTTP would have been sent.
    record Refused(ApiError error, JsonNode envelope) implements Reply {}
  }

  /// The line of the table with this method and path, as the table writes it.
  public Route route(String method, String path) {
    return routes.stream()
        .filter(route -> route.method().name().equals(method) && route.path().equals(path))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no route " + method + " " + path));
  }

  /// `body` is a missing node where the route has none.
  public Reply call(
      Route route,
      TenantKey key,
      Map<String, String> path,
      Map<String, String> query,
      JsonNode body) {
    String requestId = RequestId.fresh();
    try {
      return new Reply.Answered(answered(route, key, path, query, body, requestId));
    } catch (Exception thrown) {
      ApiError error = refusals.of(thrown, requestId);
      return new Reply.Refused(error, tree(Envelope.bytes(error, requestId)));
    }
  }

  private JsonNode answered(
      Route route,
      TenantKey key,
      Map<String, String> path,
      Map<String, String> query,
      JsonNode body,
      String requestId)
      throws Exception {
    if (!(route.access() instanceof Access.NeedsScope needs)) {
      throw new IllegalArgumentException("no tenant's key opens " + route.path());
    }
    if (!key.may(needs.scope())) {
      throw Threshold.lacks(needs.scope());
    }
    CheckedBody checked =
        route.body() instanceof Body.Json json
            ? CheckedBody.of(Wire.bytes(body), json, false, contract)
            : CheckedBody.NONE;
    Instant now = clock.instant();
    Call call =
        new Call(
            requestId,
            key,
            path,
            query,
            checked.tree(),
            now,
            now.plus(TIME),
            null,
            Collections.emptySortedMap());
    Answer answer =
        ScopedValue.where(CurrentRequest.SCOPE, new CurrentRequest(requestId, call.deadline()))
            .call(() -> route.handler().handle(call));
    return tree(Wire.bytes(answer.body()));
  }

  private static JsonNode tree(byte[] json) {
    try {
      return Wire.JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException("an answer is no JSON", e);
    }
  }
}
