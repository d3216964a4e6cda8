package ai.quimbi.server.app;

import ai.quimbi.server.api.ModelShelf;
import ai.quimbi.server.api.Refit;
import ai.quimbi.server.api.Routes;
import ai.quimbi.server.api.StoreErrors;
import ai.quimbi.server.api.StoredReplies;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.http.Backing;
import ai.quimbi.server.http.Contract;
import ai.quimbi.server.http.Door;
import ai.quimbi.server.http.DoorSettings;
import ai.quimbi.server.http.Limits;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.events.Customers;
import ai.quimbi.server.store.events.Idempotency;
import ai.quimbi.server.store.events.Models;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// A running Quimbi: the databases, what is behind the door, and the door. Closing lets requests in
/// flight finish, then stops what was started.
public final class Server implements AutoCloseable {
  /// Longer than any request takes; a server that dies in a request holds its key that long.
  private static final Duration IDEMPOTENCY_LEASE = Duration.ofSeconds(45);

  private final Installation installation;
  private final Refit refit;
  private final RefitWatch refits;
  private final Door door;

  private Server(Installation installation, Refit refit, RefitWatch refits, Door door) {
    this.installation = installation;
    this.refit = refit;
    this.refits = refits;
    this.door = door;
  }

  /// Starts everything and returns when requests are answered.
  public static Server start(Config config, String purpose, InstantSource clock) {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Timer gateWait =
        Timer.builder("quimbi.gate.wait").publishPercentileHistogram().register(metrics);
    Installation installation =
        Installation.ofServer(
            config, purpose, nanos -> gateWait.record(nanos, TimeUnit.NANOSECONDS));
    try {
      Databases databases = installation.databases();
      Tenancy tenancy = new Tenancy(databases.tenants());
      ModelShelf shelf = new ModelShelf(new Models(databases));
      Refit refit = new Refit(new Customers(databases), shelf, clock);
      RefitWatch refits = new RefitWatch(refit, config.refitAfterOrders(), metrics);
      Backing backing =
          new Backing(
              Contract.load(),
              hash -> databases.keys().bySecretHash(hash, clock.instant()).orElse(null),
              config.cluster()
                  ? Limits.shared(databases.control().dataSource(), clock)
                  : Limits.inMemory(clock),
              StoreErrors::of,
              databases::isAnswering,
              metrics,
              new StoredReplies(
                  new Idempotency(databases, IDEMPOTENCY_LEASE), tenancy::ofId, clock),
              clock);
      Door door =
          Door.open(
              doorSettings(config), backing, Routes.of(databases, tenancy, shelf, refit, refits));
      installation.announce(door.port());
      return new Server(installation, refit, refits, door);
    } catch (RuntimeException e) {
      installation.close();
      throw e;
    }
  }

  private static DoorSettings doorSettings(Config config) {
    return DoorSettings.on(config.host(), config.port())
        .withAdminPort(config.host(), config.adminPort())
        .withCorsOrigins(config.corsOrigins())
        .withTrustedProxies(config.trustedProxies());
  }

  public Databases databases() {
    return installation.databases();
  }

  public Refit refit() {
    return refit;
  }

  public int port() {
    return door.port();
  }

  @Override
  public void close() {
    door.close();
    refits.close();
    installation.close();
  }
}
