package ai.quimbi.server.app;

import ai.quimbi.server.api.Refit;
import ai.quimbi.server.api.StoreErrors;
import ai.quimbi.server.api.StoredReplies;
import ai.quimbi.server.api.Upkeep;
import ai.quimbi.server.api.benchmark.MonthlyRelease;
import ai.quimbi.server.api.reference.Reference;
import ai.quimbi.server.api.reference.Status;
import ai.quimbi.server.http.Backing;
import ai.quimbi.server.http.Door;
import ai.quimbi.server.http.DoorSettings;
import ai.quimbi.server.http.Route;
import ai.quimbi.server.mcp.McpOverHttp;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.Vitals;
import ai.quimbi.server.store.events.Idempotency;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// Everything between the databases and the callers: the handlers, what works beside them, and the
/// door. Closing lets requests in flight finish; the databases are not closed.
public final class Platform implements AutoCloseable {
  /// Longer than any request takes; a server that dies in a request holds its key that long.
  private static final Duration IDEMPOTENCY_LEASE = Duration.ofSeconds(45);

  private final Services services;
  private final List<Route> routes;
  private final Door door;
  private final Housekeeping housekeeping;
  private final Nightly nightly;
  private final BenchmarkWatch benchmarks;

  private Platform(
      Services services,
      List<Route> routes,
      Door door,
      Housekeeping housekeeping,
      Nightly nightly,
      BenchmarkWatch benchmarks) {
    this.services = services;
    this.routes = routes;
    this.door = door;
    this.housekeeping = housekeeping;
    this.nightly = nightly;
    this.benchmarks = benchmarks;
  }

  /// Opens the door of these databases and returns when requests are answered.
  public static Platform open(
      Databases databases, Config config, PrometheusMeterRegistry metrics, InstantSource clock) {
    return open(databases, config, metrics, clock, List.of());
  }

  /// The same with further routes, for measurements beside the table's own.
  public static Platform open(
      Databases databases,
      Config config,
      PrometheusMeterRegistry metrics,
      InstantSource clock,
      List<Route> further) {
    return open(databases, config, metrics, clock, further, "");
  }

  /// The same with a key that everybody may know, which `/docs` fills in; empty where there is
  /// none.
  public static Platform open(
      Databases databases,
      Config config,
      PrometheusMeterRegistry metrics,
      InstantSource clock,
      List<Route> further,
      String exampleKey) {
    Services services = Services.on(databases, config, metrics, clock);
    List<Route> routes = new ArrayList<>(services.routes());
    Status status =
        new Status(
            new Vitals(databases.control())::read,
            services.shelf(),
            services.contract(),
            !config.llmProvider().strip().equalsIgnoreCase("none"),
            clock.instant());
    routes.addAll(new Reference(status, exampleKey).routes());
    routes.addAll(further);
    Idempotency answers = new Idempotency(databases, IDEMPOTENCY_LEASE);
    Backing backing =
        new Backing(
            services.contract(),
            hash -> databases.keys().bySecretHash(hash, clock.instant()).orElse(null),
            services.limits(),
            StoreErrors::of,
            databases::isAnswering,
            metrics,
            new StoredReplies(answers, services.tenancy()::ofId, clock),
            clock);
    DoorSettings settings =
        DoorSettings.on(config.host(), config.port())
            .withAdminPort(config.host(), config.adminPort())
            .withCorsOrigins(config.corsOrigins())
            .withTrustedProxies(config.trustedProxies())
            .withFailedKeysPerMinute(config.failedKeysPerMinute());
    Door door =
        Door.open(
            settings,
            backing,
            routes,
            services.copilot().annexes(),
            List.of(McpOverHttp.mount(services.offers())));
    Housekeeping housekeeping =
        new Housekeeping(databases.tenants(), answers, services.limits(), clock);
    Nightly nightly =
        Nightly.of(
            config.nightly(),
            services.upkeep(),
            services.copilot()::lookAtHealth,
            databases.tenants(),
            clock);
    BenchmarkWatch benchmarks =
        BenchmarkWatch.of(config.benchmarkReleases(), services.insights().release(), clock);
    return new Platform(services, List.copyOf(routes), door, housekeeping, nightly, benchmarks);
  }

  public Refit refit() {
    return services.refit();
  }

  /// The month's benchmarks.
  public MonthlyRelease benchmarks() {
    return services.insights().release();
  }

  /// What is done once in a tenant's day.
  public Upkeep upkeep() {
    return services.upkeep();
  }

  /// The table of routes, for tests that go through all of them.
  List<Route> routes() {
    return routes;
  }

  public int port() {
    return door.port();
  }

  @Override
  public void close() {
    housekeeping.close();
    nightly.close();
    benchmarks.close();
    door.close();
    services.close();
  }
}
