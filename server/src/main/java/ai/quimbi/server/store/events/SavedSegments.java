package ai.quimbi.server.store.events;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.Databases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/// Filters of customers that people gave a name.
public final class SavedSegments {
  private final Databases databases;

  public SavedSegments(Databases databases) {
    this.databases = databases;
  }

  /// `filter` is JSON: the parameters of a query and their values.
  public record Saved(
      String segmentId, String name, String filter, Instant createdAt, Instant updatedAt) {}

  /// Stores it under its id, in the place of what was there; the first time of storing stays.
  public Saved put(Tenant tenant, String id, String name, String filter, Instant now) {
    String sql =
        """
        INSERT INTO app.saved_segment (segment_id, name, filter, created_at, updated_at)
        VALUES (:id, :name, :filter, :now, :now)
        ON CONFLICT (segment_id) DO UPDATE
           SET name = EXCLUDED.name, filter = EXCLUDED.filter, updated_at = EXCLUDED.updated_at
        RETURNING segment_id, name, filter, created_at, updated_at
        """;
    return databases.inTransaction(
        tenant.id(),
        handle ->
            handle
                .createQuery(sql)
                .bind("id", id)
                .bind("name", name)
                .bind("filter", filter)
                .bind("now", now)
                .map(SavedSegments::saved)
                .one());
  }

  public Optional<Saved> find(Tenant tenant, String id) {
    String sql =
        """
        SELECT segment_id, name, filter, created_at, updated_at FROM app.saved_segment
         WHERE segment_id = :id
        """;
    return databases.read(
        tenant.id(),
        handle -> handle.createQuery(sql).bind("id", id).map(SavedSegments::saved).findOne());
  }

  /// All of them, by id.
  public List<Saved> list(Tenant tenant) {
    String sql =
        """
        SELECT segment_id, name, filter, created_at, updated_at FROM app.saved_segment
         ORDER BY segment_id
        """;
    return databases.read(
        tenant.id(), handle -> handle.createQuery(sql).map(SavedSegments::saved).list());
  }

  /// Whether there was one.
  public boolean delete(Tenant tenant, String id) {
    return databases.inTransaction(
        tenant.id(),
        handle ->
            handle
                    .createUpdate("DELETE FROM app.saved_segment WHERE segment_id = :id")
                    .bind("id", id)
                    .execute()
                == 1);
  }

  private static Saved saved(ResultSet row, StatementContext context) throws SQLException {
    return new Saved(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getTimestamp(4).toInstant(),
        row.getTimestamp(5).toInstant());
  }
}
