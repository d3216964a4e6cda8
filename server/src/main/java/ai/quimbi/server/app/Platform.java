package ai.quimbi.server.app;

import ai.quimbi.server.api.ModelShelf;
import ai.quimbi.server.api.Refit;
import ai.quimbi.server.api.Routes;
import ai.quimbi.server.api.StoreErrors;
import ai.quimbi.server.api.StoredReplies;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.api.copilot.Copilot;
import ai.quimbi.server.api.generation.Generation;
import ai.quimbi.server.api.reference.Reference;
import ai.quimbi.server.api.reference.Status;
import ai.quimbi.server.http.Backing;
import ai.quimbi.server.http.Contract;
import ai.quimbi.server.http.Door;
import ai.quimbi.server.http.DoorSettings;
import ai.quimbi.server.http.Limits;
import ai.quimbi.server.http.Route;
import ai.quimbi.server.llm.LanguageModels;
import ai.quimbi.server.llm.MemoryBudget;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.Vitals;
import ai.quimbi.server.store.events.Customers;
import ai.quimbi.server.store.events.Idempotency;
import ai.quimbi.server.store.events.Models;
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

  private final Refit refit;
  private final RefitWatch refits;
  private final LanguageModels models;
  private final List<Route> routes;
  private final Door door;
  private final Housekeeping housekeeping;
  private final Copilot copilot;

  private Platform(
      Refit refit,
      RefitWatch refits,
      LanguageModels models,
      List<Route> routes,
      Door door,
      Copilot copilot,
      Housekeeping housekeeping) {
    this.refit = refit;
    this.refits = refits;
    this.models = models;
    this.routes = routes;
    this.door = door;
    this.copilot = copilot;
    this.housekeeping = housekeeping;
  }

  /// Opens the door of these databases and returns when requests are answered.
  public static Platform open(
      Databases databases, Config config, PrometheusMeterRegistry metrics, InstantSource clock) {
    return open(databases, config, metrics, clock, List.of(), "");
  }

  /// The same with further routes, for measurements beside the table's own, and with a key that
  /// everybody may know, which `/docs` fills in; empty where there is none.
  public static Platform open(
      Databases databases,
      Config config,
      PrometheusMeterRegistry metrics,
      InstantSource clock,
      List<Route> further,
      String exampleKey) {
    Tenancy tenancy = new Tenancy(databases.tenants());
    ModelShelf shelf = new ModelShelf(new Models(databases));
    Refit refit = new Refit(new Customers(databases), shelf, clock);
    RefitWatch refits = new RefitWatch(refit, config.refitAfterOrders(), metrics);
    Limits limits =
        config.cluster()
            ? Limits.shared(databases.control().dataSource(), clock)
            : Limits.inMemory(clock);
    Copilot copilot = new Copilot(databases, tenancy, limits, clock);
    List<Route> routes = new ArrayList<>(Routes.of(databases, tenancy, shelf, refit, refits));
    routes.addAll(copilot.routes());
    LanguageModels models =
        new LanguageModels(new MemoryBudget(LanguageModelSettings.perDay(config)));
    Generation generation =
        new Generation(
            databases,
            tenancy,
            shelf,
            models,
            LanguageModelSettings.provider(config),
            Duration.ofMillis(config.llmDeadlineMillis()));
    routes.addAll(generation.routes());
    Contract contract = Contract.load();
    boolean hasModel = !config.llmProvider().strip().equalsIgnoreCase("none");
    Status status =
        new Status(
            new Vitals(databases.control())::read, shelf, contract, hasModel, clock.instant());
    routes.addAll(new Reference(status, exampleKey).routes());
    routes.addAll(further);
    Idempotency answers = new Idempotency(databases, IDEMPOTENCY_LEASE);
    Backing backing =
        new Backing(
            contract,
            hash -> databases.keys().bySecretHash(hash, clock.instant()).orElse(null),
            limits,
            StoreErrors::of,
            databases::isAnswering,
            metrics,
            new StoredReplies(answers, tenancy::ofId, clock),
            clock);
    DoorSettings settings =
        DoorSettings.on(config.host(), config.port())
            .withAdminPort(config.host(), config.adminPort())
            .withCorsOrigins(config.corsOrigins())
            .withTrustedProxies(config.trustedProxies())
            .withFailedKeysPerMinute(config.failedKeysPerMinute());
    Door door = Door.open(settings, backing, routes, copilot.annexes());
    Housekeeping housekeeping = new Housekeeping(databases.tenants(), answers, limits, clock);
    return new Platform(refit, refits, models, List.copyOf(routes), door, copilot, housekeeping);
  }

  public Refit refit() {
    return refit;
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
    door.close();
    copilot.close();
    refits.close();
    models.close();
  }
}
