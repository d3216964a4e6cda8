package ai.quimbi.server.app;

import ai.quimbi.core.access.ApiKey.Mode;
import ai.quimbi.core.access.Quota;
import ai.quimbi.core.access.Scope;
import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.app.demo.DemoAccounts;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.Keys;
import ai.quimbi.server.store.Secrets;
import ai.quimbi.server.store.TestDatabase;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The tools over the Model Context Protocol, asked by the protocol's own SDK for Node: over HTTP
/// against a running server, and over the input and output of the command itself.
class McpTest {
  private static final Path SUITE = Path.of("src/test/node").toAbsolutePath();
  private static final String SECRET_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
  private static final InstantSource CLOCK = InstantSource.system();

  /// An installation of the usual name: the command finds it as it finds any other.
  @Test
  void the_protocols_own_client_lists_and_calls_the_tools_over_both_transports() throws Exception {
    Node.isNeeded();
    try (Databases databases =
        Databases.open(
            TestDatabase.operator(), Secrets.ofKey(SECRET_KEY), Databases.Limits.DEFAULT)) {
      Tenant tenant =
          new Tenant(
              "mcp-" + Long.toString(ProcessHandle.current().pid(), 36),
              "Test",
              "retail",
              ZoneId.of("UTC"),
              Currency.getInstance("USD"));
      databases.tenants().create(tenant);
      new DemoAccounts(databases).tell(tenant, CLOCK.instant());
      try (Platform platform = platform(databases)) {
        Node.passes(SUITE, environment(databases.keys(), tenant.id(), platform.port()));
      } finally {
        databases.tenants().delete(tenant.id());
      }
    }
  }

  private static Platform platform(Databases databases) {
    return Platform.open(
        databases,
        Settings.read(Map.of("QUIMBI_PORT", "0", "QUIMBI_CORS_ORIGINS", "https://app.example")),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
        CLOCK);
  }

  private static Map<String, String> environment(Keys keys, String tenantId, int port)
      throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("MCP_URL", "http://127.0.0.1:" + port + "/mcp");
    environment.put("MCP_KEY", key(keys, tenantId, EnumSet.allOf(Scope.class), Quimbi.PLENTY));
    environment.put(
        "MCP_TOOLS_KEY", key(keys, tenantId, Set.of(Scope.TOOLS_INVOKE), Quimbi.PLENTY));
    environment.put(
        "MCP_THREE_CALLS_KEY", key(keys, tenantId, Set.of(Scope.TOOLS_INVOKE), new Quota(3, 300)));
    environment.put(
        "MCP_ADMIN_KEY",
        ((Keys.Addition.Added) keys.addAdmin("mcp", Quimbi.PLENTY, null, CLOCK.instant()))
            .secret());
    environment.put("QUIMBI_DATABASE_URL", TestDatabase.operatorText());
    environment.put("QUIMBI_SECRET_KEY", SECRET_KEY);
    environment.put(
        "MCP_COMMAND",
        Wire.JSON.writeValueAsString(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "mcp",
                "--tenant",
                tenantId)));
    return environment;
  }

  private static String key(Keys keys, String tenantId, Set<Scope> scopes, Quota quota) {
    Keys.Wish wish = new Keys.Wish("", scopes, Mode.TEST, quota, null);
    return ((Keys.Addition.Added) keys.add(tenantId, wish, CLOCK.instant())).secret();
  }
}
