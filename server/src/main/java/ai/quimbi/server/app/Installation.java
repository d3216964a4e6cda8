package ai.quimbi.server.app;

import ai.quimbi.server.store.DatabaseUrl;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.Databases.Limits;
import ai.quimbi.server.store.Secrets;
import ai.quimbi.server.store.embedded.CommandDatabase;
import ai.quimbi.server.store.embedded.DataFolder;
import ai.quimbi.server.store.embedded.EmbeddedPostgres;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongConsumer;

/// The databases of one Quimbi, reached in whatever way the configuration and the moment ask for:
/// an external server, the embedded one of a process that is running already, or an embedded one of
/// our own. What was started for it is stopped with it.
public final class Installation implements AutoCloseable {
  private final Databases databases;
  private final Optional<DataFolder.Claim> claim;
  private final Deque<AutoCloseable> toClose;

  private Installation(
      Databases databases, Optional<DataFolder.Claim> claim, Deque<AutoCloseable> toClose) {
    this.databases = databases;
    this.claim = claim;
    this.toClose = toClose;
  }

  /// For a server: the data folder is its own as long as it runs, and a second server on the same
  /// folder is refused. `waitedNanos` hears how long each call waited at the gate.
  public static Installation ofServer(Config config, String purpose, LongConsumer waitedNanos) {
    return isExternal(config)
        ? external(config, waitedNanos)
        : embedded(config, purpose, waitedNanos);
  }

  /// For a command: through the server that has the data folder, if one runs, else through an
  /// embedded one for the time of the command.
  public static Installation ofCommand(Config config, String purpose) {
    if (isExternal(config)) {
      return external(config, nanos -> {});
    }
    Deque<AutoCloseable> toClose = new ArrayDeque<>();
    CommandDatabase database = CommandDatabase.of(DataFolder.at(config.data()), purpose);
    toClose.push(database);
    return openOrClose(database.operatorUrl(), config, nanos -> {}, Optional.empty(), toClose);
  }

  public Databases databases() {
    return databases;
  }

  /// Tells later processes on the data folder where the server listens.
  public void announce(int port) {
    claim.ifPresent(own -> own.announceHttpPort(port));
  }

  @Override
  public void close() {
    while (!toClose.isEmpty()) {
      try {
        toClose.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("stopping the database", e);
      }
    }
  }

  private static boolean isExternal(Config config) {
    return !config.databaseUrl().isEmpty();
  }

  private static Installation external(Config config, LongConsumer waitedNanos) {
    return open(
        DatabaseUrl.parse(config.databaseUrl()),
        config,
        waitedNanos,
        Optional.empty(),
        new ArrayDeque<>());
  }

  private static Installation embedded(Config config, String purpose, LongConsumer waitedNanos) {
    Deque<AutoCloseable> toClose = new ArrayDeque<>();
    DataFolder.Claim claim = DataFolder.at(config.data()).claim(purpose);
    toClose.push(claim);
    try {
      EmbeddedPostgres postgres = EmbeddedPostgres.start(claim);
      toClose.push(postgres);
      return openOrClose(postgres.operatorUrl(), config, waitedNanos, Optional.of(claim), toClose);
    } catch (RuntimeException e) {
      claim.close();
      throw e;
    }
  }

  private static Installation openOrClose(
      DatabaseUrl url,
      Config config,
      LongConsumer waitedNanos,
      Optional<DataFolder.Claim> claim,
      Deque<AutoCloseable> toClose) {
    try {
      return open(url, config, waitedNanos, claim, toClose);
    } catch (RuntimeException e) {
      toClose.forEach(Installation::closeQuietly);
      throw e;
    }
  }

  private static Installation open(
      DatabaseUrl url,
      Config config,
      LongConsumer waitedNanos,
      Optional<DataFolder.Claim> claim,
      Deque<AutoCloseable> toClose) {
    Limits limits =
        new Limits(
            Limits.DEFAULT.installation(),
            config.connectionsPerTenant(),
            config.gatePermits(),
            config.maxConnections(),
            Limits.DEFAULT.controlConnections(),
            Duration.ofMillis(config.gateWaitMillis()),
            waitedNanos);
    Databases databases =
        Databases.open(url, Secrets.of(config.secretKey(), config.data()), limits);
    toClose.push(databases);
    return new Installation(databases, claim, toClose);
  }

  private static void closeQuietly(AutoCloseable started) {
    try {
      started.close();
    } catch (Exception e) {
      // The failure that brought us here is the one to tell of.
    }
  }
}
