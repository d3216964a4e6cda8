package ai.quimbi.bench;

import ai.quimbi.core.access.ApiKey.Mode;
import ai.quimbi.core.access.Quota;
import ai.quimbi.core.access.Scope;
import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.customer.RateLookup;
import ai.quimbi.core.forecast.CustomerForecast;
import ai.quimbi.core.forecast.ForecastModel;
import ai.quimbi.core.forecast.RiskLevel;
import ai.quimbi.server.api.ModelShelf;
import ai.quimbi.server.api.Refit;
import ai.quimbi.server.app.Config;
import ai.quimbi.server.app.Installation;
import ai.quimbi.server.app.Platform;
import ai.quimbi.server.app.Settings;
import ai.quimbi.server.app.demo.Batch;
import ai.quimbi.server.app.demo.DemoCompany;
import ai.quimbi.server.app.demo.DemoHistory;
import ai.quimbi.server.http.Access;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.Body;
import ai.quimbi.server.http.Route;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.Keys;
import ai.quimbi.server.store.events.Customers;
import ai.quimbi.server.store.events.Imports;
import ai.quimbi.server.store.events.Models;
import ai.quimbi.server.store.events.RefitLog;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// The server that is measured, in a process of its own with the heap that `serve` has. Beside the
/// real routes it has a bare one: no key, no limit, no validation; one look-up by primary key and
/// 300 bytes. `main DATA full|empty KEPT-MEGABYTES`; prints `port N key K`.
final class BenchServer {
  private static final byte[] THREE_HUNDRED_BYTES =
      ("{\"filler\":\"" + "x".repeat(287) + "\"}").getBytes(StandardCharsets.UTF_8);

  /// Analyze without the work on the axes.
  static final String WITHOUT_AXES = "/api/bench/analyze";

  private BenchServer() {}

  public static void main(String[] arguments) throws InterruptedException {
    Config config =
        Settings.read(
            Map.of(
                "QUIMBI_PORT",
                "0",
                "QUIMBI_REFIT_AFTER_ORDERS",
                "2000000000",
                "QUIMBI_ANSWERS_KEPT_MEGABYTES",
                arguments[2],
                "QUIMBI_NIGHTLY",
                "false",
                "QUIMBI_DATA",
                arguments[0]));
    InstantSource clock = InstantSource.system();
    Installation installation = Installation.ofServer(config, "bench", nanos -> {});
    Databases databases = installation.databases();
    DemoCompany shop = DemoCompany.shop();
    Tenant tenant = shop.tenant();
    databases.tenants().create(tenant);
    if (arguments[1].equals("full")) {
      fill(databases, shop, clock);
    }
    CopilotBench.prepare(databases, tenant, clock.instant());
    Platform platform =
        Platform.open(
            databases,
            config,
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            clock,
            List.of(bare(databases, tenant), withoutAxes(databases, tenant)));
    Keys.Wish wish =
        new Keys.Wish(
            "", EnumSet.allOf(Scope.class), Mode.TEST, new Quota(100_000_000, 1_000_000_000), null);
    Keys.Addition.Added key =
        (Keys.Addition.Added) databases.keys().add(tenant.id(), wish, clock.instant());
    System.out.println("port " + platform.port() + " key " + key.secret());
    new CountDownLatch(1).await();
  }

  private static Route bare(Databases databases, Tenant tenant) {
    return Route.get(
        "/bare/{customer_id}",
        Access.PUBLIC,
        call -> {
          String id = call.pathParameter("customer_id");
          databases.read(
              tenant.id(),
              handle ->
                  handle
                      .createQuery("SELECT customer_id FROM app.customer WHERE customer_id = ?")
                      .bind(0, id)
                      .mapTo(String.class)
                      .findOne());
          return Answer.bytes(THREE_HUNDRED_BYTES, "application/json");
        });
  }

  // What analyze does, but for the axes: who is asked for, the predictions, the plain metrics.
  private static Route withoutAxes(Databases databases, Tenant tenant) {
    Customers customers = new Customers(databases);
    ModelShelf shelf = new ModelShelf(new Models(databases));
    Ledger ledger = new Ledger(tenant.zone(), tenant.currency());
    return Route.post(
        WITHOUT_AXES,
        Access.scope(Scope.INTELLIGENCE_READ),
        Body.json("AnalyzeRequest"),
        call -> {
          String id = call.body().path("customer_id").textValue();
          int today = ledger.dayOf(call.receivedAt());
          Profile profile = customers.profileWithout(tenant, id, Set.of()).orElse(Profile.EMPTY);
          ForecastModel model = shelf.of(tenant).forecast();
          CustomerForecast forecast = CustomerForecast.of(profile, model, today);
          double churn = forecast.churn();
          Map<String, Object> answer = new LinkedHashMap<>();
          answer.put("customer_id", id);
          answer.put("total_orders", profile.orders());
          answer.put("lifetime_value", ledger.amountOf(profile.netMinor()));
          answer.put("churn_risk", churn);
          answer.put("churn_risk_level", RiskLevel.of(churn).label());
          answer.put("ltv_12mo", forecast.value(12));
          answer.put("next_purchase", forecast.nextPurchase().isPresent());
          answer.put("model_version", shelf.of(tenant).version());
          return Answer.ok(answer).privatelyFor(Duration.ofMinutes(15));
        });
  }

  private static void fill(Databases databases, DemoCompany shop, InstantSource clock) {
    Imports imports = new Imports(databases);
    Instant now = clock.instant();
    LocalDate today = LocalDate.ofInstant(now, shop.tenant().zone());
    Iterator<Batch> batches = DemoHistory.of(shop, 1, today).batches(10_000);
    while (batches.hasNext()) {
      imports.chunk(shop.tenant(), batches.next().orders(), now, RateLookup.NONE);
    }
    imports.settle(shop.tenant(), now, count -> {});
    new Refit(
            new Customers(databases),
            new ModelShelf(new Models(databases)),
            new RefitLog(databases),
            clock)
        .now(shop.tenant());
  }
}
