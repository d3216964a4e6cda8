package ai.quimbi.server.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashSet;
import java.util.Set;

/// Lets pages of configured origins call. To other origins nothing is said: their browsers refuse.
final class Cors {
  private static final String EXPOSED =
      "X-Request-Id, X-API-Version, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset,"
          + " RateLimit, RateLimit-Policy, Retry-After, Idempotency-Replayed";

  private final Set<String> origins;

  Cors(Iterable<String> origins) {
    Set<String> all = new HashSet<>();
    origins.forEach(origin -> all.add(origin.replaceAll("/+$", "")));
    this.origins = Set.copyOf(all);
  }

  boolean allows(String origin) {
    return origins.contains(origin) || origins.contains("*");
  }

  void apply(HttpServletRequest request, HttpServletResponse response) {
    String origin = request.getHeader("Origin");
    if (origin == null || !allows(origin)) {
      return;
    }
    response.setHeader("Access-Control-Allow-Origin", origins.contains("*") ? "*" : origin);
    response.setHeader("Access-Control-Expose-Headers", EXPOSED);
    if (request.getMethod().equals("OPTIONS")) {
      response.setHeader("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, DELETE");
      response.setHeader(
          "Access-Control-Allow-Headers",
          "Content-Type, Content-Encoding, X-API-Key, X-Request-Id, Idempotency-Key, Authorization,"
              + " MCP-Protocol-Version");
      response.setHeader("Access-Control-Max-Age", "600");
    }
  }
}
