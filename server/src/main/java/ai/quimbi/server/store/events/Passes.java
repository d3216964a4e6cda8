package ai.quimbi.server.store.events;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.Databases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// How far the work on all of a tenant's customers is, so that every server sees it and a restart
/// does not forget it.
public final class Passes {
  public static final String NIGHTLY = "nightly";

  private final Databases databases;

  public Passes(Databases databases) {
    this.databases = databases;
  }

  /// A pass for a day and a model: `done` of `customers`; `endedAt` is `null` while it works.
  public record Pass(
      String name,
      int day,
      String model,
      long done,
      long customers,
      Instant startedAt,
      Instant beatAt,
      @Nullable Instant endedAt) {}

  public Optional<Pass> of(Tenant tenant, String name) {
    String sql =
        """
        SELECT name, day, model, done, customers, started_at, beat_at, ended_at FROM app.pass
         WHERE name = :name
        """;
    return databases.read(
        tenant.id(),
        handle -> handle.createQuery(sql).bind("name", name).map(Passes::pass).findOne());
  }

  public void put(Tenant tenant, Pass pass) {
    String sql =
        """
        INSERT INTO app.pass (name, day, model, done, customers, started_at, beat_at, ended_at)
        VALUES (:name, :day, :model, :done, :customers, :startedAt, :beatAt, :endedAt)
        ON CONFLICT (name) DO UPDATE
           SET day = EXCLUDED.day, model = EXCLUDED.model, done = EXCLUDED.done,
               customers = EXCLUDED.customers, started_at = EXCLUDED.started_at,
               beat_at = EXCLUDED.beat_at, ended_at = EXCLUDED.ended_at
        """;
    databases.inTransaction(
        tenant.id(),
        handle ->
            handle
                .createUpdate(sql)
                .bind("name", pass.name())
                .bind("day", pass.day())
                .bind("model", pass.model())
                .bind("done", pass.done())
                .bind("customers", pass.customers())
                .bind("startedAt", pass.startedAt())
                .bind("beatAt", pass.beatAt())
                .bind("endedAt", pass.endedAt())
                .execute());
  }

  /// Whether the day's pass is up to the caller: true for one of several servers that ask, and for
  /// another when that one has given no sign of life for `patience`.
  public boolean claim(Tenant tenant, String name, int day, Instant now, Duration patience) {
    String sql =
        """
        INSERT INTO app.pass (name, day, model, done, customers, started_at, beat_at, ended_at)
        VALUES (:name, :day, '', 0, 0, :now, :now, NULL)
        ON CONFLICT (name) DO UPDATE
           SET day = EXCLUDED.day, done = 0, customers = 0, started_at = EXCLUDED.started_at,
               beat_at = EXCLUDED.beat_at, ended_at = NULL
         WHERE pass.day < EXCLUDED.day OR (pass.ended_at IS NULL AND pass.beat_at < :old)
        """;
    return databases.inTransaction(
        tenant.id(),
        handle ->
            handle
                    .createUpdate(sql)
                    .bind("name", name)
                    .bind("day", day)
                    .bind("now", now)
                    .bind("old", now.minus(patience))
                    .execute()
                == 1);
  }

  /// Gives a claim back, so that whoever asks next gets it.
  public void release(Tenant tenant, String name) {
    String sql = "UPDATE app.pass SET beat_at = 'epoch' WHERE name = :name AND ended_at IS NULL";
    databases.inTransaction(
        tenant.id(), handle -> handle.createUpdate(sql).bind("name", name).execute());
  }

  private static Pass pass(ResultSet row, StatementContext context) throws SQLException {
    Timestamp ended = row.getTimestamp(8);
    return new Pass(
        row.getString(1),
        row.getInt(2),
        row.getString(3),
        row.getLong(4),
        row.getLong(5),
        row.getTimestamp(6).toInstant(),
        row.getTimestamp(7).toInstant(),
        ended == null ? null : ended.toInstant());
  }
}
