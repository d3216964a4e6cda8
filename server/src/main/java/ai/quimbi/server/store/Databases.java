package ai.quimbi.server.store;

import java.time.Duration;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Every database of an installation: the control database and one per tenant. Work is handed in as
/// a callback that gets a connection for its duration; it must not ask for another inside, since
/// permits are counted per call.
///
/// Throws [NoSuchTenant], [Overloaded] after waiting in vain, [DatabaseUnavailable] when PostgreSQL
/// is not there; it recovers by itself.
public final class Databases implements AutoCloseable {
  private final ControlDatabase control;
  private final Pools pools;
  private final Gate gate;
  private final Vault vault;
  private final Tenants tenants;
  private final Keys keys;
  private final ExchangeRates rates;

  /// How much of the server this process uses. `installation` begins the names of its databases and
  /// roles; `connections` bounds those to tenants' databases, open or idle, and exceeds `permits`,
  /// which bounds those at work; `waitedNanos` hears how long each call waited at the gate.
  public record Limits(
      String installation,
      int connectionsPerTenant,
      int permits,
      int connections,
      int controlConnections,
      Duration patience,
      LongConsumer waitedNanos) {

    public static final Limits DEFAULT =
        new Limits("quimbi", 4, 16, 40, 6, Duration.ofSeconds(2), nanos -> {});

    public Limits {
      if (connectionsPerTenant < 1 || permits < 1 || controlConnections < 1) {
        throw new IllegalArgumentException("every limit allows at least one connection");
      }
      if (connections <= permits) {
        throw new IllegalArgumentException(
            "connections (%d) must exceed permits (%d)".formatted(connections, permits));
      }
    }

    public Limits withInstallation(String other) {
      return new Limits(
          other,
          connectionsPerTenant,
          permits,
          connections,
          controlConnections,
          patience,
          waitedNanos);
    }

    public Limits withWaitedNanos(LongConsumer other) {
      return new Limits(
          installation,
          connectionsPerTenant,
          permits,
          connections,
          controlConnections,
          patience,
          other);
    }

    /// What fits a server that takes `available` connections, with some left for others.
    Limits within(int available) {
      int spare = 4;
      int rest = available - controlConnections - spare;
      if (rest >= connections) {
        return this;
      }
      if (rest < 4) {
        throw new UnsuitableDatabase(
            "the PostgreSQL server takes only %d connections; set max_connections to 50 or more."
                .formatted(available));
      }
      return new Limits(
          installation,
          Math.min(connectionsPerTenant, rest / 2),
          Math.min(permits, rest / 2),
          rest,
          controlConnections,
          patience,
          waitedNanos);
    }
  }

  private Databases(
      Provisioning provisioning, DatabaseUrl operator, Secrets secrets, Limits limits) {
    this.control =
        new ControlDatabase(
            provisioning.controlUrl(),
            limits.controlConnections(),
            limits.patience(),
            limits.waitedNanos());
    this.vault = new Vault(control, secrets);
    this.gate =
        new Gate(
            limits.connectionsPerTenant(),
            limits.permits(),
            limits.patience(),
            limits.waitedNanos());
    this.pools =
        new Pools(
            this::address,
            limits.connectionsPerTenant(),
            limits.connections(),
            limits.permits(),
            limits.patience());
    this.tenants = new Tenants(control, provisioning, vault, pools, operator);
    this.keys = new Keys(control);
    this.rates = new ExchangeRates(control);
  }

  /// Opens what is there and makes what is missing: the control database, its tables, the template;
  /// finishes what another process left half done; brings every tenant's tables up to date. Several
  /// servers may do this at once. `operator` has CREATEDB and CREATEROLE. Throws
  /// [UnsuitableDatabase] or [DatabaseUnavailable].
  @AcrossTenants("opens the whole installation")
  public static Databases open(DatabaseUrl operator, Secrets secrets, Limits limits) {
    return Door.through(
        operator.toString(),
        () -> {
          Operator there = Operator.at(operator);
          Provisioning provisioning = new Provisioning(there, new Names(limits.installation()));
          provisioning.ensureControlDatabase();
          Databases databases =
              new Databases(provisioning, operator, secrets, limits.within(there.maxConnections()));
          boolean isReady = false;
          try {
            provisioning.alone(
                handle -> {
                  provisioning.ensureControlTables(handle);
                  provisioning.ensureTemplate(handle);
                  databases.tenants.finishWhatWasBegun(handle);
                  return true;
                });
            isReady = true;
            return databases;
          } finally {
            if (!isReady) {
              databases.close();
            }
          }
        });
  }

  /// Single statements, each for itself. For several that must agree there is [#snapshot].
  public <T extends @Nullable Object, X extends Exception> T read(
      String tenantId, HandleCallback<T, X> work) throws X {
    return with(tenantId, jdbi -> jdbi.withHandle(work));
  }

  /// Statements that all see the same moment, and change nothing.
  public <T extends @Nullable Object, X extends Exception> T snapshot(
      String tenantId, HandleCallback<T, X> work) throws X {
    return with(
        tenantId,
        jdbi ->
            jdbi.inTransaction(
                handle -> {
                  handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
                  return work.withHandle(handle);
                }));
  }

  /// All of it or nothing. After a [DatabaseUnavailable] either may be true.
  public <T extends @Nullable Object, X extends Exception> T inTransaction(
      String tenantId, HandleCallback<T, X> work) throws X {
    return with(tenantId, jdbi -> jdbi.inTransaction(work));
  }

  private interface Use<T extends @Nullable Object, X extends Exception> {
    T of(Jdbi jdbi) throws X;
  }

  private <T extends @Nullable Object, X extends Exception> T with(String tenantId, Use<T, X> use)
      throws X {
    return Door.through(
        "tenant " + tenantId,
        () -> {
          try (Gate.Pass _ = gate.enter(tenantId);
              Pools.Lease lease = pools.lease(tenantId)) {
            try {
              return use.of(lease.jdbi());
            } catch (Exception e) {
              if (DatabaseUnavailable.endsSessions(e)) {
                lease.renew();
              }
              throw e;
            }
          } catch (JdbiException e) {
            if (DatabaseUnavailable.saysMoved(e)) {
              pools.forget(tenantId); // another server deleted it, and perhaps made it anew
              if (!tenants.isReady(tenantId)) {
                throw new NoSuchTenant(tenantId);
              }
            }
            throw e;
          }
        });
  }

  private DatabaseUrl address(String tenantId) {
    return tenants.address(tenantId);
  }

  @AcrossTenants("the way to the control database")
  public ControlDatabase control() {
    return control;
  }

  @AcrossTenants("the list of tenants")
  public Tenants tenants() {
    return tenants;
  }

  @AcrossTenants("a key tells its tenant")
  public Keys keys() {
    return keys;
  }

  @AcrossTenants("its methods take the tenant")
  public ExchangeRates rates() {
    return rates;
  }

  @AcrossTenants("its methods take the tenant")
  public Vault vault() {
    return vault;
  }

  /// Whether the database answers now.
  @AcrossTenants("the health of the whole process")
  public boolean isAnswering() {
    try {
      return control.read(handle -> handle.createQuery("SELECT true").mapTo(Boolean.class).one());
    } catch (Unavailable e) {
      return false;
    }
  }

  @AcrossTenants("a gauge of the whole process")
  public int openConnections() {
    return pools.connections();
  }

  @AcrossTenants("closes the whole installation")
  @Override
  public void close() {
    pools.close();
    control.close();
  }

  /// What every [Jdbi] of ours knows beyond its defaults.
  static Jdbi taught(Jdbi jdbi) {
    jdbi.registerArrayType(String.class, "text");
    jdbi.registerArrayType(Long.class, "int8");
    jdbi.registerArrayType(long.class, "int8");
    jdbi.registerArrayType(Integer.class, "int4");
    jdbi.registerArrayType(int.class, "int4");
    return jdbi;
  }
}
