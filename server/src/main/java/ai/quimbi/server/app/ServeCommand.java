package ai.quimbi.server.app;

import ai.quimbi.core.access.Quota;
import ai.quimbi.server.store.Keys;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.concurrent.Callable;
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
    try (Ending ending = Ending.open();
        Server server = Server.start(config, "serve", clock)) {
      PrintStream out = System.out;
      out.printf("Quimbi listens on http://%s:%d%n", config.host(), server.port());
      printFirstAdminKey(server.databases().keys(), clock, out);
      out.flush();
      ending.await();
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
}
