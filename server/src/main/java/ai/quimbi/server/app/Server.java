package ai.quimbi.server.app;

import ai.quimbi.server.api.Refit;
import ai.quimbi.server.api.benchmark.MonthlyRelease;
import ai.quimbi.server.http.Contract;
import ai.quimbi.server.store.Databases;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A running Quimbi: the databases of the installation, and the platform on them. Closing stops
/// both in the right order.
public final class Server implements AutoCloseable {
  private final Installation installation;
  private final Platform platform;

  private Server(Installation installation, Platform platform) {
    this.installation = installation;
    this.platform = platform;
  }

  /// Starts everything and returns when requests are answered. `purpose` is the command's name, for
  /// those who find the data folder in use.
  public static Server start(Config config, String purpose, InstantSource clock) {
    return start(config, purpose, clock, "");
  }

  /// The same with a key that everybody may know, which `/docs` fills in.
  static Server start(Config config, String purpose, InstantSource clock, String exampleKey) {
    Contract.readAhead();
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Timer gateWait =
        Timer.builder("quimbi.gate.wait").publishPercentileHistogram().register(metrics);
    Installation installation =
        Installation.ofServer(
            config, purpose, nanos -> gateWait.record(nanos, TimeUnit.NANOSECONDS));
    try {
      Platform platform =
          Platform.open(installation.databases(), config, metrics, clock, List.of(), exampleKey);
      installation.announce(platform.port());
      return new Server(installation, platform);
    } catch (RuntimeException e) {
      installation.close();
      throw e;
    }
  }

  public Databases databases() {
    return installation.databases();
  }

  public MonthlyRelease benchmarks() {
    return platform.benchmarks();
  }

  public Refit refit() {
    return platform.refit();
  }

  public int port() {
    return platform.port();
  }

  @Override
  public void close() {
    platform.close();
    installation.close();
  }
}
