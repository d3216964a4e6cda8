package ai.quimbi.server.store;

import ai.quimbi.core.access.ApiKey;
import ai.quimbi.core.access.Quota;
import ai.quimbi.core.access.Scope;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A row of `api_key`, without its hash.
record KeyRow(
    ApiKey key,
    String label,
    Instant createdAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt) {

  static final String SELECT =
      """
      SELECT key_id, tenant_id, label, scopes, mode, per_minute, per_hour, expires_at,
        api_key.created_at, last_used_at, revoked_at
      FROM api_key
      """;

  static KeyRow of(ResultSet row) throws SQLException {
    String keyId = row.getString(1);
    String tenantId = row.getString(2);
    Quota quota = new Quota(row.getInt(6), row.getInt(7));
    Instant expiresAt = instant(row.getTimestamp(8));
    ApiKey key =
        tenantId == null
            ? new ApiKey.AdminKey(keyId, quota, expiresAt)
            : new ApiKey.TenantKey(
                keyId,
                tenantId,
                scopes(row.getArray(4)),
                ApiKey.Mode.valueOf(row.getString(5)),
                quota,
                expiresAt);
    return new KeyRow(
        key,
        row.getString(3),
        row.getTimestamp(9).toInstant(),
        instant(row.getTimestamp(10)),
        instant(row.getTimestamp(11)));
  }

  Keys.Listed listed() {
    return new Keys.Listed(key, label, createdAt, lastUsedAt, revokedAt);
  }

  /// A scope that this version does not know opens nothing.
  private static Set<Scope> scopes(Array labels) throws SQLException {
    return Arrays.stream((String[]) labels.getArray())
        .map(Scope::ofLabel)
        .flatMap(Optional::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static @Nullable Instant instant(@Nullable Timestamp at) {
    return at == null ? null : at.toInstant();
  }
}
