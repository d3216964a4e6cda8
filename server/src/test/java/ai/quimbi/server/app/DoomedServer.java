package ai.quimbi.server.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A server in a process of its own that dies at the worst moment: after a batch was committed and
/// before it is answered. `main DATA BATCHES`: dies at that batch, never where 0. Prints its port.
final class DoomedServer {
  private DoomedServer() {}

  public static void main(String[] arguments) throws InterruptedException {
    Config config =
        Settings.read(
            Map.of(
                "QUIMBI_PORT",
                "0",
                "QUIMBI_DATA",
                arguments[0],
                "QUIMBI_REFIT_AFTER_ORDERS",
                "1000000000"));
    Installation installation = Installation.ofServer(config, "serve", nanos -> {});
    Platform platform =
        Platform.open(
            installation.databases(),
            config,
            new DeadlyRegistry(Integer.parseInt(arguments[1])),
            InstantSource.system());
    System.out.println("port " + platform.port());
    new CountDownLatch(1).await();
  }

  /// The counter of ingested rows is moved between the commit and the reply.
  private static final class DeadlyRegistry extends PrometheusMeterRegistry {
    private final int batches;
    private final AtomicInteger seen = new AtomicInteger();

    DeadlyRegistry(int batches) {
      super(PrometheusConfig.DEFAULT);
      this.batches = batches;
    }

    @Override
    public Counter newCounter(Meter.Id id) {
      Counter real = super.newCounter(id);
      if (batches == 0 || !id.getName().equals("quimbi.ingested.rows")) {
        return real;
      }
      return new Counter() {
        @Override
        public void increment(double amount) {
          if (seen.incrementAndGet() >= batches) {
            Runtime.getRuntime().halt(137);
          }
          real.increment(amount);
        }

        @Override
        public double count() {
          return real.count();
        }

        @Override
        public Meter.Id getId() {
          return id;
        }
      };
    }
  }
}
