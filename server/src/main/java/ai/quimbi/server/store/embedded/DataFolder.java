package ai.quimbi.server.store.embedded;

import ai.quimbi.server.store.DatabaseUrl;
import ai.quimbi.server.store.PrivateFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// The folder that holds everything of one Quimbi: the database, its programs, its secrets. One
/// process at a time has the claim on it (a file lock, which dies with the process); the others
/// find in `running.properties` how to reach the database of the one that has.
public record DataFolder(Path root, Path binaries) {

  public static DataFolder at(Path root) {
    return at(root, root.resolve("postgres"));
  }

  /// With PostgreSQL's programs unpacked in a folder that several data folders share.
  public static DataFolder at(Path root, Path binaries) {
    return new DataFolder(root.toAbsolutePath().normalize(), binaries.toAbsolutePath().normalize());
  }

  Path cluster() {
    return root.resolve("pg");
  }

  Path passwords() {
    return root.resolve("database.properties");
  }

  Path log() {
    return root.resolve("postgres.log");
  }

  private Path lock() {
    return root.resolve("quimbi.lock");
  }

  private Path note() {
    return root.resolve("running.properties");
  }

  /// The process that has the claim. `database` is `null` and `httpPort` empty until it said so. A
  /// server lets others use its database; a command ends soon and takes it away.
  public record Running(
      long pid,
      String purpose,
      boolean isServer,
      @Nullable DatabaseUrl database,
      OptionalInt httpPort) {
    @Override
    public String toString() {
      return "`quimbi %s` (process %d%s)"
          .formatted(purpose, pid, httpPort.isPresent() ? ", port " + httpPort.getAsInt() : "");
    }
  }

  /// Takes the folder for this process, making it where there is none. `purpose` is the command's
  /// name (`serve`), for the message another process gets.
  public Claim claim(String purpose) {
    return claim(purpose, true);
  }

  /// As [#claim], for a process that ends soon and lets nobody else use its database.
  public Claim claimForCommand(String purpose) {
    return claim(purpose, false);
  }

  private Claim claim(String purpose, boolean isServer) {
    try {
      if (!Files.isDirectory(root)) {
        Files.createDirectories(
            root,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Optional<FileChannel> held = tryLock();
      if (held.isEmpty()) {
        throw new FolderInUse(root, note(note()));
      }
      Claim claim = new Claim(held.get(), purpose, isServer);
      claim.announce(null);
      return claim;
    } catch (IOException e) {
      throw new CannotStart("the data folder " + root + " cannot be used: " + e.getMessage(), e);
    }
  }

  /// Who has the folder now, if anyone. What a killed process left behind does not count.
  public Optional<Running> running() {
    if (!Files.exists(lock())) {
      return Optional.empty();
    }
    try {
      Optional<FileChannel> free = tryLock();
      if (free.isPresent()) {
        free.get().close();
        return Optional.empty();
      }
      return note(note());
    } catch (IOException e) {
      throw new CannotStart("the data folder " + root + " cannot be used: " + e.getMessage(), e);
    }
  }

  private Optional<FileChannel> tryLock() throws IOException {
    FileChannel channel =
        FileChannel.open(lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null; // held by this very process
    }
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(channel);
  }

  private static Optional<Running> note(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    String port = properties.getProperty("http.port", "");
    String host = properties.getProperty("database.host", "");
    return Optional.of(
        new Running(
            Long.parseLong(properties.getProperty("pid", "-1")),
            properties.getProperty("purpose", "?"),
            Boolean.parseBoolean(properties.getProperty("server", "true")),
            host.isEmpty()
                ? null
                : new DatabaseUrl(
                    host,
                    Integer.parseInt(properties.getProperty("database.port")),
                    properties.getProperty("database.name"),
                    properties.getProperty("database.user"),
                    properties.getProperty("database.password"),
                    ""),
            port.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port))));
  }

  /// The right to use the folder, until closed or until the process ends.
  public final class Claim implements AutoCloseable {
    private final FileChannel channel;
    private final boolean isServer;
    private final Properties said = new Properties();

    private Claim(FileChannel channel, String purpose, boolean isServer) {
      this.channel = channel;
      this.isServer = isServer;
      said.setProperty("pid", Long.toString(ProcessHandle.current().pid()));
      said.setProperty("purpose", purpose);
      said.setProperty("server", Boolean.toString(isServer));
    }

    public DataFolder folder() {
      return DataFolder.this;
    }

    boolean isServer() {
      return isServer;
    }

    /// Tells later processes which port the server listens on.
    public void announceHttpPort(int port) {
      said.setProperty("http.port", Integer.toString(port));
      write();
    }

    void announce(@Nullable DatabaseUrl database) {
      if (database != null) {
        said.setProperty("database.host", database.host());
        said.setProperty("database.port", Integer.toString(database.port()));
        said.setProperty("database.name", database.database());
        said.setProperty("database.user", database.user());
        said.setProperty("database.password", database.password());
      }
      write();
    }

    private synchronized void write() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        said.store(bytes, "How Quimbi's commands reach the running server. Do not edit.");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      PrivateFile.write(note(), bytes.toByteArray());
    }

    @Override
    public void close() {
      try {
        Files.deleteIfExists(note());
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot release " + root, e);
      }
    }
  }
}
