package ai.quimbi.server.store.events;

import ai.quimbi.core.customer.Interaction;
import ai.quimbi.core.customer.OrderCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The statements on interactions. Each takes a whole batch; locks are taken as in [OrderRows].
final class InteractionRows {
  private static final String COLUMNS =
      "(source, identity, customer_id, type, channel, at, metadata, received_at, fingerprint)";
  private static final String FROM_ARRAYS =
      """
      SELECT source, identity, customer_id, type, channel, at, metadata, ?::timestamptz, fingerprint
        FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::timestamptz[],
                    ?::text[], ?::uuid[])
             AS told (source, identity, customer_id, type, channel, at, metadata, fingerprint)
       ORDER BY source, identity
      """;

  /// An interaction on its way into the store.
  record Told(int row, Interaction interaction, UUID fingerprint) {
    static Told of(int row, Interaction told) {
      Interaction kept =
          new Interaction(
              told.source(),
              told.identity(),
              told.customerId(),
              told.type(),
              told.channel(),
              Columns.cut(told.at()),
              told.metadata());
      return new Told(row, kept, OrderCodec.fingerprint(kept));
    }

    Identity identity() {
      return new Identity(interaction.source(), interaction.identity());
    }
  }

  /// A stored interaction.
  record Stored(Interaction interaction, UUID fingerprint) {}

  private final Connection connection;

  InteractionRows(Connection connection) {
    this.connection = connection;
  }

  /// Stores those whose identity is unknown yet and says which those were.
  Set<Identity> insertNew(List<Told> told, Instant receivedAt) throws SQLException {
    String sql =
        "INSERT INTO app.interactions "
            + COLUMNS
            + "\n"
            + FROM_ARRAYS
            + "ON CONFLICT (source, identity) DO NOTHING RETURNING source, identity";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      bind(insert, told, receivedAt);
      Set<Identity> inserted = HashSet.newHashSet(told.size());
      try (ResultSet rows = insert.executeQuery()) {
        while (rows.next()) {
          inserted.add(new Identity(rows.getString(1), rows.getString(2)));
        }
      }
      return inserted;
    }
  }

  /// What is stored under these identities, locked until the transaction ends.
  Map<Identity, Stored> lock(List<Told> told) throws SQLException {
    String sql =
        """
        SELECT i.source, i.identity, i.customer_id, i.type, i.channel, i.at, i.metadata,
               i.fingerprint
          FROM app.interactions i
         WHERE (i.source, i.identity) IN (SELECT * FROM unnest(?::text[], ?::text[]))
         ORDER BY i.source, i.identity
           FOR UPDATE OF i
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bindIdentities(select, told);
      Map<Identity, Stored> found = new HashMap<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Interaction interaction = interaction(rows);
          found.put(
              new Identity(interaction.source(), interaction.identity()),
              new Stored(interaction, OrderRows.uuid(rows, 8)));
        }
      }
      return found;
    }
  }

  /// Puts these in the place of the stored ones, which are kept among the superseded.
  void replace(List<Told> told, Instant receivedAt) throws SQLException {
    if (told.isEmpty()) {
      return;
    }
    String keep =
        """
        INSERT INTO app.interaction_superseded
        SELECT * FROM app.interactions
         WHERE (source, identity) IN (SELECT * FROM unnest(?::text[], ?::text[]))
        """;
    try (PreparedStatement insert = connection.prepareStatement(keep)) {
      bindIdentities(insert, told);
      insert.executeUpdate();
    }
    String sql =
        "WITH told "
            + COLUMNS
            + " AS (\n"
            + FROM_ARRAYS
            + """
              )
              UPDATE app.interactions i
                 SET (customer_id, type, channel, at, metadata, received_at, fingerprint, arrival)
                   = (told.customer_id, told.type, told.channel, told.at, told.metadata,
                      told.received_at, told.fingerprint, nextval('app.arrival'))
                FROM told
               WHERE i.source = told.source AND i.identity = told.identity
              """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      bind(update, told, receivedAt);
      update.executeUpdate();
    }
  }

  /// Reads the first seven columns: `source, identity, customer_id, type, channel, at, metadata`.
  static Interaction interaction(ResultSet row) throws SQLException {
    return new Interaction(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getTimestamp(6).toInstant(),
        row.getString(7));
  }

  private void bind(PreparedStatement statement, List<Told> told, Instant receivedAt)
      throws SQLException {
    statement.setTimestamp(1, Timestamp.from(receivedAt));
    statement.setArray(2, Columns.texts(connection, told, t -> t.interaction().source()));
    statement.setArray(3, Columns.texts(connection, told, t -> t.interaction().identity()));
    statement.setArray(4, Columns.texts(connection, told, t -> t.interaction().customerId()));
    statement.setArray(5, Columns.texts(connection, told, t -> t.interaction().type()));
    statement.setArray(6, Columns.texts(connection, told, t -> t.interaction().channel()));
    statement.setArray(7, Columns.moments(connection, told, t -> t.interaction().at()));
    statement.setArray(8, Columns.texts(connection, told, t -> t.interaction().metadata()));
    statement.setArray(9, Columns.uuids(connection, told, Told::fingerprint));
  }

  private void bindIdentities(PreparedStatement statement, List<Told> told) throws SQLException {
    statement.setArray(1, Columns.texts(connection, told, t -> t.interaction().source()));
    statement.setArray(2, Columns.texts(connection, told, t -> t.interaction().identity()));
  }
}
