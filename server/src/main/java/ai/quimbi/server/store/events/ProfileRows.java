package ai.quimbi.server.store.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The statements on customers' profiles. Each takes a whole batch.
///
/// Writers first insert the customers that are new and then lock the others, each in the order of
/// their ids; see [OrderRows] on why nobody waits in a circle.
final class ProfileRows {
  /// Names the lock between those who mark profiles as stale and those who freshen them.
  private static final long MARKING = 0x7175696d62690001L;

  private final Connection connection;

  @SuppressWarnings("ArrayRecordComponent") // carried to and from statements, never compared
  record Row(String customerId, byte[] profile) {}

  @SuppressWarnings("ArrayRecordComponent") // carried to and from statements, never compared
  record Locked(String customerId, byte[] profile, boolean stale) {}

  ProfileRows(Connection connection) {
    this.connection = connection;
  }

  /// Stores the profiles of customers that are not known yet and says which those were.
  Set<String> insertNew(List<Row> rows, boolean stale, Instant changedAt) throws SQLException {
    String sql =
        """
        INSERT INTO app.customer (customer_id, profile, stale, changed_at)
        SELECT customer_id, profile, ?, ?
          FROM unnest(?::text[], ?::bytea[]) AS told (customer_id, profile)
         ORDER BY customer_id
            ON CONFLICT (customer_id) DO NOTHING
        RETURNING customer_id
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setBoolean(1, stale);
      insert.setTimestamp(2, Timestamp.from(changedAt));
      insert.setArray(3, Columns.texts(connection, rows, Row::customerId));
      insert.setArray(4, Columns.bytes(connection, rows, Row::profile));
      Set<String> inserted = HashSet.newHashSet(rows.size());
      try (ResultSet result = insert.executeQuery()) {
        while (result.next()) {
          inserted.add(result.getString(1));
        }
      }
      return inserted;
    }
  }

  /// The stored profiles of these customers, locked until the transaction ends.
  List<Locked> lock(List<String> customers) throws SQLException {
    if (customers.isEmpty()) {
      return List.of();
    }
    String sql =
        """
        SELECT customer_id, profile, stale FROM app.customer
         WHERE customer_id = ANY (?) ORDER BY customer_id FOR UPDATE
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, Columns.texts(connection, customers, id -> id));
      List<Locked> locked = new ArrayList<>(customers.size());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          locked.add(new Locked(row.getString(1), row.getBytes(2), row.getBoolean(3)));
        }
      }
      return locked;
    }
  }

  /// Marks these customers' profiles as stale, those that are not yet.
  void mark(List<String> customers) throws SQLException {
    if (customers.isEmpty()) {
      return;
    }
    String lock =
        """
        SELECT customer_id FROM app.customer
         WHERE customer_id = ANY (?) AND NOT stale ORDER BY customer_id FOR UPDATE
        """;
    List<String> fresh = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(lock)) {
      select.setArray(1, Columns.texts(connection, customers, id -> id));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          fresh.add(row.getString(1));
        }
      }
    }
    if (fresh.isEmpty()) {
      return;
    }
    String mark = "UPDATE app.customer SET stale = true WHERE customer_id = ANY (?)";
    try (PreparedStatement update = connection.prepareStatement(mark)) {
      update.setArray(1, Columns.texts(connection, fresh, id -> id));
      update.executeUpdate();
    }
  }

  /// Held by every transaction that marks profiles, until it ends: they do not wait for each other.
  void holdMarking() throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("SELECT pg_advisory_xact_lock_shared(?)")) {
      lock.setLong(1, MARKING);
      lock.execute();
    }
  }

  /// Waits for the transactions that mark profiles and keeps others from it until this one ends.
  void keepFromMarking() throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
      lock.setLong(1, MARKING);
      lock.execute();
    }
  }

  /// Locks the next stale profiles and says whose they are.
  List<String> lockStale(int limit) throws SQLException {
    String sql =
        """
        SELECT customer_id FROM app.customer
         WHERE stale ORDER BY customer_id LIMIT ? FOR UPDATE
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, limit);
      List<String> customers = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          customers.add(row.getString(1));
        }
      }
      return customers;
    }
  }

  /// Puts these profiles in the place of the stored ones, which are locked, and ends staleness.
  void update(List<Row> profiles, Instant changedAt) throws SQLException {
    if (profiles.isEmpty()) {
      return;
    }
    String sql =
        """
        UPDATE app.customer c
           SET profile = told.profile, stale = false, changed_at = ?
          FROM unnest(?::text[], ?::bytea[]) AS told (customer_id, profile)
         WHERE c.customer_id = told.customer_id
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setTimestamp(1, Timestamp.from(changedAt));
      update.setArray(2, Columns.texts(connection, profiles, Row::customerId));
      update.setArray(3, Columns.bytes(connection, profiles, Row::profile));
      update.executeUpdate();
    }
  }
}
