package ai.quimbi.server.http;

import ai.quimbi.core.access.ApiKey.TenantKey;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;

/// A servlet of another library that stands beside the routes, at one path. Javalin's handlers do
/// not see its requests: [MountGuard] stands before it.
public record Mount(String path, HttpServlet servlet) {

  /// The tenant's key that opened this request. Every request that reaches a mounted servlet has
  /// one.
  public static TenantKey keyOf(HttpServletRequest request) {
    if (Threshold.knownKey(request) instanceof TenantKey key) {
      return key;
    }
    throw new IllegalStateException("this request did not come through the guard");
  }
}
