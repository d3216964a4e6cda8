package ai.quimbi.server.app;

import ai.quimbi.core.access.Tenant;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which installation a command is about.
final class Where {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder; ./quimbi-data, or QUIMBI_DATA, where not given.")
  private @Nullable Path data;

  /// Reads the settings; from then on the log is written as they say.
  Config config() {
    Config config = Settings.read(System.getenv());
    System.setProperty("quimbi.log.format", config.logFormat());
    System.setProperty("quimbi.log.level", config.logLevel());
    return data == null ? config : config.withData(data);
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
