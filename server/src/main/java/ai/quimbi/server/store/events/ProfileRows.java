package ai.quimbi.server.store.events;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The statements on customers' profiles. Each takes a whole batch.
///
/// Writers first insert the customers that are new and then lock the others, each in the order of
/// their ids; see [OrderRows] on why nobody waits in a circle.
final class ProfileRows {
  private final Connection connection;

  @SuppressWarnings("ArrayRecordComponent") // carried to and from statements, never compared
  record Row(String customerId, byte[] profile) {}

  @SuppressWarnings("ArrayRecordComponent") // carried to and from statements, never compared
  record Locked(String customerId, byte[] profile, boolean stale) {}

  @SuppressWarnings("ArrayRecordComponent") // carried from a statement, never compared
  record Stale(String customerId, byte @Nullable [] before) {}

  ProfileRows(Connection connection) {
    this.connection = connection;
  }

  /// Stores the profiles of customers that are not known yet and says which those were.
  Set<String> insertNew(List<Row> rows, Instant changedAt) throws SQLException {
    return insert(rows, false, KeptChanges.NOBODY, changedAt);
  }

  /// The same with profiles that are stale from the beginning, marked by `marker`.
  Set<String> insertStale(List<Row> rows, long marker, Instant changedAt) throws SQLException {
    return insert(rows, true, marker, changedAt);
  }

  private Set<String> insert(List<Row> rows, boolean stale, long marker, Instant changedAt)
      throws SQLException {
    String sql =
        """
        INSERT INTO app.customer (customer_id, profile, stale, marked_by, changed_at)
        SELECT customer_id, profile, ?, ?, ?
          FROM unnest(?::text[], ?::bytea[]) AS told (customer_id, profile)
         ORDER BY customer_id
            ON CONFLICT (customer_id) DO NOTHING
        RETURNING customer_id
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setBoolean(1, stale);
      insert.setLong(2, marker);
      insert.setTimestamp(3, Timestamp.from(changedAt));
      insert.setArray(4, Columns.texts(connection, rows, Row::customerId));
      insert.setArray(5, Columns.bytes(connection, rows, Row::profile));
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

  /// Of whom nothing is stored yet, and whose stored profile is to be marked.
  record ToMark(List<String> unknown, List<String> known) {}

  /// To be asked while nobody freshens profiles: see [#holdMarking].
  ToMark toMark(Collection<String> customers, long marker) throws SQLException {
    String sql =
        """
        SELECT customer_id, NOT stale OR marked_by NOT IN (0, ?) FROM app.customer
         WHERE customer_id = ANY (?)
        """;
    Set<String> unknown = new LinkedHashSet<>(customers);
    List<String> known = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, marker);
      select.setArray(2, Columns.texts(connection, List.copyOf(customers), id -> id));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          unknown.remove(row.getString(1));
          if (row.getBoolean(2)) {
            known.add(row.getString(1));
          }
        }
      }
    }
    return new ToMark(List.copyOf(unknown), known);
  }

  /// Marks these customers' profiles as stale for `marker`, those that are not yet; what another
  /// has marked is nobody's from here on, and so is what was fresh of those `metBefore`.
  void mark(List<String> customers, long marker, Set<String> metBefore) throws SQLException {
    if (customers.isEmpty()) {
      return;
    }
    String lock =
        """
        SELECT customer_id FROM app.customer
         WHERE customer_id = ANY (?) AND (NOT stale OR marked_by NOT IN (0, ?))
         ORDER BY customer_id FOR UPDATE
        """;
    List<String> locked = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(lock)) {
      select.setArray(1, Columns.texts(connection, customers, id -> id));
      select.setLong(2, marker);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          locked.add(row.getString(1));
        }
      }
    }
    if (locked.isEmpty()) {
      return;
    }
    String mark =
        """
        UPDATE app.customer
           SET stale = true,
               marked_by = CASE WHEN stale OR customer_id = ANY (?) THEN 0 ELSE ? END
         WHERE customer_id = ANY (?)
        """;
    try (PreparedStatement update = connection.prepareStatement(mark)) {
      List<String> nobodys = locked.stream().filter(metBefore::contains).toList();
      update.setArray(1, Columns.texts(connection, nobodys, id -> id));
      update.setLong(2, marker);
      update.setArray(3, Columns.texts(connection, locked, id -> id));
      update.executeUpdate();
    }
  }

  /// Says of stale profiles, which are locked, that no import knows all that has changed.
  void disown(List<String> customers) throws SQLException {
    if (customers.isEmpty()) {
      return;
    }
    String sql =
        "UPDATE app.customer SET marked_by = 0 WHERE customer_id = ANY (?) AND marked_by <> 0";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setArray(1, Columns.texts(connection, customers, id -> id));
      update.executeUpdate();
    }
  }

  /// Held by every transaction that marks profiles, until it ends: they do not wait for each other.
  void holdMarking() throws SQLException {
    lockMarking("ROW EXCLUSIVE");
  }

  /// Waits for the transactions that mark profiles and keeps others from it until this one ends;
  /// those that freshen profiles do not wait for each other.
  void keepFromMarking() throws SQLException {
    lockMarking("SHARE");
  }

  private void lockMarking(String mode) throws SQLException {
    try (Statement lock = connection.createStatement()) {
      lock.execute("LOCK TABLE app.marking IN " + mode + " MODE");
    }
  }

  /// Locks the next stale profiles and says whose they are, with the profile from before where
  /// `marker` made it stale. Those that somebody else has locked are waited for or, if it
  /// `isSkippingLocked`, left out.
  List<Stale> lockStale(int limit, long marker, boolean isSkippingLocked) throws SQLException {
    String sql =
        """
        SELECT customer_id, CASE WHEN marked_by <> 0 AND marked_by = ? THEN profile END
          FROM app.customer WHERE stale ORDER BY customer_id LIMIT ? FOR UPDATE
        """
            + (isSkippingLocked ? " SKIP LOCKED" : "");
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, marker);
      select.setInt(2, limit);
      List<Stale> stale = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          stale.add(new Stale(row.getString(1), row.getBytes(2)));
        }
      }
      return stale;
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
           SET profile = told.profile, stale = false, marked_by = 0, changed_at = ?
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
