package ai.quimbi.server.app;

import ai.quimbi.core.access.ApiKey.Mode;
import ai.quimbi.core.access.ApiKey.TenantKey;
import ai.quimbi.core.access.Quota;
import ai.quimbi.core.access.Scope;
import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.mcp.McpOverStdio;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./quimbi mcp`: one tenant's tools over standard input and output, for a client that starts its
/// tools as processes. Whoever may start it has the data folder already, so it asks for no key and
/// counts against no limit.
@Command(
    name = "mcp",
    description = {
      "Offer one tenant's tools to an MCP client over standard input and output.",
      "A client that speaks HTTP calls a running server's /mcp with an API key instead."
    },
    mixinStandardHelpOptions = true)
final class McpCommand implements Callable<Integer> {
  @Mixin private Where where;

  @Option(names = "--tenant", required = true, description = "Whose customers the tools know.")
  private String tenant = "";

  @Option(
      names = "--scopes",
      split = ",",
      paramLabel = "SCOPE",
      description = "Offer only the tools that these open; comma-separated, all where not given.")
  private @Nullable List<String> scopes;

  @Override
  public Integer call() throws InterruptedException {
    Set<Scope> open = open();
    Config config = where.config();
    InstantSource clock = InstantSource.system();
    try (Installation installation = Installation.ofCommand(config, "mcp")) {
      Tenant known = Where.tenant(installation, tenant);
      TenantKey key =
          new TenantKey("stdio", known.id(), open, Mode.LIVE, new Quota(1_000, 20_000), null);
      try (Services services =
          Services.on(
              installation.databases(),
              config,
              new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
              clock)) {
        McpOverStdio.serve(services.offers(), key, System.in, System.out);
      }
    }
    return 0;
  }

  private Set<Scope> open() {
    List<String> told = scopes;
    if (told == null) {
      return EnumSet.allOf(Scope.class);
    }
    Set<Scope> open = EnumSet.noneOf(Scope.class);
    for (String label : told) {
      open.add(
          Scope.ofLabel(label.strip())
              .orElseThrow(
                  () ->
                      new CommandFault(
                          "There is no scope %s; there are: %s"
                              .formatted(
                                  label,
                                  String.join(
                                      ", ",
                                      Arrays.stream(Scope.values()).map(Scope::label).toList())))));
    }
    return open;
  }
}
