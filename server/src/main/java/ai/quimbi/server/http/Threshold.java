package ai.quimbi.server.http;

import ai.quimbi.core.access.ApiKey;
import ai.quimbi.core.access.Scope;
import ai.quimbi.server.http.Limits.Verdict;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// What happens to every request before a route is looked for: its id, the headers that all answers
/// have, CORS, and under `/api` the key (401) and its limit (429).
final class Threshold {
  private static final String REQUEST_ID = "quimbi.request-id";
  private static final String KEY = "quimbi.key";

  private final Authentication authentication;
  private final Limits limits;
  private final Cors cors;
  private final InstantSource clock;

  Threshold(Backing backing, DoorSettings settings) {
    this.authentication = new Authentication(backing.keys(), settings, backing.clock());
    this.limits = backing.limits();
    this.cors = new Cors(settings.corsOrigins());
    this.clock = backing.clock();
  }

  /// `isTable` says that the table of routes owns the path, and with it the rules under `/api`.
  void cross(Context ctx, boolean isTable) {
    HttpServletRequest request = ctx.req();
    HttpServletResponse response = ctx.res();
    if (greet(request, response)) {
      ctx.skipRemainingHandlers();
      return;
    }
    if (isTable && isUnderApi(request.getRequestURI())) {
      response.setHeader("Cache-Control", "no-store");
      admitted(request, response);
    }
  }

  /// Writes the headers that all answers have; answers `OPTIONS`, and says whether that was it.
  boolean greet(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader("X-Request-Id", requestId(request));
    response.setHeader("X-API-Version", Door.API_VERSION);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Vary", "Accept-Encoding, Origin");
    cors.apply(request, response);
    boolean isPreflight = request.getMethod().equals("OPTIONS");
    if (isPreflight) {
      response.setStatus(204);
    }
    return isPreflight;
  }

  /// Whether a browser says that a page of an origin nobody allowed is calling.
  boolean isForeignPage(HttpServletRequest request) {
    String origin = request.getHeader("Origin");
    return origin != null && !cors.allows(origin);
  }

  /// The refusal of a key without this scope.
  static ApiError lacks(Scope scope) {
    return ApiError.of(
            ErrorCode.INSUFFICIENT_PERMISSIONS, "This key lacks the scope " + scope.label() + ".")
        .withDetail("required_scope", scope.label());
  }

  /// The request's key, counted against its limit: once, however often this is asked.
  ApiKey admitted(HttpServletRequest request, HttpServletResponse response) {
    ApiKey known = knownKey(request);
    if (known != null) {
      return known;
    }
    ApiKey key = authentication.keyOf(request);
    request.setAttribute(KEY, key);
    Verdict verdict = limits.count(key);
    long now = clock.instant().getEpochSecond();
    LimitHeaders.write(verdict, now, response);
    return switch (verdict) {
      case Verdict.Allowed _ -> key;
      case Verdict.Refused refused -> throw LimitHeaders.refusal(refused, now);
    };
  }

  /// The key that was found before, if one was looked for.
  static @Nullable ApiKey knownKey(HttpServletRequest request) {
    return (ApiKey) request.getAttribute(KEY);
  }

  static String requestId(HttpServletRequest request) {
    if (request.getAttribute(REQUEST_ID) instanceof String known) {
      return known;
    }
    String id = RequestId.of(request.getHeader("X-Request-Id"));
    request.setAttribute(REQUEST_ID, id);
    return id;
  }

  private static boolean isUnderApi(String path) {
    return path.startsWith("/api/") || path.equals("/api");
  }
}
