package ai.quimbi.server.store;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.embedded.DataFolder;
import ai.quimbi.server.store.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/// One PostgreSQL for all tests of a JVM, started when the first of them asks: embedded in a
/// temporary folder, or the one that QUIMBI_TEST_DATABASE_URL names. Tests get tenants of their own
/// and leave the others' alone.
public final class TestDatabase {
  private static final AtomicInteger TENANTS = new AtomicInteger();

  private TestDatabase() {}

  /// The shared installation. Not to be closed.
  public static Databases databases() {
    return Shared.DATABASES;
  }

  /// A new, empty tenant; about 50 ms.
  public static String freshTenant() {
    String id = "t" + TENANTS.incrementAndGet();
    Tenant tenant =
        new Tenant(id, "Test " + id, "retail", ZoneId.of("UTC"), Currency.getInstance("USD"));
    databases().tenants().create(tenant);
    return id;
  }

  /// The role that may make databases, for tests that open an installation of their own (with
  /// another name).
  public static DatabaseUrl operator() {
    return Shared.OPERATOR;
  }

  /// The same with its password, for processes of their own.
  public static String operatorText() {
    DatabaseUrl url = operator();
    return "postgresql://%s:%s@%s:%d/%s"
        .formatted(
            encoded(url.user()), encoded(url.password()), url.host(), url.port(), url.database());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// A folder for a test's own embedded server, with the programs unpacked once for all tests.
  public static DataFolder dataFolder(Path root) {
    return DataFolder.at(root, Shared.BINARIES);
  }

  /// Temporary folders in memory where there is plenty: neither the tests' speed nor the disk's is
  /// at stake there.
  public static final class InMemory implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
        throws IOException {
      return inMemory("quimbi-junit");
    }
  }

  public static Path inMemory(String prefix) throws IOException {
    Path memory = Path.of("/dev/shm");
    boolean isRoomy = Files.isWritable(memory) && memory.toFile().getUsableSpace() > 4_000_000_000L;
    return isRoomy ? Files.createTempDirectory(memory, prefix) : Files.createTempDirectory(prefix);
  }

  /// Drops what an installation of this name has made.
  static void forget(String installation) {
    try (Handle handle = Operator.at(operator()).open(operator().database())) {
      for (String database :
          named(
              handle,
              "SELECT datname FROM pg_database WHERE starts_with(datname, ?)",
              installation)) {
        Provisioning.drop(handle, database);
      }
      for (String role :
          named(
              handle, "SELECT rolname FROM pg_roles WHERE starts_with(rolname, ?)", installation)) {
        handle.execute("DROP ROLE " + Names.quoted(role));
      }
    }
  }

  private static List<String> named(Handle handle, String question, String installation) {
    return handle.select(question, installation + "_").mapTo(String.class).list();
  }

  public static Secrets secrets() {
    return Shared.SECRETS;
  }

  private static final class Shared {
    static final Path FOLDER = temporaryFolder();
    static final Path BINARIES = FOLDER.resolve("binaries");
    static final Secrets SECRETS = Secrets.inFolder(FOLDER);
    static final DatabaseUrl OPERATOR = operator(System.getenv("QUIMBI_TEST_DATABASE_URL"));
    static final Databases DATABASES = open();

    private static DatabaseUrl operator(@Nullable String external) {
      if (external != null && !external.isBlank()) {
        return DatabaseUrl.parse(external);
      }
      return EmbeddedPostgres.start(
              DataFolder.at(FOLDER.resolve("data"), BINARIES).claimForCommand("test"))
          .operatorUrl();
    }

    /// Named after the process: an external server may serve several at once.
    private static Databases open() {
      String name = "test" + Long.toString(ProcessHandle.current().pid(), 36);
      Databases databases =
          Databases.open(OPERATOR, SECRETS, Databases.Limits.DEFAULT.withInstallation(name));
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().unstarted(() -> tidy(databases, name)));
      return databases;
    }

    /// The embedded server goes with its folder; an external one is left as it was found.
    private static void tidy(Databases databases, String name) {
      boolean isExternal = System.getenv("QUIMBI_TEST_DATABASE_URL") != null;
      if (isExternal) {
        databases.tenants().list().forEach(tenant -> databases.tenants().delete(tenant.id()));
      }
      databases.close();
      if (isExternal) {
        forget(name);
      }
    }

    private static Path temporaryFolder() {
      try {
        Path folder = inMemory("quimbi-test");
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> delete(folder)));
        return folder;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// At the end of the JVM, while PostgreSQL may still be stopping: what resists is left to the
    /// system's temporary folder.
    private static void delete(Path folder) {
      for (int attempt = 0; attempt < 20 && Files.exists(folder); attempt++) {
        try (Stream<Path> all = Files.walk(folder)) {
          all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
          Thread.sleep(50);
        } catch (IOException | UncheckedIOException e) {
          // files vanish while we walk: look again
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }
}
