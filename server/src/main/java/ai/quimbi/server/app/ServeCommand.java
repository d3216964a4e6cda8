package ai.quimbi.server.app;

import ai.quimbi.core.access.Quota;
import ai.quimbi.server.store.Keys;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./quimbi serve`: the server, until it is told to stop.
@Command(
    name = "serve",
    description = "Run the server. The first start prints a fresh admin key once.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final Quota ADMINISTRATORS = new Quota(1_000, 20_000);

  @Mixin private Where where;

  @Option(names = "--port", description = "Default: 8080, or QUIMBI_PORT.")
  private @Nullable Integer port;

  @Override
  public Integer call() throws InterruptedException {
    Config config = where.config(port);
    InstantSource clock = InstantSource.system();
    try (Server server = Server.start(config, "serve", clock)) {
      PrintStream out = System.out;
      out.printf("Quimbi listens on http://%s:%d%n", config.host(), server.port());
      printFirstAdminKey(server.databases().keys(), clock, out);
      out.flush();
      waitForTheEnd();
    }
    return 0;
  }

  private static void printFirstAdminKey(Keys keys, InstantSource clock, PrintStream out) {
    if (keys.hasAdminKey(clock.instant())) {
      return;
    }
    Keys.Addition addition = keys.addAdmin("first", ADMINISTRATORS, null, clock.instant());
    if (addition instanceof Keys.Addition.Added added) {
      out.printf("Admin key (shown once, keep it): %s%n", added.secret());
    }
  }

  /// Returns when the process is asked to stop (SIGTERM, Ctrl-C), and holds the end of the process
  /// back until `main` has closed what it opened.
  static void waitForTheEnd() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    Thread main = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  asked.countDown();
                  try {
                    main.join(9_000);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                },
                "stop"));
    asked.await();
  }
}
