package ai.quimbi.server.store.events;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.Databases;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Jdbi;

/// STAND-IN until branch postgres is merged.
final class EventsDatabase {
  private static final Map<String, Jdbi> ALL = new ConcurrentHashMap<>();
  static final Databases DATABASES = new Databases(EventsDatabase::open);

  private EventsDatabase() {}

  static Tenant freshTenant() {
    String id = "t" + Long.toString(System.nanoTime(), 36);
    Jdbi.create("jdbc:postgresql://127.0.0.1:54399/postgres", "op", "")
        .useHandle(handle -> handle.execute("create database " + id + " template template0"));
    try {
      String sql = Files.readString(Path.of("src/main/resources/db/tenant/V1__events.sql"));
      open(id).useHandle(handle -> handle.createScript("create schema app;" + sql).execute());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return new Tenant(
        id, "Test", "retail", ZoneId.of("America/New_York"), Currency.getInstance("USD"));
  }

  private static Jdbi open(String id) {
    return ALL.computeIfAbsent(
        id,
        k -> {
          com.zaxxer.hikari.HikariConfig config = new com.zaxxer.hikari.HikariConfig();
          config.setJdbcUrl("jdbc:postgresql://127.0.0.1:54399/" + k);
          config.setUsername("op");
          config.setMaximumPoolSize(4);
          config.setMinimumIdle(0);
          return Jdbi.create(new com.zaxxer.hikari.HikariDataSource(config));
        });
  }
}
