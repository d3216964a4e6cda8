package ai.quimbi.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/// The steps from an empty database to the present tables: `db/control` and `db/tenant` on the
/// class path, applied by Flyway.
final class Migrations {
  static final String CONTROL_SCHEMA = "control";
  static final String TENANT_SCHEMA = "app";
  private static final String CONTROL_STEPS = "db/control";
  private static final String TENANT_STEPS = "db/tenant";

  private Migrations() {}

  static void control(DatabaseUrl operator) {
    migrate(operator, CONTROL_STEPS, CONTROL_SCHEMA);
  }

  static void tenant(DatabaseUrl operator) {
    migrate(operator, TENANT_STEPS, TENANT_SCHEMA);
  }

  private static void migrate(DatabaseUrl operator, String steps, String schema) {
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(operator.jdbc(), operator.user(), operator.password())
        .locations("classpath:" + steps)
        .schemas(schema)
        .defaultSchema(schema)
        .createSchemas(true)
        .failOnMissingLocations(true)
        .load()
        .migrate();
  }

  /// Twelve hex digits that change when one of the migrations is added or changed: a database that
  /// carries them needs no look inside.
  static String tenantFingerprint() {
    return fingerprint(TENANT_STEPS);
  }

  static String controlFingerprint() {
    return fingerprint(CONTROL_STEPS);
  }

  private static String fingerprint(String folder) {
    SortedMap<String, String> steps = new TreeMap<>();
    try {
      for (URL url : Collections.list(Migrations.class.getClassLoader().getResources(folder))) {
        read(url.toURI(), folder, steps);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path entry has no legal address", e);
    }
    StringBuilder all = new StringBuilder();
    steps.forEach((name, text) -> all.append(name).append('\n').append(text).append('\n'));
    byte[] hash = Secrets.sha256(all.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash, 0, 6);
  }

  private static void read(URI place, String folder, Map<String, String> into) throws IOException {
    if ("jar".equals(place.getScheme())) {
      try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
        readFolder(jar.getPath(folder), into);
      }
    } else {
      readFolder(Path.of(place), into);
    }
  }

  private static void readFolder(Path folder, Map<String, String> into) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".sql")).toList()) {
        into.put(file.getFileName() + "", Files.readString(file));
      }
    }
  }
}
