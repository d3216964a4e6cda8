package ai.quimbi.server.app;

import ai.quimbi.core.access.ApiKey.Mode;
import ai.quimbi.core.access.Quota;
import ai.quimbi.core.access.Scope;
import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.app.demo.DemoAccounts;
import ai.quimbi.server.app.demo.DemoBenchmarks;
import ai.quimbi.server.app.demo.DemoData;
import ai.quimbi.server.store.Keys;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./quimbi demo`: a server with an invented quilting shop and twelve other companies, and keys
/// that everybody knows. Therefore on loopback only, unless told otherwise.
@Command(
    name = "demo",
    description = "Run a server with demo data and fixed keys, on this machine only.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  static final String TENANT_KEY = "test_key_12345";
  static final String ADMIN_KEY = "demo_admin_key";
  private static final Quota ADMINISTRATORS = new Quota(1_000, 20_000);

  @Mixin private Where where;

  @Option(names = "--port", description = "Default: 8080, or QUIMBI_PORT.")
  private @Nullable Integer port;

  @Option(names = "--quiet", description = "No progress bars.")
  private boolean quiet;

  @Option(
      names = "--public",
      description = "Serve the fixed keys on QUIMBI_HOST even where that is not loopback.")
  private boolean isPublic;

  @Override
  public Integer call() throws InterruptedException {
    Config config = where.config(port);
    if (!isPublic && !isLoopback(config.host())) {
      throw new CommandFault(
          "The demo's keys are known to everybody, and QUIMBI_HOST is "
              + config.host()
              + ". Use ./quimbi serve, or say --public if that is what you want.");
    }
    InstantSource clock = InstantSource.system();
    try (Ending ending = Ending.open();
        Server server = Server.start(config, "demo", clock, TENANT_KEY)) {
      new DemoData(server.databases(), server.refit(), clock).loadOnce(quiet);
      Tenant demo = server.databases().tenants().find(DemoData.TENANT).orElseThrow();
      new DemoAccounts(server.databases()).tell(demo, clock.instant());
      new DemoBenchmarks(server.databases(), server.benchmarks()).make(clock.instant());
      addKeys(server.databases().keys(), clock.instant());
      tell("http://" + config.host() + ":" + server.port(), System.out);
      ending.await();
    }
    return 0;
  }

  private static boolean isLoopback(String host) {
    return host.startsWith("127.") || host.equals("localhost") || host.equals("::1");
  }

  private static void addKeys(Keys keys, Instant now) {
    Keys.Wish wish =
        new Keys.Wish("demo", EnumSet.allOf(Scope.class), Mode.TEST, Quota.DEFAULT, null);
    keys.addFixed(DemoData.TENANT, TENANT_KEY, wish, now);
    keys.addFixedAdmin(ADMIN_KEY, "demo", ADMINISTRATORS, now);
  }

  private static void tell(String url, PrintStream out) {
    out.printf(
        """
        Quimbi is ready: %1$s
          key        %2$s   (tenant demo, every scope)
          admin key  %3$s   (/api/admin/**)
          copilot    client %4$s, secret %5$s   (/tool/**; ./quimbi sign signs a call)

        Try it:
          curl -s %1$s/api/intelligence/analyze -H 'X-API-Key: %2$s' \\
            -H 'Content-Type: application/json' -d '{"customer_id": "cust_12345"}'

        Read and try every endpoint: %1$s/docs

        Ctrl-C stops it; the data stays.
        """,
        url, TENANT_KEY, ADMIN_KEY, DemoAccounts.CLIENT, DemoAccounts.SECRET);
    out.flush();
  }
}
