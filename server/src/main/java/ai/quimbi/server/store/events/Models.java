package ai.quimbi.server.store.events;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.Databases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/// Keeps the models that were fitted for a tenant; the newest of a kind is in force.
public final class Models {

  /// A stored model. `version` grows with each; `content` is the model's own form, `quality` tells
  /// in JSON how good it was when it was fitted.
  @SuppressWarnings("ArrayRecordComponent") // told apart by the version
  public record Stored(
      long version, String kind, Instant createdAt, byte[] content, String quality) {}

  private final Databases databases;

  public Models(Databases databases) {
    this.databases = databases;
  }

  /// Returns the version it got.
  public long save(Tenant tenant, String kind, Instant createdAt, byte[] content, String quality) {
    String sql =
        """
        INSERT INTO app.model (kind, created_at, content, quality)
        VALUES (:kind, :createdAt, :content, :quality) RETURNING version
        """;
    return databases.inTransaction(
        tenant.id(),
        handle ->
            handle
                .createQuery(sql)
                .bind("kind", kind)
                .bind("createdAt", createdAt)
                .bind("content", content)
                .bind("quality", quality)
                .mapTo(Long.class)
                .one());
  }

  /// The newest of the kind.
  public Optional<Stored> latest(Tenant tenant, String kind) {
    String sql =
        """
        SELECT version, kind, created_at, content, quality FROM app.model
         WHERE kind = :kind ORDER BY version DESC LIMIT 1
        """;
    return databases.read(
        tenant.id(),
        handle -> handle.createQuery(sql).bind("kind", kind).map(Models::stored).findOne());
  }

  /// The newest of the kind that had been made by `moment`.
  public Optional<Stored> latest(Tenant tenant, String kind, Instant moment) {
    String sql =
        """
        SELECT version, kind, created_at, content, quality FROM app.model
         WHERE kind = :kind AND created_at <= :moment ORDER BY version DESC LIMIT 1
        """;
    return databases.read(
        tenant.id(),
        handle ->
            handle
                .createQuery(sql)
                .bind("kind", kind)
                .bind("moment", moment)
                .map(Models::stored)
                .findOne());
  }

  /// The newest version number of the kind, to see cheaply whether there is a newer model; 0 where
  /// there is none.
  public long latestVersion(Tenant tenant, String kind) {
    String sql = "SELECT coalesce(max(version), 0) FROM app.model WHERE kind = :kind";
    return databases.read(
        tenant.id(), handle -> handle.createQuery(sql).bind("kind", kind).mapTo(Long.class).one());
  }

  /// The newest models of the kind, newest first.
  public List<Stored> list(Tenant tenant, String kind, int limit) {
    String sql =
        """
        SELECT version, kind, created_at, content, quality FROM app.model
         WHERE kind = :kind ORDER BY version DESC LIMIT :limit
        """;
    return databases.read(
        tenant.id(),
        handle ->
            handle
                .createQuery(sql)
                .bind("kind", kind)
                .bind("limit", limit)
                .map(Models::stored)
                .list());
  }

  private static Stored stored(ResultSet row, StatementContext context) throws SQLException {
    return new Stored(
        row.getLong(1),
        row.getString(2),
        row.getTimestamp(3).toInstant(),
        row.getBytes(4),
        row.getString(5));
  }
}
