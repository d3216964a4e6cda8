package ai.quimbi.server.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What the door answers by itself: whether the server lives and is ready, its metrics, and the
/// contract.
final class OwnRoutes {
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private OwnRoutes() {}

  static List<Route> of(Backing backing) {
    return List.of(
        Route.get(
            "/health/live", Access.PUBLIC, call -> uncached(Answer.ok(Map.of("status", "alive")))),
        Route.get("/health/ready", Access.PUBLIC, call -> ready(backing)),
        Route.get("/metrics", Access.OPERATOR, call -> metrics(backing)),
        Route.get(
            "/openapi.json",
            Access.PUBLIC,
            call ->
                Answer.ok(backing.contract().json()).with("Cache-Control", "public, max-age=300")));
  }

  private static Answer ready(Backing backing) {
    if (backing.ready().getAsBoolean()) {
      return uncached(Answer.ok(Map.of("status", "ready")));
    }
    throw ApiError.unavailable("The server is not ready yet.", Duration.ofSeconds(1));
  }

  private static Answer metrics(Backing backing) {
    byte[] text = backing.metrics().scrape().getBytes(StandardCharsets.UTF_8);
    return uncached(Answer.bytes(text, PROMETHEUS_TEXT));
  }

  private static Answer uncached(Answer answer) {
    return answer.with("Cache-Control", "no-store");
  }
}
