package ai.quimbi.server.app;

import ai.quimbi.server.app.demo.DemoAccounts;
import ai.quimbi.server.store.TestDatabase;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A server for one client's suite, at the real time (the suites ask their own clock), with a
/// tenant that has the demo's accounts and an industry to be compared with. It remembers which
/// operations were answered.
final class SdkStage implements AutoCloseable {
  /// For whoever runs the server, or for browsers: probes, metrics, the contract itself, pages.
  private static final Set<String> NOT_FOR_CALLERS =
      Set.of(
          "live", "ready", "metrics", "contract", "docs", "docsFile", "docsErrors", "statusPage");

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Platform platform;
  private final Quimbi.Customer customer = Quimbi.tenant();
  private final SignedCaller copilot = SignedCaller.of(customer.tenant());

  SdkStage() {
    platform =
        Platform.open(
            TestDatabase.databases(),
            Settings.read(
                Map.of(
                    "QUIMBI_PORT",
                    "0",
                    "QUIMBI_BENCHMARK_RELEASES",
                    "false",
                    "QUIMBI_NIGHTLY",
                    "false")),
            registry,
            InstantSource.system());
    new DemoAccounts(TestDatabase.databases())
        .tell(customer.tenant(), InstantSource.system().instant());
    Companies.join(customer);
  }

  String url() {
    return "http://127.0.0.1:" + platform.port();
  }

  String key() {
    return Objects.requireNonNull(customer.caller().key());
  }

  String adminKey() {
    return Objects.requireNonNull(Quimbi.admin().key());
  }

  String tenantId() {
    return customer.tenant().id();
  }

  SignedCaller copilot() {
    return copilot;
  }

  /// What the suites of other languages are told.
  Map<String, String> environment() {
    return Map.of(
        "QUIMBI_TEST_URL",
        url(),
        "QUIMBI_TEST_KEY",
        key(),
        "QUIMBI_TEST_ADMIN_KEY",
        adminKey(),
        "QUIMBI_TEST_TENANT",
        tenantId(),
        "QUIMBI_TEST_INDUSTRY",
        Companies.comparedIndustry(),
        "QUIMBI_TEST_CLIENT",
        copilot.client(),
        "QUIMBI_TEST_SECRET",
        copilot.secret());
  }

  /// The callers' operations of the contract to which nothing was answered yet that succeeded. An
  /// answer is counted a moment after it was sent.
  Set<String> neverAnswered() throws InterruptedException {
    for (int i = 0; i < 40 && !notYetAnswered().isEmpty(); i++) {
      Thread.sleep(50);
    }
    return notYetAnswered();
  }

  private Set<String> notYetAnswered() {
    Set<String> answered =
        registry.find("quimbi.http.requests").timers().stream()
            .map(Timer::getId)
            .filter(id -> String.valueOf(id.getTag("status")).startsWith("2"))
            .map(id -> id.getTag("method") + " " + id.getTag("route"))
            .collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>();
    for (ContractStage.Operation operation : ContractStage.operations()) {
      if (!NOT_FOR_CALLERS.contains(operation.id())
          && !answered.contains(operation.method() + " " + operation.path())) {
        missing.add(operation.toString());
      }
    }
    return missing;
  }

  @Override
  public void close() {
    platform.close();
  }
}
