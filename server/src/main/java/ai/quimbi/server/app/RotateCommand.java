package ai.quimbi.server.app;

import ai.quimbi.server.store.DatabaseUrl;
import ai.quimbi.server.store.Databases.Limits;
import ai.quimbi.server.store.Secrets;
import ai.quimbi.server.store.embedded.DataFolder;
import ai.quimbi.server.store.embedded.KeyRotation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./quimbi rotate-secret-key`: seals the stored secrets with a new key.
@Command(
    name = "rotate-secret-key",
    description = "Seal the stored secrets with a new key; no server may run meanwhile.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Without QUIMBI_SECRET_KEY the data folder's secret.key is replaced. With it, it names the",
      "new key, and the old one comes from --old-key or is the folder's secret.key. What is cut",
      "short is finished by running it again."
    })
final class RotateCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private Where where;

  @Option(
      names = "--old-key",
      paramLabel = "FILE",
      description = "Holds the key until now, when it came from QUIMBI_SECRET_KEY.")
  private @Nullable Path oldKey;

  @Override
  public Integer call() throws IOException {
    Config config = where.config();
    int count = config.secretKey().isBlank() ? ofFolder(config) : ofEnvironment(config);
    terminal.answer(
        Map.of("secrets", count),
        "%,d secrets are sealed with the new key; the old one opens none of them."
            .formatted(count));
    return 0;
  }

  private int ofFolder(Config config) {
    if (oldKey != null) {
      throw new CommandFault(
          "--old-key goes with a new key in QUIMBI_SECRET_KEY, and that is not set.");
    }
    if (config.databaseUrl().isEmpty()) {
      return KeyRotation.ofFolder(DataFolder.at(config.data()), Limits.DEFAULT);
    }
    Secrets both = Secrets.beginRotation(config.data());
    int count = KeyRotation.ofKeys(DatabaseUrl.parse(config.databaseUrl()), both, Limits.DEFAULT);
    Secrets.finishRotation(config.data());
    return count;
  }

  private int ofEnvironment(Config config) throws IOException {
    Secrets old =
        oldKey == null ? Secrets.inFolder(config.data()) : Secrets.ofKey(Files.readString(oldKey));
    Secrets both = Secrets.ofKey(config.secretKey()).alsoOpening(old);
    return config.databaseUrl().isEmpty()
        ? KeyRotation.ofKeys(DataFolder.at(config.data()), both, Limits.DEFAULT)
        : KeyRotation.ofKeys(DatabaseUrl.parse(config.databaseUrl()), both, Limits.DEFAULT);
  }
}
