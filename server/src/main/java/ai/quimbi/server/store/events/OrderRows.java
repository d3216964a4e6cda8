package ai.quimbi.server.store.events;

import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.OrderCodec;
import ai.quimbi.core.customer.RatedOrder;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// The statements on orders. Each takes a whole batch.
///
/// Locks: [#insertNew] and [#lock] both go through the identities in their order, rows are never
/// deleted, and profiles are locked only after the orders. So batches that overlap wait for each
/// other and never in a circle.
final class OrderRows {
  /// From here on rows go in by `COPY`: no array of all of them is built on either side.
  private static final int WORTH_A_COPY = 2_000;

  private static final String FROM_ARRAYS =
      """
      SELECT source, order_id, customer_id, ordered_at, updated_at, ?::timestamptz, net_minor, rate,
             content, fingerprint
        FROM unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[],
                    ?::bigint[], ?::numeric[], ?::bytea[], ?::uuid[])
             AS told (source, order_id, customer_id, ordered_at, updated_at,
                      net_minor, rate, content, fingerprint)
       ORDER BY source, order_id
      """;
  private static final String FROM_COPY =
      """
      SELECT source, order_id, customer_id, ordered_at, updated_at, ?::timestamptz, net_minor,
             rate::numeric, content, fingerprint
        FROM told_order
       ORDER BY source, order_id
      """;

  private static final String COLUMNS =
      """
      (source, order_id, customer_id, ordered_at, updated_at, received_at, net_minor, rate,
       content, fingerprint)
      """;

  /// A stored winner.
  record Stored(RatedOrder rated, UUID fingerprint) {}

  private final Connection connection;

  OrderRows(Connection connection) {
    this.connection = connection;
  }

  /// Stores the versions whose identity is unknown yet and says which those were.
  Set<Identity> insertNew(List<OrderVersion> versions, Instant receivedAt) throws SQLException {
    boolean isLarge = versions.size() >= WORTH_A_COPY;
    String sql =
        "INSERT INTO app.orders "
            + COLUMNS
            + (isLarge ? FROM_COPY : FROM_ARRAYS)
            + "ON CONFLICT (source, order_id) DO NOTHING RETURNING source, order_id";
    if (isLarge) {
      OrderCopy.stage(connection, versions);
    }
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      if (isLarge) {
        insert.setTimestamp(1, Timestamp.from(receivedAt));
      } else {
        bind(insert, versions, receivedAt);
      }
      return identities(insert);
    }
  }

  /// The fingerprints of the winners of these identities.
  Map<Identity, UUID> fingerprints(List<OrderVersion> versions) throws SQLException {
    String sql =
        """
        SELECT source, order_id, fingerprint
          FROM unnest(?::text[], ?::text[]) AS told (source, order_id)
          JOIN app.orders USING (source, order_id)
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bindIdentities(select, versions);
      Map<Identity, UUID> found = HashMap.newHashMap(versions.size());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.put(new Identity(rows.getString(1), rows.getString(2)), uuid(rows, 3));
        }
      }
      return found;
    }
  }

  /// The winners of these identities, locked until the transaction ends.
  Map<Identity, Stored> lock(List<OrderVersion> versions) throws SQLException {
    String sql =
        """
        SELECT o.source, o.order_id, o.customer_id, o.content, o.rate, o.fingerprint
          FROM app.orders o
         WHERE (o.source, o.order_id) IN (SELECT * FROM unnest(?::text[], ?::text[]))
         ORDER BY o.source, o.order_id
           FOR UPDATE OF o
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bindIdentities(select, versions);
      Map<Identity, Stored> found = new HashMap<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          RatedOrder rated = rated(rows);
          found.put(
              new Identity(rated.order().source(), rated.order().orderId()),
              new Stored(rated, uuid(rows, 6)));
        }
      }
      return found;
    }
  }

  /// The fingerprints of all superseded versions of these identities.
  Map<Identity, Set<UUID>> superseded(List<OrderVersion> versions) throws SQLException {
    String sql =
        """
        SELECT source, order_id, fingerprint
          FROM app.order_superseded
         WHERE (source, order_id) IN (SELECT * FROM unnest(?::text[], ?::text[]))
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bindIdentities(select, versions);
      Map<Identity, Set<UUID>> found = new HashMap<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found
              .computeIfAbsent(
                  new Identity(rows.getString(1), rows.getString(2)), k -> new HashSet<>())
              .add(uuid(rows, 3));
        }
      }
      return found;
    }
  }

  /// Stores versions that lost.
  void insertSuperseded(List<OrderVersion> versions, Instant receivedAt) throws SQLException {
    if (versions.isEmpty()) {
      return;
    }
    String sql = "INSERT INTO app.order_superseded " + COLUMNS + FROM_ARRAYS;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      bind(insert, versions, receivedAt);
      insert.executeUpdate();
    }
  }

  /// Puts these versions in the place of the winners, which are kept among the superseded.
  void replace(List<OrderVersion> versions, Instant receivedAt) throws SQLException {
    if (versions.isEmpty()) {
      return;
    }
    String keep =
        """
        INSERT INTO app.order_superseded
        SELECT * FROM app.orders
         WHERE (source, order_id) IN (SELECT * FROM unnest(?::text[], ?::text[]))
        """;
    try (PreparedStatement insert = connection.prepareStatement(keep)) {
      bindIdentities(insert, versions);
      insert.executeUpdate();
    }
    String sql =
        "WITH told "
            + COLUMNS
            + " AS ("
            + FROM_ARRAYS
            + """
              )
              UPDATE app.orders o
                 SET (customer_id, ordered_at, updated_at, received_at, net_minor, rate,
                      content, fingerprint, arrival)
                   = (told.customer_id, told.ordered_at, told.updated_at, told.received_at,
                      told.net_minor, told.rate, told.content, told.fingerprint,
                      nextval('app.arrival'))
                FROM told
               WHERE o.source = told.source AND o.order_id = told.order_id
              """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      bind(update, versions, receivedAt);
      update.executeUpdate();
    }
  }

  /// Reads `source, order_id, customer_id, content, rate` from the first five columns.
  static RatedOrder rated(ResultSet row) throws SQLException {
    Order order =
        OrderCodec.decode(row.getString(1), row.getString(2), row.getString(3), row.getBytes(4));
    return new RatedOrder(order, row.getBigDecimal(5));
  }

  static UUID uuid(ResultSet row, int column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  private void bind(PreparedStatement statement, List<OrderVersion> versions, Instant receivedAt)
      throws SQLException {
    statement.setTimestamp(1, Timestamp.from(receivedAt));
    statement.setArray(2, Columns.texts(connection, versions, v -> v.order().source()));
    statement.setArray(3, Columns.texts(connection, versions, v -> v.order().orderId()));
    statement.setArray(4, Columns.texts(connection, versions, v -> v.order().customerId()));
    statement.setArray(5, Columns.moments(connection, versions, v -> v.order().orderedAt()));
    statement.setArray(6, Columns.moments(connection, versions, v -> v.order().updatedAt()));
    statement.setArray(7, Columns.longs(connection, versions, OrderVersion::netMinor));
    statement.setArray(8, Columns.numbers(connection, versions, v -> v.rated().rate()));
    statement.setArray(9, Columns.bytes(connection, versions, OrderVersion::content));
    statement.setArray(10, Columns.uuids(connection, versions, OrderVersion::fingerprint));
  }

  private void bindIdentities(PreparedStatement statement, List<OrderVersion> versions)
      throws SQLException {
    statement.setArray(1, Columns.texts(connection, versions, v -> v.order().source()));
    statement.setArray(2, Columns.texts(connection, versions, v -> v.order().orderId()));
  }

  private static Set<Identity> identities(PreparedStatement statement) throws SQLException {
    List<Identity> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(new Identity(rows.getString(1), rows.getString(2)));
      }
    }
    return new HashSet<>(found);
  }
}
