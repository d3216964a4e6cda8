package ai.quimbi.server.http;

import ai.quimbi.core.access.ApiKey.TenantKey;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Stands before a mounted servlet as the threshold stands before the routes: origin (403), key
/// (401), limit (429), method (405), in this order. A key may also come as `Authorization: Bearer`,
/// which is all that many clients can be told.
final class MountGuard implements Filter {
  private static final String BEARER = "Bearer ";

  private final String path;
  private final Threshold threshold;
  private final Refusals refusals;
  private final RequestMetrics metrics;

  MountGuard(String path, Threshold threshold, Refusals refusals, RequestMetrics metrics) {
    this.path = path;
    this.threshold = threshold;
    this.refusals = refusals;
    this.metrics = metrics;
  }

  @Override
  public void doFilter(ServletRequest asked, ServletResponse answered, FilterChain servlet) {
    HttpServletRequest request = new BearerRequest((HttpServletRequest) asked);
    HttpServletResponse response = (HttpServletResponse) answered;
    long start = System.nanoTime();
    try {
      guard(request, response, servlet);
    } catch (Exception thrown) {
      String requestId = Threshold.requestId(request);
      Responses.refuse(refusals.of(thrown, requestId), requestId, null, response);
    } finally {
      metrics.record(request.getMethod(), path, response.getStatus(), System.nanoTime() - start);
    }
  }

  private void guard(HttpServletRequest request, HttpServletResponse response, FilterChain servlet)
      throws IOException, ServletException {
    boolean isPreflight = threshold.greet(request, response);
    if (threshold.isForeignPage(request)) {
      throw ApiError.of(
          ErrorCode.INSUFFICIENT_PERMISSIONS,
          "Pages of this origin may not call; QUIMBI_CORS_ORIGINS names those that may.");
    }
    if (isPreflight) {
      return;
    }
    response.setHeader("Cache-Control", "no-store");
    if (!(threshold.admitted(request, response) instanceof TenantKey)) {
      throw ApiError.of(
          ErrorCode.INSUFFICIENT_PERMISSIONS, "Only a tenant's key opens this endpoint.");
    }
    if (!request.getMethod().equals("POST")) {
      throw ApiError.of(ErrorCode.METHOD_NOT_ALLOWED, "This endpoint does not have this method.")
          .withHeader("Allow", "POST");
    }
    servlet.doFilter(request, response);
  }

  /// Reads a bearer's token as the key, where none is sent in its own header.
  private static final class BearerRequest extends HttpServletRequestWrapper {
    BearerRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public @Nullable String getHeader(String name) {
      String value = super.getHeader(name);
      if (value != null || !name.equals("X-API-Key")) {
        return value;
      }
      String authorization = super.getHeader("Authorization");
      return authorization != null
              && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
          ? authorization.substring(BEARER.length()).strip()
          : null;
    }
  }
}
