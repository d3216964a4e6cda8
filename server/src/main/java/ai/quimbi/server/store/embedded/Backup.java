package ai.quimbi.server.store.embedded;

import ai.quimbi.server.store.DatabaseUrl;
import ai.quimbi.server.store.PrivateFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/// A copy of a data folder's databases, all of them at one moment, made while they are in use: the
/// files are copied between PostgreSQL's two backup calls, and the log written meanwhile makes the
/// copy whole when it is first started. The secrets' key goes with it, so the copy is as secret as
/// the folder.
public final class Backup {
  private static final String MANIFEST = "backup.properties";
  private static final List<String> BESIDE = List.of("database.properties", "secret.key");

  private Backup() {}

  /// Copies into `target`, which must be empty or not there, through the server if one runs.
  /// Answers the number of bytes.
  public static long create(DataFolder folder, Path target) {
    try (CommandDatabase database = CommandDatabase.of(folder, "backup")) {
      requireEmpty(target);
      FolderCopy.privateFolder(target);
      Passwords passwords = Passwords.in(folder.passwords());
      DatabaseUrl url = database.operatorUrl().withLogin("backup", passwords.backup());
      long bytes;
      try (Connection connection =
          DriverManager.getConnection(url.jdbc(), url.user(), url.password())) {
        bytes = copyOnline(connection, folder.cluster(), target.resolve("pg"));
      }
      for (String name : BESIDE) {
        Path file = folder.root().resolve(name);
        if (Files.exists(file)) {
          PrivateFile.write(target.resolve(name), Files.readAllBytes(file));
        }
      }
      writeManifest(target, Cluster.version(folder.cluster()), bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("the backup to " + target + " failed", e);
    } catch (SQLException e) {
      throw new CannotStart("the backup failed; PostgreSQL says: " + e.getMessage(), e);
    }
  }

  /// Puts a backup in the place of the folder's databases while nothing runs on it. What was there
  /// stays beside it as `pg.before-restore-…`; answers that path, or `folder`'s own where there was
  /// nothing.
  public static Path restore(DataFolder folder, Path source) {
    if (!Files.exists(source.resolve(MANIFEST))) {
      throw new CannotStart(
          source + " is no finished backup: it has no " + MANIFEST + ". Nothing was changed.");
    }
    try (DataFolder.Claim claim = folder.claim("restore")) {
      Path home = Binaries.unpackedIn(claim.folder().binaries());
      Launch launch = Launch.on(folder, home.resolve("bin/postgres"));
      Cluster.requireVersion(source.resolve("pg"), home, launch, manifestVersion(source));
      EmbeddedPostgres.stopOrphan(folder.cluster());
      Path fresh = folder.root().resolve("pg.restoring");
      Binaries.deleteTree(fresh);
      FolderCopy.of(source.resolve("pg"), fresh, path -> false);
      FolderCopy.flushToDisk();
      Path aside = folder.root();
      if (Files.exists(folder.cluster())) {
        aside =
            folder
                .root()
                .resolve("pg.before-restore-" + Instant.now().toString().replace(':', '-'));
        PrivateFile.replace(folder.cluster(), aside);
      }
      for (String name : BESIDE) {
        if (Files.exists(source.resolve(name))) {
          PrivateFile.write(folder.root().resolve(name), Files.readAllBytes(source.resolve(name)));
        }
      }
      PrivateFile.replace(fresh, folder.cluster());
      return aside;
    } catch (IOException e) {
      throw new UncheckedIOException("the restore from " + source + " failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotStart("interrupted while restoring", e);
    }
  }

  /// What to do about a PostgreSQL that is not ours: it has its own tools, which do this better.
  public static String adviceForExternal(DatabaseUrl operator) {
    return """
    The databases are on %s:%d, a PostgreSQL of your own. Back it up with its own tools, as a role
    that may read all of it:

      pg_dumpall --host %s --port %d --username postgres > quimbi.sql

    or with your provider's snapshots. Keep QUIMBI_SECRET_KEY (or secret.key) with the dump: without
    it the stored secrets cannot be read.
    """
        .formatted(operator.host(), operator.port(), operator.host(), operator.port());
  }

  private static long copyOnline(Connection connection, Path cluster, Path target)
      throws SQLException, IOException {
    // Keeps the log from being recycled until this connection ends.
    String slot = "quimbi_backup_" + ProcessHandle.current().pid();
    text(
        connection,
        "SELECT slot_name FROM pg_create_physical_replication_slot(?, true, true)",
        slot);
    String first = text(connection, "SELECT pg_walfile_name(pg_backup_start(?, true))", "quimbi");
    long bytes = FolderCopy.of(cluster, target, Backup::isLeftOut);
    String label;
    String last;
    try (PreparedStatement stop =
            connection.prepareStatement(
                "SELECT labelfile, pg_walfile_name(lsn) FROM pg_backup_stop(false)");
        ResultSet row = stop.executeQuery()) {
      row.next();
      label = row.getString(1);
      last = row.getString(2);
    }
    Files.writeString(target.resolve("backup_label"), label, StandardCharsets.UTF_8);
    bytes += copyLog(cluster.resolve("pg_wal"), target.resolve("pg_wal"), first, last);
    FolderCopy.flushToDisk();
    return bytes;
  }

  /// The log's files are named in order; those from the start of the backup to its end are needed.
  private static long copyLog(Path from, Path to, String first, String last) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        String name = file.getFileName() + "";
        boolean isNeeded =
            name.endsWith(".history")
                || (name.matches("[0-9A-F]{24}")
                    && name.compareTo(first) >= 0
                    && name.compareTo(last) <= 0);
        if (isNeeded) {
          Files.copy(file, to.resolve(name));
          bytes += Files.size(file);
        }
      }
    }
    return bytes;
  }

  /// What belongs to the running server and not to its data; the folders themselves are needed.
  private static boolean isLeftOut(Path inside) {
    String path = inside.toString();
    String name = inside.getFileName() + "";
    return name.startsWith("postmaster.")
        || name.startsWith("pgsql_tmp")
        || name.equals("pg_internal.init")
        || Stream.of(
                "pg_wal/",
                "pg_replslot/",
                "pg_dynshmem/",
                "pg_notify/",
                "pg_serial/",
                "pg_snapshots/",
                "pg_stat_tmp/",
                "pg_subtrans/")
            .anyMatch(path::startsWith);
  }

  private static String text(Connection connection, String question, String argument)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(question)) {
      statement.setString(1, argument);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private static void requireEmpty(Path target) throws IOException {
    if (Files.exists(target)) {
      try (Stream<Path> inside = Files.list(target)) {
        if (inside.findAny().isPresent()) {
          throw new CannotStart(target + " is not empty. Name a new folder for the backup.");
        }
      }
    }
  }

  /// Written last: a backup without it was cut short.
  private static void writeManifest(Path target, String version, long bytes) throws IOException {
    Properties manifest = new Properties();
    manifest.setProperty("postgresql", version);
    manifest.setProperty("bytes", Long.toString(bytes));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    manifest.store(text, "A finished Quimbi backup. Restore it with: quimbi restore DIR");
    PrivateFile.write(target.resolve(MANIFEST), text.toByteArray());
  }

  private static String manifestVersion(Path source) throws IOException {
    Properties manifest = new Properties();
    try (Reader reader = Files.newBufferedReader(source.resolve(MANIFEST))) {
      manifest.load(reader);
    }
    return manifest.getProperty("postgresql", "?");
  }
}
