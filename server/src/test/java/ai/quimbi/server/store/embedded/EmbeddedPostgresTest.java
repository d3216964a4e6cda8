package ai.quimbi.server.store.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.quimbi.server.store.DatabaseUrl;
import ai.quimbi.server.store.TestDatabase;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
  @TempDir(factory = TestDatabase.InMemory.class)
  Path temporary;

  private DataFolder folder = DataFolder.at(Path.of("."));

  @BeforeEach
  void aFolderOfItsOwn() {
    folder = TestDatabase.dataFolder(temporary.resolve("data"));
  }

  @Test
  void what_was_committed_is_there_after_a_restart() throws SQLException {
    try (var claim = folder.claim("serve");
        var server = EmbeddedPostgres.start(claim)) {
      write(server.operatorUrl(), "kept");
    }
    try (var claim = folder.claim("serve");
        var server = EmbeddedPostgres.start(claim)) {
      assertEquals(List.of("kept"), rows(server.operatorUrl()));
    }
  }

  @Test
  void it_is_durable_checked_and_listens_to_this_machine_only() throws SQLException {
    try (var claim = folder.claim("serve");
        var server = EmbeddedPostgres.start(claim)) {
      DatabaseUrl url = server.operatorUrl();
      assertEquals("on", text(url, "SHOW fsync"));
      assertEquals("on", text(url, "SHOW full_page_writes"));
      assertEquals("on", text(url, "SHOW data_checksums"));
      assertEquals("127.0.0.1", text(url, "SHOW listen_addresses"));
      assertEquals("UTF8", text(url, "SHOW server_encoding"));
      assertEquals("false", text(url, "SELECT rolsuper::text FROM pg_roles WHERE rolname = 'op'"));
      assertEquals("0", text(url, "SELECT count(*) FROM pg_roles WHERE rolsuper AND rolcanlogin"));
      assertThrows(SQLException.class, () -> text(url.withLogin("op", "wrong"), "SELECT 1"));
      assertThrows(SQLException.class, () -> text(url.withLogin("postgres", ""), "SELECT 1"));
    }
  }

  @Test
  void a_second_server_is_refused_and_told_who_has_the_folder() {
    try (var claim = folder.claim("serve")) {
      claim.announceHttpPort(8080);

      FolderInUse refused = assertThrows(FolderInUse.class, () -> folder.claim("demo"));

      String said = String.valueOf(refused.getMessage());
      assertTrue(said.contains("process " + ProcessHandle.current().pid()), said);
      assertTrue(said.contains("port 8080") && said.contains("quimbi serve"), said);
    }
    folder.claim("demo").close();
  }

  @Test
  void a_command_uses_the_running_servers_database_and_leaves_it_running() throws SQLException {
    try (var claim = folder.claim("serve");
        var server = EmbeddedPostgres.start(claim)) {
      try (var database = CommandDatabase.of(folder, "import")) {
        assertEquals(server.operatorUrl(), database.operatorUrl());
        write(database.operatorUrl(), "by a command");
      }
      assertEquals(List.of("by a command"), rows(server.operatorUrl()));
    }
  }

  @Test
  void a_command_without_a_server_starts_the_database_for_its_time() throws SQLException {
    try (var database = CommandDatabase.of(folder, "import")) {
      write(database.operatorUrl(), "alone");
      assertFalse(folder.running().orElseThrow().isServer());
    }
    assertEquals(Optional.empty(), folder.running());
    assertFalse(Files.exists(Postmaster.pidFile(folder.cluster())));
    try (var database = CommandDatabase.of(folder, "fit")) {
      assertEquals(List.of("alone"), rows(database.operatorUrl()));
    }
  }

  @Test
  void the_note_and_the_passwords_are_for_their_owner_only() throws IOException {
    try (var claim = folder.claim("serve");
        var server = EmbeddedPostgres.start(claim)) {
      for (String name : List.of("running.properties", "database.properties")) {
        assertEquals(
            "rw-------",
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.root().resolve(name))));
      }
      assertTrue(server.pid() > 0);
    }
  }

  @Test
  void a_killed_process_takes_nothing_with_it_and_the_next_start_takes_over() throws Exception {
    Process child = child(List.of(), System.getProperty("java.class.path"));
    String said = firstLine(child);
    assertTrue(said.startsWith("written by "), said);
    long postmaster = Long.parseLong(said.substring("written by ".length()));

    child.destroyForcibly().waitFor();

    long start = System.nanoTime();
    try (var claim = folder.claim("serve");
        var server = EmbeddedPostgres.start(claim)) {
      assertEquals(List.of("before the kill"), rows(server.operatorUrl()));
      assertTrue(server.pid() != postmaster);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(took.toSeconds() < 30, "took " + took);
  }

  @Test
  void an_orphan_that_nobody_told_to_stop_is_stopped_by_the_next_start() throws Exception {
    Path home;
    Launch launch;
    int port;
    try (var claim = folder.claim("serve");
        var server = EmbeddedPostgres.start(claim)) {
      write(server.operatorUrl(), "kept");
      home = Binaries.unpackedIn(folder.binaries());
      launch = Launch.on(folder, home.resolve("bin/postgres"));
      port = server.operatorUrl().port();
    }
    List<String> command =
        launch.command(
            home.resolve("bin/postgres").toString(),
            "-D",
            folder.cluster().toString(),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "port=" + port,
            "-c",
            "unix_socket_directories=");
    Process orphan =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(temporary.resolve("orphan.log").toFile())
            .start();
    waitFor(() -> Postmaster.of(folder.cluster()).map(Postmaster::isReady).orElse(false));

    try (var claim = folder.claim("serve");
        var server = EmbeddedPostgres.start(claim)) {
      assertTrue(orphan.waitFor(5, TimeUnit.SECONDS), "the orphan was stopped");
      assertEquals(List.of("kept"), rows(server.operatorUrl()));
    }
  }

  @Test
  void a_pid_file_whose_number_went_to_someone_else_does_not_block_the_start() throws Exception {
    try (var claim = folder.claim("serve");
        var server = EmbeddedPostgres.start(claim)) {
      write(server.operatorUrl(), "kept");
    }
    Files.writeString(
        Postmaster.pidFile(folder.cluster()),
        "%d\n%s\n1\n5432\n\n127.0.0.1\n0\nready\n"
            .formatted(ProcessHandle.current().pid(), folder.cluster()));

    try (var claim = folder.claim("serve");
        var server = EmbeddedPostgres.start(claim)) {
      assertEquals(List.of("kept"), rows(server.operatorUrl()));
    }
  }

  @Test
  void a_database_that_dies_is_started_again_on_its_port() throws Exception {
    try (var claim = folder.claim("serve");
        var server = EmbeddedPostgres.start(claim)) {
      write(server.operatorUrl(), "kept");
      long first = server.pid();

      Postmaster.signal(first, "KILL");

      waitFor(() -> server.pid() != first && answers(server.operatorUrl()));
      assertEquals(List.of("kept"), rows(server.operatorUrl()));
    }
  }

  @Test
  void a_first_start_cut_short_is_begun_again() throws Exception {
    Files.createDirectories(folder.root().resolve("pg.new/base"));
    Files.writeString(folder.root().resolve("pg.new/PG_VERSION"), "18\n");

    try (var claim = folder.claim("serve");
        var server = EmbeddedPostgres.start(claim)) {
      assertEquals("1", text(server.operatorUrl(), "SELECT 1"));
    }
  }

  @Test
  void databases_of_another_version_are_left_alone_with_a_clear_word() throws Exception {
    Files.createDirectories(folder.cluster());
    Files.writeString(folder.cluster().resolve("PG_VERSION"), "17\n");

    try (var claim = folder.claim("serve")) {
      CannotStart refused = assertThrows(CannotStart.class, () -> EmbeddedPostgres.start(claim));
      assertTrue(String.valueOf(refused.getMessage()).contains("PostgreSQL 17"));
    }
  }

  @Test
  void root_may_also_run_it_as_nobody_and_the_files_change_hands() throws Exception {
    assumeTrue(Launch.isRoot(), "only root changes users: skipped");
    Path open = TestDatabase.inMemory("quimbi-open");
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    DataFolder reachable = DataFolder.at(open.resolve("data"));
    try {
      try (var claim = reachable.claim("serve");
          var server = EmbeddedPostgres.start(claim)) {
        write(server.operatorUrl(), "kept");
      }
      try (var claim = reachable.claim("serve");
          var server =
              EmbeddedPostgres.start(
                  claim, postgres -> Launch.asNobody(reachable, postgres).orElseThrow())) {
        assertEquals(List.of("kept"), rows(server.operatorUrl()));
        assertEquals(65534, Files.getAttribute(reachable.cluster(), "unix:uid"));
        assertEquals("rwx--x--x", permissions(reachable.root()));
      }
      try (var claim = reachable.claim("serve");
          var server = EmbeddedPostgres.start(claim)) {
        assertEquals(List.of("kept"), rows(server.operatorUrl()));
      }
    } finally {
      Binaries.deleteTree(open);
    }
  }

  @Test
  void below_a_home_that_only_root_may_enter_it_runs_too() throws Exception {
    assumeTrue(Launch.isRoot(), "only root is refused by PostgreSQL: skipped");
    Path home = temporary.resolve("home");
    Files.createDirectory(
        home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    DataFolder inside = DataFolder.at(home.resolve("clone/quimbi-data"));

    try (var claim = inside.claim("serve");
        var server = EmbeddedPostgres.start(claim)) {
      assertEquals("1", text(server.operatorUrl(), "SELECT 1"));
      assertEquals("rwx------", permissions(inside.root()));
    }
  }

  @Test
  void an_ordinary_user_runs_it_as_himself() throws Exception {
    assumeTrue(Launch.isRoot(), "the other tests ran as an ordinary user already: skipped");
    List<String> other =
        List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--");
    Path hisOwn = TestDatabase.inMemory("quimbi-user");
    Path home = Files.createTempDirectory("quimbi-user");
    try {
      folder = DataFolder.at(hisOwn.resolve("data"));
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
      String classPath = readableClassPath(home.resolve("lib"));
      Files.setAttribute(hisOwn, "unix:uid", 65534);
      Process child = child(other, classPath);
      String said = firstLine(child);

      assertTrue(said.startsWith("written by "), said);
      assertEquals(65534, Files.getAttribute(folder.cluster(), "unix:uid"));
      child.destroy();
      assertTrue(child.waitFor(10, TimeUnit.SECONDS), "SIGTERM stops everything in 10 s");
      assertFalse(Files.exists(Postmaster.pidFile(folder.cluster())));
    } finally {
      Binaries.deleteTree(hisOwn);
      Binaries.deleteTree(home);
    }
  }

  /// The process that [#child] starts: opens the folder, commits a row, says so and waits.
  static final class Child {
    public static void main(String[] arguments) throws Exception {
      DataFolder folder = DataFolder.at(Path.of(arguments[0]), Path.of(arguments[1]));
      EmbeddedPostgres server = EmbeddedPostgres.start(folder.claim("serve"));
      write(server.operatorUrl(), "before the kill");
      System.out.println("written by " + server.pid());
      Thread.sleep(Duration.ofMinutes(5));
    }
  }

  private Process child(List<String> prefix, String classPath) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath));
    command.addAll(List.of("-Xmx128m", Child.class.getName()));
    command.addAll(List.of(folder.root().toString(), folder.binaries().toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /// The class path at a place where every user can read it.
  private static String readableClassPath(Path into) throws IOException {
    Files.createDirectory(into);
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      if (Files.isDirectory(from)) {
        Path to = into.resolve("classes" + entries.size());
        try (Stream<Path> all = Files.walk(from)) {
          for (Path path : all.toList()) {
            Files.copy(path, to.resolve(from.relativize(path).toString()));
          }
        }
        entries.add(to.toString());
      } else if (Files.exists(from)) {
        Path to = into.resolve(entries.size() + "-" + from.getFileName());
        linkOrCopy(from, to);
        entries.add(to.toString());
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  /// A second name costs nothing where the file itself is open to all and on the same disk.
  private static void linkOrCopy(Path from, Path to) throws IOException {
    if (permissions(from).endsWith("r--")) {
      try {
        Files.createLink(to, from);
        return;
      } catch (IOException | UnsupportedOperationException e) {
        Files.deleteIfExists(to); // another disk: copy
      }
    }
    Files.copy(from, to);
    Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private static String firstLine(Process process) throws IOException {
    BufferedReader reader = process.inputReader();
    String line = reader.readLine();
    return line == null ? "" : line;
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static boolean answers(DatabaseUrl url) {
    try {
      return text(url, "SELECT 1").equals("1");
    } catch (SQLException e) {
      return false;
    }
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void waitFor(Condition condition) throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.holds()) {
      assertTrue(System.nanoTime() < end, "within a minute");
      Thread.sleep(20);
    }
  }

  private static void write(DatabaseUrl url, String text) throws SQLException {
    if (text(url, "SELECT count(*) FROM pg_database WHERE datname = 'kept'").equals("0")) {
      try (Connection connection = connect(url);
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE kept");
      }
    }
    try (Connection connection = connect(url.withDatabase("kept"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE IF NOT EXISTS kept (text text)");
      statement.execute("INSERT INTO kept VALUES ('" + text + "')");
    }
  }

  private static List<String> rows(DatabaseUrl url) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = connect(url.withDatabase("kept"));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT text FROM kept")) {
      while (row.next()) {
        rows.add(row.getString(1));
      }
    }
    return rows;
  }

  private static String text(DatabaseUrl url, String question) throws SQLException {
    try (Connection connection = connect(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getString(1);
    }
  }

  private static Connection connect(DatabaseUrl url) throws SQLException {
    return DriverManager.getConnection(url.jdbc(), url.user(), url.password());
  }
}
