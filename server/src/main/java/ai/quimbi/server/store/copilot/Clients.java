package ai.quimbi.server.store.copilot;

import ai.quimbi.core.access.SigningSecret;
import ai.quimbi.server.store.AcrossTenants;
import ai.quimbi.server.store.ControlDatabase;
import ai.quimbi.server.store.Vault;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The clients that sign, with at most two live secrets each: the one in use and the one it
/// replaced. Secrets are sealed in the vault; whoever makes or rotates one sees it once.
@AcrossTenants("a client names itself before anyone knows whose it is")
public final class Clients {
  private static final SecureRandom RANDOM = new SecureRandom();

  /// A removed or rotated client stops within a second on every server.
  private static final Duration FRESH = Duration.ofMillis(900);

  private static final long SWEEP_EVERY_NONCES = 1_000;

  private final ControlDatabase control;
  private final Vault vault;
  private final AtomicLong nonces = new AtomicLong();
  private final Cache<String, Client> known =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(FRESH).build();

  public Clients(ControlDatabase control, Vault vault) {
    this.control = control;
    this.vault = vault;
  }

  /// What a client shall be.
  public record Wish(
      String id,
      String tenantId,
      Set<String> owners,
      Set<String> tools,
      boolean isV2Required,
      int perMinute) {
    public Wish {
      if (!id.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")) {
        throw new IllegalArgumentException(
            "a client's name has 1 to 64 letters, digits, '.', '_', '-', and begins with a letter"
                + " or digit; it was '%s'".formatted(id));
      }
      owners = Set.copyOf(owners);
      tools = Set.copyOf(tools);
    }
  }

  /// A client as administrators see it.
  public record Listed(
      String id,
      String tenantId,
      List<String> owners,
      List<String> tools,
      boolean isV2Required,
      int perMinute,
      Instant createdAt,
      @Nullable Instant rotatedAt) {}

  /// Makes a client and answers its secret; empty where the name is taken.
  public Optional<String> add(Wish wish, Instant now) {
    String secret = randomSecret();
    return add(wish, secret, now) ? Optional.of(secret) : Optional.empty();
  }

  /// With a secret that everybody knows, for the demo. Added again it stays what it was.
  public boolean add(Wish wish, String secret, Instant now) {
    boolean isNew =
        control.inTransaction(
            handle ->
                handle.execute(
                        """
                        INSERT INTO copilot_client (client_id, tenant_id, owners, tools,
                          v2_required, per_minute, created_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (client_id) DO NOTHING
                        """,
                        wish.id(),
                        wish.tenantId(),
                        sorted(wish.owners()),
                        sorted(wish.tools()),
                        wish.isV2Required(),
                        wish.perMinute(),
                        now)
                    > 0);
    if (isNew) {
      // Only whoever got the name writes the secret. Cut short here, the client signs nothing
      // until it is rotated.
      vault.put(wish.tenantId(), current(wish.id()), secret);
      known.invalidate(wish.id());
    }
    return isNew;
  }

  /// A new secret; the one until now stays live beside it, the one before that does not. Empty
  /// where there is no such client.
  public Optional<String> rotate(String clientId, Instant now) {
    Optional<Client> client = find(clientId);
    if (client.isEmpty()) {
      return Optional.empty();
    }
    String tenantId = client.get().tenantId();
    String fresh = randomSecret();
    vault
        .find(tenantId, current(clientId))
        .ifPresent(old -> vault.put(tenantId, previous(clientId), old));
    vault.put(tenantId, current(clientId), fresh);
    control.inTransaction(
        handle ->
            handle.execute(
                "UPDATE copilot_client SET rotated_at = ? WHERE client_id = ?", now, clientId));
    known.invalidate(clientId);
    return Optional.of(fresh);
  }

  /// The secret a client signs with; for the command that signs on its behalf.
  public Optional<String> secretOf(String clientId) {
    return find(clientId).flatMap(client -> vault.find(client.tenantId(), current(clientId)));
  }

  /// The client of this name, as it was within the last second.
  public Optional<Client> find(String clientId) {
    Client cached = known.getIfPresent(clientId);
    if (cached != null) {
      return Optional.of(cached);
    }
    Optional<Client> found = rows(clientId).stream().findFirst().map(this::withSecrets);
    found.ifPresent(client -> known.put(clientId, client));
    return found;
  }

  public List<Listed> list() {
    return rows(null);
  }

  /// Notes that a nonce was used; `false` where it had been before.
  public boolean isFirstUse(String clientId, String nonce, Instant expiresAt, Instant now) {
    return control.inTransaction(
        handle -> {
          if (nonces.incrementAndGet() % SWEEP_EVERY_NONCES == 0) {
            handle.execute("DELETE FROM copilot_nonce WHERE expires_at < ?", now);
          }
          return handle.execute(
                  """
                  INSERT INTO copilot_nonce (client_id, nonce, expires_at) VALUES (?, ?, ?)
                  ON CONFLICT DO NOTHING
                  """,
                  clientId,
                  nonce,
                  expiresAt)
              > 0;
        });
  }

  private Client withSecrets(Listed row) {
    List<SigningSecret> secrets = new ArrayList<>();
    for (String name : List.of(current(row.id()), previous(row.id()))) {
      vault.find(row.tenantId(), name).map(SigningSecret::of).ifPresent(secrets::add);
    }
    return new Client(
        row.id(),
        row.tenantId(),
        Set.copyOf(row.owners()),
        Set.copyOf(row.tools()),
        row.isV2Required(),
        row.perMinute(),
        secrets);
  }

  private List<Listed> rows(@Nullable String clientId) {
    return control.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT client_id, tenant_id, owners, tools, v2_required, per_minute,
                      c.created_at, rotated_at
                    FROM copilot_client c JOIN tenant USING (tenant_id)
                    WHERE (CAST(:client AS text) IS NULL OR client_id = :client)
                      AND tenant.state = 'ready'
                    ORDER BY client_id
                    """)
                .bind("client", clientId)
                .map((row, context) -> listed(row))
                .list());
  }

  private static Listed listed(ResultSet row) throws SQLException {
    java.sql.Timestamp rotated = row.getTimestamp(8);
    return new Listed(
        row.getString(1),
        row.getString(2),
        List.of((String[]) row.getArray(3).getArray()),
        List.of((String[]) row.getArray(4).getArray()),
        row.getBoolean(5),
        row.getInt(6),
        row.getTimestamp(7).toInstant(),
        rotated == null ? null : rotated.toInstant());
  }

  private static String[] sorted(Set<String> texts) {
    return texts.stream().sorted().toArray(String[]::new);
  }

  private static String current(String clientId) {
    return "copilot-client/" + clientId + "/current";
  }

  private static String previous(String clientId) {
    return "copilot-client/" + clientId + "/previous";
  }

  private static String randomSecret() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
