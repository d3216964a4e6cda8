package ai.quimbi.server.app;

import ai.quimbi.server.store.DatabaseUrl;
import ai.quimbi.server.store.embedded.Backup;
import ai.quimbi.server.store.embedded.DataFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `./quimbi backup DIR`: all databases and secrets, while the server runs or not.
@Command(
    name = "backup",
    description = "Copy all databases and secrets into a folder; the server may run on.",
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private Where where;

  @Parameters(paramLabel = "DIR", description = "An empty folder, or one that is not there.")
  private Path target;

  @Override
  public Integer call() {
    Config config = where.config();
    if (!config.databaseUrl().isEmpty()) {
      throw new CommandFault(Backup.adviceForExternal(DatabaseUrl.parse(config.databaseUrl())));
    }
    long bytes = Backup.create(DataFolder.at(config.data()), target);
    terminal.answer(
        Map.of("folder", target.toString(), "bytes", bytes),
        "Backed up to %s (%,d MB). Keep it private: it holds all data and the keys to it."
            .formatted(target, bytes >> 20));
    return 0;
  }
}
