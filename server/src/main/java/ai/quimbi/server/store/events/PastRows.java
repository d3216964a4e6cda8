package ai.quimbi.server.store.events;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.Databases;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;

/// Whose past is to be made up for, and what was made up: snapshots of days on which nobody asked.
public final class PastRows {
  private final Databases databases;

  public PastRows(Databases databases) {
    this.databases = databases;
  }

  /// A customer with events before `before` that no made-up history counts yet; `arrival` numbers
  /// the last of them, `firstSaid` is the first day of which something was really said, and a past
  /// that `isThere` is made anew.
  public record Due(
      String customerId, Instant before, long arrival, OptionalInt firstSaid, boolean isThere) {}

  /// What the models say of a customer as of a former day.
  public record Past(int day, Score score) {}

  /// The next customers in the order of their ids that have events, as far as `last`, which is
  /// empty behind the last of all; and those of them that are due.
  public record Page(String last, List<Due> due) {}

  /// Looks at `limit` customers behind `after`. `before` is meant for customers whose past was
  /// never made up; of the others the past stays where it was.
  public Page page(Tenant tenant, Instant before, String after, int limit) {
    return databases.read(
        tenant.id(),
        Jdbc.of(
            connection -> {
              List<String> ids = ids(connection, after, limit);
              return ids.isEmpty()
                  ? new Page("", List.of())
                  : new Page(ids.getLast(), due(connection, before, ids));
            }));
  }

  private static List<String> ids(Connection connection, String after, int limit)
      throws SQLException {
    String sql =
        "SELECT customer_id FROM app.customer WHERE customer_id > ? ORDER BY customer_id LIMIT ?";
    List<String> ids = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, after);
      select.setInt(2, limit);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ids.add(row.getString(1));
        }
      }
    }
    return ids;
  }

  private static List<Due> due(Connection connection, Instant before, List<String> ids)
      throws SQLException {
    String sql =
        """
        SELECT e.customer_id, coalesce(b.before, ?), max(e.arrival),
               (SELECT min(s.day) FROM app.snapshot s
                 WHERE s.customer_id = e.customer_id AND NOT s.recomputed),
               b.arrival IS NOT NULL
          FROM (SELECT customer_id, ordered_at AS at, arrival FROM app.orders
                 WHERE customer_id = ANY (?)
                UNION ALL
                SELECT customer_id, at, arrival FROM app.interactions
                 WHERE customer_id = ANY (?)) e
               LEFT JOIN app.backfill b ON b.customer_id = e.customer_id
         WHERE e.at < coalesce(b.before, ?)
         GROUP BY e.customer_id, b.before, b.arrival
        HAVING b.arrival IS NULL OR max(e.arrival) > b.arrival
         ORDER BY e.customer_id
        """;
    List<Due> due = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      Array among = Columns.texts(connection, ids, id -> id);
      select.setTimestamp(1, Timestamp.from(before));
      select.setArray(2, among);
      select.setArray(3, among);
      select.setTimestamp(4, Timestamp.from(before));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          int day = row.getInt(4);
          OptionalInt firstSaid = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(day);
          due.add(
              new Due(
                  row.getString(1),
                  row.getTimestamp(2).toInstant(),
                  row.getLong(3),
                  firstSaid,
                  row.getBoolean(5)));
        }
      }
    }
    return due;
  }

  /// Stores what was made up, in the place of what had been made up for these customers before.
  public void put(Tenant tenant, String model, List<Due> done, List<Past> pasts) {
    String forget = "DELETE FROM app.snapshot WHERE recomputed AND customer_id = ANY (?)";
    String insert =
        """
        INSERT INTO app.snapshot (customer_id, day, model, memberships, churn_risk, ltv_12mo,
                                  lifetime_value, recomputed)
        SELECT n.id, n.day, ?, n.memberships, n.churn, n.ltv, n.value, true
          FROM unnest(?::text[], ?::bigint[], ?::bytea[], ?::float8[], ?::bigint[], ?::bigint[])
               AS n (id, day, memberships, churn, ltv, value)
        ON CONFLICT (customer_id, day) DO NOTHING
        """;
    String note =
        """
        INSERT INTO app.backfill (customer_id, before, arrival)
        SELECT * FROM unnest(?::text[], ?::timestamptz[], ?::bigint[])
        ON CONFLICT (customer_id) DO UPDATE SET arrival = EXCLUDED.arrival
        """;
    databases.inTransaction(
        tenant.id(),
        Jdbc.of(
            connection -> {
              // After an import nobody has a past yet, and the delete would read the table for
              // nothing.
              List<Due> again = done.stream().filter(Due::isThere).toList();
              if (!again.isEmpty()) {
                try (PreparedStatement delete = connection.prepareStatement(forget)) {
                  delete.setArray(1, Columns.texts(connection, again, Due::customerId));
                  delete.executeUpdate();
                }
              }
              try (PreparedStatement add = connection.prepareStatement(insert)) {
                add.setString(1, model);
                add.setArray(2, Columns.texts(connection, pasts, p -> p.score().customerId()));
                add.setArray(3, Columns.longs(connection, pasts, p -> (long) p.day()));
                add.setArray(
                    4, Columns.bytes(connection, pasts, p -> p.score().memberships().toBytes()));
                add.setArray(5, doubles(connection, pasts, p -> p.score().churnRisk()));
                add.setArray(6, Columns.longs(connection, pasts, p -> p.score().yearAheadMinor()));
                add.setArray(7, Columns.longs(connection, pasts, p -> p.score().spentMinor()));
                add.executeUpdate();
              }
              try (PreparedStatement mark = connection.prepareStatement(note)) {
                mark.setArray(1, Columns.texts(connection, done, Due::customerId));
                mark.setArray(2, Columns.moments(connection, done, Due::before));
                mark.setArray(3, Columns.longs(connection, done, Due::arrival));
                return mark.executeUpdate();
              }
            }));
  }

  private static Array doubles(Connection connection, List<Past> pasts, ToDoubleFunction<Past> of)
      throws SQLException {
    return connection.createArrayOf(
        "float8", pasts.stream().mapToDouble(of).boxed().toArray(Double[]::new));
  }

  /// How many customers there were on a day (its last moment is `end`) of whom no snapshot up to
  /// then is kept.
  public long untold(Tenant tenant, int day, Instant end) {
    String sql = "SELECT count(*) FROM app.customer c WHERE " + UNTOLD;
    return databases.read(
        tenant.id(),
        Jdbc.of(
            connection -> {
              try (PreparedStatement select = connection.prepareStatement(sql)) {
                bind(select, 1, day, end);
                try (ResultSet row = select.executeQuery()) {
                  row.next();
                  return row.getLong(1);
                }
              }
            }));
  }

  /// A page of them in the order of their ids, beginning behind `after`.
  public List<String> untold(Tenant tenant, int day, Instant end, String after, int limit) {
    String sql =
        "SELECT c.customer_id FROM app.customer c WHERE c.customer_id > ? AND "
            + UNTOLD
            + " ORDER BY c.customer_id LIMIT ?";
    return databases.read(
        tenant.id(),
        Jdbc.of(
            connection -> {
              List<String> ids = new ArrayList<>();
              try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, after);
                bind(select, 2, day, end);
                select.setInt(5, limit);
                try (ResultSet row = select.executeQuery()) {
                  while (row.next()) {
                    ids.add(row.getString(1));
                  }
                }
              }
              return ids;
            }));
  }

  private static final String UNTOLD =
      """
      NOT EXISTS (SELECT FROM app.snapshot s WHERE s.customer_id = c.customer_id AND s.day <= ?)
      AND (EXISTS (SELECT FROM app.orders o
                    WHERE o.customer_id = c.customer_id AND o.ordered_at <= ?)
           OR EXISTS (SELECT FROM app.interactions i
                       WHERE i.customer_id = c.customer_id AND i.at <= ?))
      """;

  private static void bind(PreparedStatement select, int from, int day, Instant end)
      throws SQLException {
    select.setInt(from, day);
    select.setTimestamp(from + 1, Timestamp.from(end));
    select.setTimestamp(from + 2, Timestamp.from(end));
  }
}
