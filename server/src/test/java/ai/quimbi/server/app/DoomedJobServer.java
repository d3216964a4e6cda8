package ai.quimbi.server.app;

import ai.quimbi.server.store.DatabaseUrl;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.Secrets;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// A whole server in a process of its own, over an installation that others use too, to be killed
/// while it works on jobs. `main URL INSTALLATION SECRETS_FOLDER`; prints its port.
final class DoomedJobServer {
  private DoomedJobServer() {}

  public static void main(String[] arguments) throws InterruptedException {
    Databases databases =
        Databases.open(
            DatabaseUrl.parse(arguments[0]),
            Secrets.inFolder(Path.of(arguments[2])),
            Databases.Limits.DEFAULT.withInstallation(arguments[1]));
    Platform platform =
        Platform.open(
            databases,
            Settings.read(
                Map.of(
                    "QUIMBI_PORT",
                    "0",
                    "QUIMBI_NIGHTLY",
                    "false",
                    "QUIMBI_BENCHMARK_RELEASES",
                    "false",
                    "QUIMBI_REFIT_AFTER_ORDERS",
                    "1000000000")),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            InstantSource.system());
    System.out.println("port " + platform.port());
    new CountDownLatch(1).await();
  }
}
