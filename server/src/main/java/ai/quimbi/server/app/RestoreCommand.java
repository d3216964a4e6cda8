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

/// `./quimbi restore DIR`: puts a backup in the place of what is there.
@Command(
    name = "restore",
    description = "Put a backup in the place of the databases; no server may run on them.",
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private Where where;

  @Parameters(paramLabel = "DIR", description = "A folder that './quimbi backup' made.")
  private Path source;

  @Override
  public Integer call() {
    Config config = where.config();
    if (!config.databaseUrl().isEmpty()) {
      throw new CommandFault(Backup.adviceForExternal(DatabaseUrl.parse(config.databaseUrl())));
    }
    Path before = Backup.restore(DataFolder.at(config.data()), source);
    boolean wasEmpty = before.equals(DataFolder.at(config.data()).root());
    terminal.answer(
        Map.of("restored", true),
        wasEmpty
            ? "Restored. Start it: ./quimbi serve"
            : "Restored. What was there before is in " + before + "; delete it when you are sure.");
    return 0;
  }
}
