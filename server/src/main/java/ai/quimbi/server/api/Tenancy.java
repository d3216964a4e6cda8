package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.ErrorCode;
import ai.quimbi.server.store.NoSuchTenant;
import ai.quimbi.server.store.Tenants;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whose data a call is about. What a tenant is hardly ever changes; a second of memory is there to
/// notice its end, or another industry.
public final class Tenancy {
  private final Tenants tenants;
  private final Cache<String, Tenant> known =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofSeconds(1)).build();

  public Tenancy(Tenants tenants) {
    this.tenants = tenants;
  }

  /// The tenant whose key opened the call.
  public Tenant of(Call call) {
    Tenant tenant = find(call.tenantId());
    if (tenant == null) {
      // Deleted while its key was still remembered.
      throw ApiError.of(
          ErrorCode.INVALID_API_KEY, "The API key is missing or invalid. Send it in X-API-Key.");
    }
    return tenant;
  }

  /// The tenant that an administrator names in the path.
  public Tenant named(Call call) {
    String id = call.pathParameter("tenant_id");
    Tenant tenant = Tenant.isValidId(id) ? find(id) : null;
    if (tenant == null) {
      throw ApiError.of(
          ErrorCode.TENANT_NOT_FOUND, "There is no tenant of this id.", Map.of("tenant_id", id));
    }
    return tenant;
  }

  /// A tenant as administrators see it, over the API and in the terminal.
  public static Map<String, Object> shown(Tenant tenant) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("tenant_id", tenant.id());
    shown.put("name", tenant.name());
    if (tenant.industry() != null) {
      shown.put("industry", tenant.industry());
    }
    shown.put("time_zone", tenant.zone().getId());
    shown.put("currency", tenant.currency().getCurrencyCode());
    return shown;
  }

  /// For callers that have checked the id before. Throws [NoSuchTenant] where it has gone since.
  public Tenant ofId(String id) {
    Tenant tenant = find(id);
    if (tenant == null) {
      throw new NoSuchTenant(id);
    }
    return tenant;
  }

  /// What was deleted or changed here is not remembered any longer.
  public void forget(Tenant tenant) {
    known.invalidate(tenant.id());
  }

  private @Nullable Tenant find(String id) {
    Tenant there = known.getIfPresent(id);
    if (there == null) {
      there = tenants.find(id).orElse(null);
      if (there != null) {
        known.put(id, there);
      }
    }
    return there;
  }
}
