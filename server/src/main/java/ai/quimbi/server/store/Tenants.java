package ai.quimbi.server.store;

import ai.quimbi.core.access.Tenant;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The tenants and their databases. To make or remove one is a walk through states that can be cut
/// short anywhere: `creating` → `ready` → `deleting` → gone; who opens the installation next, or
/// asks for the same again, finishes it.
public final class Tenants {
  private static final String PASSWORD = "database-password";
  private static final SecureRandom RANDOM = new SecureRandom();

  /// Another server's change is seen within a second.
  private static final Duration FRESH = Duration.ofMillis(900);

  private final ControlDatabase control;
  private final Provisioning provisioning;
  private final Vault vault;
  private final Pools pools;
  private final DatabaseUrl operator;
  private final Cache<String, Tenant> known =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(FRESH).build();

  Tenants(
      ControlDatabase control,
      Provisioning provisioning,
      Vault vault,
      Pools pools,
      DatabaseUrl operator) {
    this.control = control;
    this.provisioning = provisioning;
    this.vault = vault;
    this.pools = pools;
    this.operator = operator;
  }

  /// What came of the wish for a tenant.
  public sealed interface Creation {
    record Made(Tenant tenant) implements Creation {}

    /// The id is taken, by the tenant given; nothing was changed.
    record Exists(Tenant tenant) implements Creation {}
  }

  /// Makes the tenant and its database, and returns when it can be used.
  @AcrossTenants("the tenant is not there yet")
  public Creation create(Tenant tenant) {
    return Door.through(
        "tenant " + tenant.id(), () -> provisioning.alone(alone -> createAlone(alone, tenant)));
  }

  private Creation createAlone(Handle alone, Tenant tenant) {
    Optional<Row> there = control.read(handle -> row(handle, tenant.id()));
    if (there.isPresent() && there.get().state().equals("ready")) {
      return new Creation.Exists(there.get().tenant());
    }
    // What an earlier attempt left is nobody's yet: begin again from nothing.
    there.ifPresent(row -> remove(alone, row.tenant().id()));
    control.inTransaction(
        handle -> {
          insert(handle, tenant);
          vault.putWith(handle, tenant.id(), PASSWORD, randomPassword());
          return true;
        });
    make(alone, tenant.id());
    return new Creation.Made(tenant);
  }

  /// The tenant, if there is one that can be used; as it was within the last second.
  public Optional<Tenant> find(String tenantId) {
    Tenant cached = known.getIfPresent(tenantId);
    if (cached != null) {
      return Optional.of(cached);
    }
    Optional<Tenant> found =
        control
            .read(handle -> row(handle, tenantId))
            .filter(row -> row.state().equals("ready"))
            .map(Row::tenant);
    found.ifPresent(tenant -> known.put(tenantId, tenant));
    return found;
  }

  @AcrossTenants("lists them")
  public List<Tenant> list() {
    return control.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT tenant_id, name, industry, time_zone, currency, state, migrations
                    FROM tenant WHERE state = 'ready' ORDER BY tenant_id
                    """)
                .map((row, context) -> Row.of(row).tenant())
                .list());
  }

  /// Removes the tenant with everything that is stored about it. `false` where there was none.
  public boolean delete(String tenantId) {
    return Door.through(
        "tenant " + tenantId,
        () ->
            provisioning.alone(
                alone -> {
                  int marked =
                      control.inTransaction(
                          handle ->
                              handle.execute(
                                  "UPDATE tenant SET state = 'deleting' WHERE tenant_id = ?",
                                  tenantId));
                  if (marked > 0) {
                    remove(alone, tenantId);
                  }
                  return marked > 0;
                }));
  }

  /// Says what a tenant is compared with, from the next second on everywhere.
  public void setIndustry(String tenantId, String industry) {
    control.inTransaction(
        handle ->
            handle.execute(
                "UPDATE tenant SET industry = ? WHERE tenant_id = ?", industry, tenantId));
    known.invalidate(tenantId);
  }

  boolean isReady(String tenantId) {
    return control
        .read(handle -> row(handle, tenantId))
        .filter(row -> row.state().equals("ready"))
        .isPresent();
  }

  /// Where the tenant's database is and how its own role enters it.
  DatabaseUrl address(String tenantId) {
    record Place(String database, String role, @Nullable String server) {}
    Place place =
        control
            .read(
                handle ->
                    handle
                        .createQuery(
                            """
                            SELECT database_name, role_name, server FROM tenant
                            WHERE tenant_id = :tenant AND state = 'ready'
                            """)
                        .bind("tenant", tenantId)
                        .map(
                            (row, context) ->
                                new Place(row.getString(1), row.getString(2), row.getString(3)))
                        .findOne())
            .orElseThrow(() -> new NoSuchTenant(tenantId));
    String password = vault.find(tenantId, PASSWORD).orElseThrow(() -> new NoSuchTenant(tenantId));
    return operator
        .onServer(place.server())
        .withDatabase(place.database())
        .withLogin(place.role(), password);
  }

  /// Called alone, when the installation is opened.
  void finishWhatWasBegun(Handle alone) {
    List<Row> rows =
        control.read(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT tenant_id, name, industry, time_zone, currency, state, migrations
                        FROM tenant
                        WHERE state <> 'ready' OR migrations IS DISTINCT FROM :fingerprint
                        ORDER BY tenant_id
                        """)
                    .bind("fingerprint", provisioning.fingerprint())
                    .map((row, context) -> Row.of(row))
                    .list());
    for (Row row : rows) {
      String tenantId = row.tenant().id();
      switch (row.state()) {
        case "creating" -> make(alone, tenantId);
        case "deleting" -> remove(alone, tenantId);
        default -> migrate(tenantId);
      }
    }
  }

  private void make(Handle alone, String tenantId) {
    String password =
        vault
            .find(tenantId, PASSWORD)
            .orElseThrow(() -> new IllegalStateException("no password for " + tenantId));
    provisioning.makeTenant(alone, tenantId, password);
    migrate(tenantId);
  }

  /// Also the last step of making: a database copied from this template needs nothing but a look.
  private void migrate(String tenantId) {
    Optional<Row> row = control.read(handle -> row(handle, tenantId));
    if (row.isPresent() && !provisioning.fingerprint().equals(row.get().migrations())) {
      provisioning.migrateTenant(tenantId);
    }
    control.inTransaction(
        handle ->
            handle.execute(
                "UPDATE tenant SET state = 'ready', migrations = ? WHERE tenant_id = ?",
                provisioning.fingerprint(),
                tenantId));
  }

  private void remove(Handle alone, String tenantId) {
    known.invalidate(tenantId);
    pools.forget(tenantId);
    provisioning.removeTenant(alone, tenantId);
    control.inTransaction(
        handle -> {
          vault.deleteAllWith(handle, tenantId);
          return handle.execute("DELETE FROM tenant WHERE tenant_id = ?", tenantId);
        });
  }

  private void insert(Handle handle, Tenant tenant) {
    handle.execute(
        """
        INSERT INTO tenant (tenant_id, name, industry, time_zone, currency, state, database_name,
          role_name, migrations)
        VALUES (?, ?, ?, ?, ?, 'creating', ?, ?, ?)
        """,
        tenant.id(),
        tenant.name(),
        tenant.industry(),
        tenant.zone().getId(),
        tenant.currency().getCurrencyCode(),
        provisioning.databaseOf(tenant.id()),
        provisioning.roleOf(tenant.id()),
        provisioning.fingerprint());
  }

  private static Optional<Row> row(Handle handle, String tenantId) {
    return handle
        .createQuery(
            """
            SELECT tenant_id, name, industry, time_zone, currency, state, migrations
            FROM tenant WHERE tenant_id = :tenant
            """)
        .bind("tenant", tenantId)
        .map((row, context) -> Row.of(row))
        .findOne();
  }

  private record Row(Tenant tenant, String state, @Nullable String migrations) {
    static Row of(ResultSet row) throws SQLException {
      Tenant tenant =
          new Tenant(
              row.getString(1),
              row.getString(2),
              row.getString(3),
              ZoneId.of(row.getString(4)),
              Currency.getInstance(row.getString(5)));
      return new Row(tenant, row.getString(6), row.getString(7));
    }
  }

  private static String randomPassword() {
    byte[] bytes = new byte[24];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
