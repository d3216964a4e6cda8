package ai.quimbi.server.store.embedded;

import ai.quimbi.server.store.DatabaseUrl;
import ai.quimbi.server.store.PrivateFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL server of our own in a data folder: durable (fsync on, checksums), by password, on
/// the loopback address only. It lives as long as this process: closed it shuts down cleanly, and
/// where the process is killed the kernel tells it to (or the next start does). If it dies while we
/// live, it is started again on the same port.
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(7);
  private static final Duration OWNER_PATIENCE = Duration.ofSeconds(8);
  private static final long LOG_BYTES = 10_000_000;

  /// The kernel counts a parent's death by the *thread* that started the child: this one never
  /// ends.
  private static final ExecutorService STARTER =
      Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().daemon().name("postgres-starter").unstarted(task));

  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "fsync=on",
          "max_connections=100",
          "shared_buffers=128MB",
          "work_mem=4MB",
          "maintenance_work_mem=64MB",
          "max_wal_size=1GB",
          "max_parallel_workers=0",
          "max_worker_processes=2",
          "autovacuum_max_workers=2",
          "autovacuum_worker_slots=4",
          "io_method=worker",
          "io_workers=1",
          "jit=off",
          "huge_pages=off",
          "timezone=UTC",
          "log_timezone=UTC",
          // What customers are called and buy is nobody's business in a log.
          "log_error_verbosity=terse",
          "log_min_error_statement=panic");

  private final DataFolder folder;
  private final Path home;
  private final Launch launch;
  private final Passwords passwords;
  private final Thread atExit = Thread.ofPlatform().name("postgres-stop").unstarted(this::atExit);
  private final CountDownLatch isClosed = new CountDownLatch(1);
  private final boolean isServer;
  private volatile Process process;
  private volatile int port;
  private volatile boolean isClosing;

  private EmbeddedPostgres(DataFolder.Claim claim, Path home, Launch launch, int port)
      throws IOException, InterruptedException {
    this.folder = claim.folder();
    this.isServer = claim.isServer();
    this.home = home;
    this.launch = launch;
    this.passwords = Passwords.in(folder.passwords());
    this.port = port;
    this.process = launchServer();
  }

  /// Starts the folder's server, made where there is none, and returns when it answers. Throws
  /// [CannotStart] with a message for the person who typed the command.
  public static EmbeddedPostgres start(DataFolder.Claim claim) {
    return start(claim, postgres -> Launch.on(claim.folder(), postgres));
  }

  /// How the program is run is the caller's to say.
  interface Way {
    Launch of(Path postgres) throws IOException, InterruptedException;
  }

  static EmbeddedPostgres start(DataFolder.Claim claim, Way way) {
    DataFolder folder = claim.folder();
    try {
      Path home = Binaries.unpackedIn(folder.binaries());
      Launch launch = way.of(home.resolve("bin/postgres"));
      Cluster.ensure(folder, home, launch);
      stopOrphan(folder.cluster());
      EmbeddedPostgres server = startOnFreePort(claim, home, launch);
      Runtime.getRuntime().addShutdownHook(server.atExit);
      server.watch();
      claim.announce(server.operatorUrl());
      return server;
    } catch (IOException e) {
      throw new CannotStart(
          "the embedded database cannot start in " + folder.root() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotStart("interrupted while the embedded database was starting", e);
    }
  }

  /// The role that owns and makes the databases: no superuser.
  public DatabaseUrl operatorUrl() {
    return new DatabaseUrl("127.0.0.1", port, "postgres", "op", passwords.op(), "");
  }

  /// The server process, for tests that kill it.
  long pid() {
    return process.pid();
  }

  /// A clean shutdown; forced after seven seconds, and then recovered by the next start.
  @Override
  public void close() {
    isClosing = true; // first, so that a restart under way gives up and lets go of the lock
    stop();
    isClosed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // the process is ending: the hook is what called us
    }
  }

  /// When the process ends, all its hooks run at once: a server's requests under way come first,
  /// and who started us closes us after them.
  private void atExit() {
    try {
      if (isServer && !isClosed.await(OWNER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("the process ends without having closed its database: stopping it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    isClosing = true;
    stop();
  }

  private synchronized void stop() {
    isClosing = true;
    try {
      if (process.isAlive() && !Postmaster.stop(folder.cluster(), process.pid(), STOP_PATIENCE)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static EmbeddedPostgres startOnFreePort(DataFolder.Claim claim, Path home, Launch launch)
      throws IOException, InterruptedException {
    CannotStart failure = new CannotStart("no free port on 127.0.0.1");
    for (int attempt = 0; attempt < 5; attempt++) {
      int port;
      try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = probe.getLocalPort();
      }
      try {
        return new EmbeddedPostgres(claim, home, launch, port);
      } catch (CannotStart e) {
        failure = e; // somebody took the port in between, or backends of a killed server still die
        Thread.sleep(200L << attempt);
      }
    }
    throw failure;
  }

  /// A server left over by a killed Quimbi is stopped: it may have other settings, and nobody would
  /// stop it when we are gone. A pid file whose process is someone else's is removed.
  static void stopOrphan(Path cluster) throws IOException, InterruptedException {
    Optional<Postmaster> left = Postmaster.of(cluster);
    if (left.isEmpty()) {
      return;
    }
    if (left.get().runsOn(cluster)) {
      LOG.info("stopping the database of a Quimbi that was killed (process {})", left.get().pid());
      if (!Postmaster.stop(cluster, left.get().pid(), Duration.ofSeconds(20))) {
        throw new CannotStart(
            "a PostgreSQL (process %d) still runs on %s and does not stop. End it and try again."
                .formatted(left.get().pid(), cluster));
      }
    }
    Files.deleteIfExists(Postmaster.pidFile(cluster));
  }

  private Process launchServer() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(Launch.tiedToParent());
    command.addAll(launch.command(home.resolve("bin/postgres").toString()));
    command.addAll(List.of("-D", folder.cluster().toString()));
    for (String setting : SETTINGS) {
      command.addAll(List.of("-c", setting));
    }
    command.addAll(List.of("-c", "port=" + port));
    if (Files.exists(Path.of("/proc/self"))) {
      // Linux: after a crash one call for the whole disk, and not one for each file.
      command.addAll(List.of("-c", "recovery_init_sync_method=syncfs"));
    }
    shortenLog();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
    builder.environment().keySet().retainAll(List.of("PATH"));
    builder.environment().put("LC_ALL", "C");
    long logged = Files.exists(folder.log()) ? Files.size(folder.log()) : 0;
    Process started;
    try {
      started = STARTER.submit(builder::start).get();
    } catch (ExecutionException e) {
      throw new IOException("cannot run " + command.getFirst(), e.getCause());
    }
    waitUntilReady(started, logged);
    return started;
  }

  /// Recovery after a crash may take long: as long as the process lives it is given time.
  private void waitUntilReady(Process started, long logged)
      throws IOException, InterruptedException {
    while (true) {
      Optional<Postmaster> state = Postmaster.of(folder.cluster());
      if (state.isPresent() && state.get().pid() == started.pid() && state.get().isReady()) {
        return;
      }
      if (isClosing) {
        Postmaster.stop(folder.cluster(), started.pid(), STOP_PATIENCE);
      }
      if (started.waitFor(10, TimeUnit.MILLISECONDS)) {
        throw new CannotStart(
            "the embedded database did not start; its log ("
                + folder.log()
                + ") ends: "
                + logSince(logged));
      }
    }
  }

  private String logSince(long offset) throws IOException {
    byte[] all = Files.exists(folder.log()) ? Files.readAllBytes(folder.log()) : new byte[0];
    int from = (int) Math.max(Math.min(offset, all.length), all.length - 2000L);
    return new String(all, from, all.length - from, java.nio.charset.StandardCharsets.UTF_8)
        .strip();
  }

  private void shortenLog() throws IOException {
    Path log = folder.log();
    PrivateFile.ensure(log);
    if (Files.size(log) > LOG_BYTES) {
      Files.move(log, log.resolveSibling("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
      PrivateFile.ensure(log);
    }
  }

  private void watch() {
    Process watched = process;
    Thread.ofVirtual().name("postgres-watch").start(() -> restartWhenDead(watched));
  }

  private void restartWhenDead(Process watched) {
    try {
      watched.waitFor();
      Duration pause = Duration.ofMillis(100);
      @Nullable String lastFailure = null;
      while (!isClosing) {
        try {
          if (restart()) {
            LOG.warn("the database had stopped and was started again");
            watch();
          }
          return;
        } catch (CannotStart | IOException e) {
          if (!String.valueOf(e.getMessage()).equals(lastFailure)) {
            LOG.error("the database stopped and cannot start again yet: {}", e.getMessage());
            lastFailure = String.valueOf(e.getMessage());
          }
        }
        Thread.sleep(pause);
        pause = pause.compareTo(Duration.ofSeconds(2)) < 0 ? pause.multipliedBy(2) : pause;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean restart() throws IOException, InterruptedException {
    if (isClosing) {
      return false;
    }
    stopOrphan(folder.cluster());
    process = launchServer();
    return true;
  }
}
