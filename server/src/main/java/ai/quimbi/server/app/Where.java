package ai.quimbi.server.app;

import ai.quimbi.core.access.Tenant;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which installation a command is about.
final class Where {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder; ./quimbi-data, or QUIMBI_DATA, where not given.")
  private @Nullable Path data;

  /// Reads the settings, the command's own options over the environment; from then on the log is
  /// written as they say. A `port` of `null` leaves the port to the environment.
  Config config(@Nullable Integer port) {
    Map<String, String> settings = new HashMap<>(System.getenv());
    if (data != null) {
      settings.put("QUIMBI_DATA", data.toString());
    }
    if (port != null) {
      settings.put("QUIMBI_PORT", port.toString());
    }
    Config config = Settings.read(settings);
    System.setProperty("quimbi.log.format", config.logFormat());
    System.setProperty("quimbi.log.level", config.logLevel());
    return config;
  }

  Config config() {
    return config(null);
  }

  Installation open(String purpose) {
    return Installation.ofCommand(config(), purpose);
  }

  /// The tenant of this id, or a [CommandFault] that says how to make one.
  static Tenant tenant(Installation installation, String id) {
    return installation
        .databases()
        .tenants()
        .find(id)
        .orElseThrow(
            () ->
                new CommandFault(
                    "There is no tenant %s. Make it: ./quimbi tenant add %s".formatted(id, id)));
  }
}
