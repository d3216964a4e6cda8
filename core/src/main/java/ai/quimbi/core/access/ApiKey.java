package ai.quimbi.core.access;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A key as the server knows it: never the secret itself, only what its holder may do. Secrets are
/// 32 random bytes behind a readable prefix (`qk_live_`, `qk_test_`, `qk_admin_`), shown once and
/// stored hashed.
public sealed interface ApiKey {
  String keyId();

  @Nullable Instant expiresAt();

  default boolean isExpiredAt(Instant now) {
    Instant end = expiresAt();
    return end != null && !now.isBefore(end);
  }

  /// Opens `/api/**` of one tenant, within its scopes and quota.
  record TenantKey(
      String keyId,
      String tenantId,
      Set<Scope> scopes,
      Mode mode,
      Quota quota,
      @Nullable Instant expiresAt)
      implements ApiKey {
    public TenantKey {
      scopes = scopes.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(scopes));
    }

    public boolean may(Scope scope) {
      return scopes.contains(scope);
    }
  }

  /// Belongs to no tenant and opens `/api/admin/**` only.
  record AdminKey(String keyId, Quota quota, @Nullable Instant expiresAt) implements ApiKey {}

  /// `TEST` keys mark traffic of tests in logs and metrics; they reach the same data.
  enum Mode {
    LIVE,
    TEST
  }
}
