package ai.quimbi.server.store.embedded;

import ai.quimbi.server.store.DatabaseUrl;
import ai.quimbi.server.store.embedded.DataFolder.Claim;
import ai.quimbi.server.store.embedded.DataFolder.Running;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A data folder's database for the time of one command (`tenant add`, `import`): the running
/// server's, or where none runs one that is started for the command and stopped after it.
public final class CommandDatabase implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final DatabaseUrl operatorUrl;
  private final @Nullable EmbeddedPostgres own;
  private final @Nullable Claim claim;

  private CommandDatabase(
      DatabaseUrl operatorUrl, @Nullable EmbeddedPostgres own, @Nullable Claim claim) {
    this.operatorUrl = operatorUrl;
    this.own = own;
    this.claim = claim;
  }

  /// Waits for a server that is starting, and for another command that has a database of its own,
  /// two minutes at most; then throws [FolderInUse].
  public static CommandDatabase of(DataFolder folder, String command) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<Running> running = folder.running();
      if (running.isPresent() && running.get().isServer()) {
        DatabaseUrl url = running.get().database();
        if (url != null) {
          return new CommandDatabase(url, null, null);
        }
      }
      try {
        return starting(folder.claimForCommand(command));
      } catch (FolderInUse e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        pause();
      }
    }
  }

  private static CommandDatabase starting(Claim claim) {
    try {
      EmbeddedPostgres own = EmbeddedPostgres.start(claim);
      return new CommandDatabase(own.operatorUrl(), own, claim);
    } catch (CannotStart e) {
      claim.close();
      throw e;
    }
  }

  public DatabaseUrl operatorUrl() {
    return operatorUrl;
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
    if (claim != null) {
      claim.close();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotStart("interrupted while waiting for the data folder", e);
    }
  }
}
