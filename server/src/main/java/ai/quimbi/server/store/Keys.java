package ai.quimbi.server.store;

import ai.quimbi.core.access.ApiKey;
import ai.quimbi.core.access.ApiKey.AdminKey;
import ai.quimbi.core.access.ApiKey.Mode;
import ai.quimbi.core.access.ApiKey.TenantKey;
import ai.quimbi.core.access.Quota;
import ai.quimbi.core.access.Scope;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// API keys. A secret is shown once, when it is made; stored is its SHA-256 (32 random bytes need
/// no slow hash). Of one label at most two keys of a tenant are live at a time: the one in use and
/// the one that will replace it. A key without a label stands for itself.
@AcrossTenants("a caller shows a key before anyone knows whose it is")
public final class Keys {
  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  /// A revoked key stops within a second on every server.
  private static final Duration FRESH = Duration.ofMillis(900);

  /// `last_used_at` is written at most this often for a key.
  private static final Duration USE_NOTED = Duration.ofMinutes(1);

  private final ControlDatabase control;
  private final Cache<String, ApiKey> known =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(FRESH).build();
  private final Cache<String, Boolean> noted =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(USE_NOTED).build();

  Keys(ControlDatabase control) {
    this.control = control;
  }

  /// What a key shall be. `label` is empty for a key that stands for itself.
  public record Wish(
      String label, Set<Scope> scopes, Mode mode, Quota quota, @Nullable Instant expiresAt) {
    public Wish {
      scopes = Set.copyOf(scopes);
      if (label.length() > 100) {
        throw new IllegalArgumentException("a key's label has at most 100 characters");
      }
    }
  }

  /// What came of the wish for a key.
  public sealed interface Addition {
    /// The only time that the secret is seen.
    record Added(String secret, ApiKey key) implements Addition {}

    /// Two keys of this label are live: revoke the older one first.
    record TwoAreLive(String label, List<String> keyIds) implements Addition {}

    record TenantUnknown(String tenantId) implements Addition {}
  }

  /// A key as administrators see it.
  public record Listed(
      ApiKey key,
      String label,
      Instant createdAt,
      @Nullable Instant lastUsedAt,
      @Nullable Instant revokedAt) {}

  public Addition add(String tenantId, Wish wish, Instant now) {
    String prefix = wish.mode() == Mode.LIVE ? "qk_live_" : "qk_test_";
    return add(tenantId, wish, prefix + randomSecret(), now);
  }

  /// A key with a secret that everybody knows, for the demo. Added again it stays what it was.
  public Addition addFixed(String tenantId, String secret, Wish wish, Instant now) {
    Optional<ApiKey> there = load(hash(secret)).map(Found::key);
    return there.isPresent()
        ? new Addition.Added(secret, there.get())
        : add(tenantId, wish, secret, now);
  }

  public Addition addAdmin(String label, Quota quota, @Nullable Instant expiresAt, Instant now) {
    Wish wish = new Wish(label, Set.of(), Mode.LIVE, quota, expiresAt);
    return add(null, wish, "qk_admin_" + randomSecret(), now);
  }

  /// The demo's, as [#addFixed].
  public Addition addFixedAdmin(String secret, String label, Quota quota, Instant now) {
    Optional<ApiKey> there = load(hash(secret)).map(Found::key);
    return there.isPresent()
        ? new Addition.Added(secret, there.get())
        : add(null, new Wish(label, Set.of(), Mode.LIVE, quota, null), secret, now);
  }

  private Addition add(@Nullable String tenantId, Wish wish, String secret, Instant now) {
    String keyId = "key_" + HexFormat.of().formatHex(randomBytes(8));
    String label = wish.label().isEmpty() ? keyId : wish.label();
    return control.inTransaction(
        handle -> {
          // One addition at a time, so that two of them cannot both be the second key.
          handle.execute("SELECT pg_advisory_xact_lock(hashtextextended('quimbi keys', 0))");
          if (tenantId != null && !isReady(handle, tenantId)) {
            return new Addition.TenantUnknown(tenantId);
          }
          List<String> live = live(handle, tenantId, label, now);
          if (live.size() >= 2) {
            return new Addition.TwoAreLive(label, live);
          }
          insert(handle, keyId, tenantId, label, wish, hash(secret), now);
          ApiKey key =
              tenantId == null
                  ? new AdminKey(keyId, wish.quota(), wish.expiresAt())
                  : new TenantKey(
                      keyId, tenantId, wish.scopes(), wish.mode(), wish.quota(), wish.expiresAt());
          return new Addition.Added(secret, key);
        });
  }

  /// The key of this secret, if it is live: neither revoked nor expired, its tenant ready. Notes
  /// the use.
  public Optional<ApiKey> find(String secret, Instant now) {
    return bySecretHash(hash(secret), now);
  }

  /// As [#find], by the SHA-256 of the secret.
  @AcrossTenants("a key tells its tenant")
  public Optional<ApiKey> bySecretHash(byte[] hash, Instant now) {
    String name = HexFormat.of().formatHex(hash);
    ApiKey key = known.getIfPresent(name);
    if (key == null) {
      Optional<Found> found = load(hash).filter(Found::isLive);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      key = found.get().key();
      known.put(name, key);
    }
    if (key.isExpiredAt(now)) {
      return Optional.empty();
    }
    noteUse(key.keyId(), now);
    return Optional.of(key);
  }

  /// Whether there is any live admin key: where there is none, the first start makes one.
  public boolean hasAdminKey(Instant now) {
    return list(null).stream()
        .anyMatch(listed -> listed.revokedAt() == null && !listed.key().isExpiredAt(now));
  }

  public List<Listed> of(String tenantId) {
    return list(tenantId);
  }

  public List<Listed> ofAdministrators() {
    return list(null);
  }

  /// `false` where there is no such key, or it was revoked before.
  public boolean revoke(String keyId, Instant now) {
    boolean revoked =
        control.inTransaction(
            handle ->
                handle.execute(
                        """
                        UPDATE api_key SET revoked_at = ?
                        WHERE key_id = ? AND revoked_at IS NULL
                        """,
                        now,
                        keyId)
                    > 0);
    known.invalidateAll();
    return revoked;
  }

  private void noteUse(String keyId, Instant now) {
    if (noted.asMap().putIfAbsent(keyId, true) != null) {
      return;
    }
    try {
      control.inTransaction(
          handle ->
              handle.execute(
                  """
                  UPDATE api_key SET last_used_at = greatest(last_used_at, ?) WHERE key_id = ?
                  """,
                  now,
                  keyId));
    } catch (Unavailable e) {
      noted.invalidate(keyId); // a note is no reason to refuse the caller
    }
  }

  private List<Listed> list(@Nullable String tenantId) {
    return control.read(
        handle ->
            handle
                .createQuery(
                    KeyRow.SELECT
                        + """
                        WHERE tenant_id IS NOT DISTINCT FROM :tenant
                        ORDER BY created_at, key_id
                        """)
                .bind("tenant", tenantId)
                .map((row, context) -> KeyRow.of(row).listed())
                .list());
  }

  private record Found(ApiKey key, boolean isLive) {}

  private Optional<Found> load(byte[] hash) {
    return control.read(
        handle ->
            handle
                .createQuery(
                    KeyRow.SELECT
                        + """
                        LEFT JOIN tenant USING (tenant_id)
                        WHERE hash = :hash AND (tenant_id IS NULL OR tenant.state = 'ready')
                        """)
                .bind("hash", hash)
                .map((row, context) -> KeyRow.of(row))
                .findOne()
                .map(row -> new Found(row.key(), row.revokedAt() == null)));
  }

  private static boolean isReady(Handle handle, String tenantId) {
    return handle
        .createQuery("SELECT 1 FROM tenant WHERE tenant_id = :tenant AND state = 'ready'")
        .bind("tenant", tenantId)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  private static List<String> live(
      Handle handle, @Nullable String tenantId, String label, Instant now) {
    return handle
        .createQuery(
            """
            SELECT key_id FROM api_key
            WHERE tenant_id IS NOT DISTINCT FROM :tenant AND label = :label
              AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > :now)
            ORDER BY created_at, key_id
            """)
        .bind("tenant", tenantId)
        .bind("label", label)
        .bind("now", now)
        .mapTo(String.class)
        .list();
  }

  private static void insert(
      Handle handle,
      String keyId,
      @Nullable String tenantId,
      String label,
      Wish wish,
      byte[] hash,
      Instant now) {
    handle.execute(
        """
        INSERT INTO api_key (key_id, tenant_id, label, hash, scopes, mode, per_minute, per_hour,
          created_at, expires_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        keyId,
        tenantId,
        label,
        hash,
        wish.scopes().stream().map(Scope::label).sorted().toArray(String[]::new),
        wish.mode().name(),
        wish.quota().perMinute(),
        wish.quota().perHour(),
        now,
        wish.expiresAt());
  }

  private static byte[] hash(String secret) {
    return Secrets.sha256(secret.getBytes(StandardCharsets.UTF_8));
  }

  private static String randomSecret() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(SECRET_BYTES));
  }

  private static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
