package ai.quimbi.server.store.embedded;

import ai.quimbi.server.store.PrivateFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Makes the folder of databases. Everything happens in a folder beside it that gets the final name
/// last, so that a killed first start leaves nothing to repair.
final class Cluster {
  private Cluster() {}

  static void ensure(DataFolder folder, Path home, Launch launch)
      throws IOException, InterruptedException {
    Path cluster = folder.cluster();
    String version = Files.isDirectory(cluster) ? version(cluster) : "";
    if (!version.isEmpty()) {
      requireVersion(cluster, home, launch, version);
      launch.own(cluster);
      return;
    }
    Passwords passwords = Passwords.in(folder.passwords());
    Path fresh = folder.root().resolve("pg.new");
    Path passwordFile = folder.root().resolve("pg.new.password");
    Binaries.deleteTree(fresh);
    Files.createDirectory(fresh);
    launch.own(fresh);
    try {
      // initdb insists on a password for its superuser; this one is forgotten at once.
      PrivateFile.write(passwordFile, Passwords.random().getBytes(StandardCharsets.US_ASCII));
      launch.own(passwordFile);
      String programs = home.resolve("bin").toString();
      run(
          launch.command(
              programs + "/initdb",
              "-D",
              fresh.toString(),
              "-U",
              "postgres",
              "-A",
              "scram-sha-256",
              "--pwfile=" + passwordFile,
              "-E",
              "UTF8",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--locale=C",
              "--data-checksums"),
          "");
      run(
          launch.command(programs + "/postgres", "--single", "-D", fresh.toString(), "postgres"),
          firstStatements(passwords));
    } finally {
      Files.deleteIfExists(passwordFile);
    }
    PrivateFile.replace(fresh, cluster);
  }

  /// Run in PostgreSQL's single-user mode: no superuser ever logs in over the network. Each line is
  /// one statement.
  private static String firstStatements(Passwords passwords) {
    return """
        CREATE ROLE op LOGIN CREATEDB CREATEROLE PASSWORD '%s'
        CREATE ROLE backup LOGIN REPLICATION PASSWORD '%s'
        REVOKE CONNECT, TEMPORARY ON DATABASE postgres FROM PUBLIC
        REVOKE CONNECT, TEMPORARY ON DATABASE template1 FROM PUBLIC
        REVOKE ALL ON SCHEMA public FROM PUBLIC
        GRANT CONNECT ON DATABASE postgres TO op, backup
        GRANT EXECUTE ON FUNCTION pg_backup_start(text, boolean) TO backup
        GRANT EXECUTE ON FUNCTION pg_backup_stop(boolean) TO backup
              ALTER ROLE postgres NOLOGIN
        """
        .formatted(passwords.op(), passwords.backup());
  }

  static void requireVersion(Path cluster, Path home, Launch launch, String version)
      throws IOException, InterruptedException {
    String programs = run(launch.command(home.resolve("bin/postgres").toString(), "--version"), "");
    if (!programs.contains(" " + version + ".")) {
      throw new CannotStart(
          "%s was made by PostgreSQL %s, and this Quimbi brings %s. Back it up with the Quimbi that made it."
              .formatted(cluster, version, programs.strip()));
    }
  }

  static String version(Path cluster) throws IOException {
    Path file = cluster.resolve("PG_VERSION");
    return Files.exists(file) ? Files.readString(file).strip() : "";
  }

  private static String run(List<String> command, String input)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true);
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It died before reading; what it said comes below.
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    boolean failed = process.waitFor() != 0 || said.contains("ERROR:") || said.contains("FATAL:");
    if (failed) {
      throw new CannotStart("the database could not be made; PostgreSQL says: " + said.strip());
    }
    return said;
  }
}
