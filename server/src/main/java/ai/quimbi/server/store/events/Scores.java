package ai.quimbi.server.store.events;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.Memberships;
import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.customer.ProfileCodec;
import ai.quimbi.server.store.Databases;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// Keeps what the models say of every customer, for lists and statistics.
public final class Scores {
  private static final byte[] NOTHING = ProfileCodec.encode(Profile.EMPTY);
  static final String COLUMNS =
      "customer_id, memberships, confidence, churn_risk, ltv_12mo, lifetime_value, spent_per_year,"
          + " churn_year";

  private final Databases databases;

  public Scores(Databases databases) {
    this.databases = databases;
  }

  /// A customer to be scored; `seen` names the state of the events. An empty profile is a customer
  /// of whom nothing is left.
  public record Due(String customerId, long seen, Profile profile) {}

  /// A score and the state of the events it was made from.
  public record Done(long seen, Score score) {}

  /// Whether anything may have changed: `arrival` grows with every version of an order or
  /// interaction, `isImporting` while profiles are still to be added up.
  public record Tide(long arrival, boolean isImporting) {}

  /// How many customers there are, how many of them have a score, and the day and model of most of
  /// the scores.
  public record State(long customers, long scored, int day, String model) {}

  public State state(Tenant tenant) {
    String sql =
        """
        SELECT (SELECT count(*) FROM app.customer WHERE stale OR profile <> :nothing),
               coalesce(sum(n), 0), coalesce(max(day), 0), coalesce(max(model), '')
          FROM (SELECT first_value(day) OVER most AS day, first_value(model) OVER most AS model, n
                  FROM (SELECT day, model, count(*) AS n FROM app.score GROUP BY day, model)
                       AS made
                WINDOW most AS (ORDER BY n DESC, day DESC, model)) AS counted
        """;
    return databases.read(
        tenant.id(),
        handle ->
            handle
                .createQuery(sql)
                .bind("nothing", NOTHING)
                .map(
                    (row, context) ->
                        new State(row.getLong(1), row.getLong(2), row.getInt(3), row.getString(4)))
                .one());
  }

  /// How many scores are of this day and model.
  public long scored(Tenant tenant, int day, String model) {
    return databases.read(
        tenant.id(),
        handle ->
            handle
                .createQuery("SELECT count(*) FROM app.score WHERE day = :day AND model = :model")
                .bind("day", day)
                .bind("model", model)
                .mapTo(Long.class)
                .one());
  }

  /// How many customers there are.
  public long customers(Tenant tenant) {
    return databases.read(
        tenant.id(),
        handle ->
            handle
                .createQuery("SELECT count(*) FROM app.customer WHERE stale OR profile <> :nothing")
                .bind("nothing", NOTHING)
                .mapTo(Long.class)
                .one());
  }

  /// How many customers have each churn risk, in ten-thousandths from 0 to 10,000.
  public long[] churnRisks(Tenant tenant) {
    String sql =
        "SELECT round(churn_risk * 10000)::integer AS risk, count(*) FROM app.score GROUP BY 1";
    long[] counts = new long[10_001];
    databases.read(
        tenant.id(),
        handle ->
            handle
                .createQuery(sql)
                .map(
                    (row, context) -> {
                      counts[row.getInt(1)] = row.getLong(2);
                      return true;
                    })
                .list());
    return counts;
  }

  public Tide tide(Tenant tenant) {
    String sql =
        "SELECT last_value, EXISTS (SELECT FROM app.customer WHERE stale) FROM app.arrival";
    return databases.read(
        tenant.id(),
        handle ->
            handle
                .createQuery(sql)
                .map((row, context) -> new Tide(row.getLong(1), row.getBoolean(2)))
                .one());
  }

  /// Customers whose score is missing, of another day or model, or older than their events: a page
  /// in the order of their ids, beginning behind `after`.
  public List<Due> due(Tenant tenant, int day, String model, String after, int limit) {
    String sql =
        """
        SELECT c.customer_id, c.xmin::text::bigint, c.profile, c.stale
          FROM app.customer c LEFT JOIN app.score s USING (customer_id)
         WHERE c.customer_id > ?
           AND CASE WHEN s.customer_id IS NULL THEN c.stale OR c.profile <> ?
                    ELSE c.stale OR s.seen <> c.xmin::text::bigint OR s.day <> ? OR s.model <> ? END
         ORDER BY c.customer_id LIMIT ?
        """;
    return databases.read(
        tenant.id(),
        Jdbc.of(
            connection -> {
              try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, after);
                select.setBytes(2, NOTHING);
                select.setInt(3, day);
                select.setString(4, model);
                select.setInt(5, limit);
                return due(connection, select, tenant);
              }
            }));
  }

  private static List<Due> due(Connection connection, PreparedStatement select, Tenant tenant)
      throws SQLException {
    List<Due> page = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        String id = row.getString(1);
        Profile profile =
            row.getBoolean(4)
                ? HistoryRows.current(connection, id).profile(Orders.ledger(tenant))
                : ProfileCodec.decode(row.getBytes(3));
        page.add(new Due(id, row.getLong(2), profile));
      }
    }
    return page;
  }

  /// Stores scores made for `day` by `model`, and a snapshot of each customer whose events or
  /// shares have changed since the last.
  public void put(Tenant tenant, int day, String model, List<Done> done) {
    String changed =
        """
        INSERT INTO app.snapshot
               (customer_id, day, model, memberships, churn_risk, ltv_12mo, lifetime_value)
        SELECT n.id, ?, ?, n.memberships, n.churn, n.ltv, n.value
          FROM unnest(?::text[], ?::bigint[], ?::bytea[], ?::float8[], ?::bigint[], ?::bigint[])
               AS n (id, seen, memberships, churn, ltv, value)
          LEFT JOIN app.score s ON s.customer_id = n.id
         WHERE s.customer_id IS NULL OR s.seen <> n.seen OR s.memberships <> n.memberships
        ON CONFLICT (customer_id, day) DO UPDATE
           SET model = EXCLUDED.model, memberships = EXCLUDED.memberships,
               churn_risk = EXCLUDED.churn_risk, ltv_12mo = EXCLUDED.ltv_12mo,
               lifetime_value = EXCLUDED.lifetime_value, recomputed = false
        """;
    String scores =
        """
        INSERT INTO app.score
        SELECT n.id, ?, ?, n.seen, string_to_array(n.segments, ' '), n.memberships, n.confidence,
               n.churn, n.ltv, n.value, n.yearly, n.churn_year
          FROM unnest(?::text[], ?::bigint[], ?::bytea[], ?::float8[], ?::bigint[], ?::bigint[],
                      ?::text[], ?::float8[], ?::bigint[], ?::float8[])
               AS n (id, seen, memberships, churn, ltv, value, segments, confidence, yearly,
                     churn_year)
        ON CONFLICT (customer_id) DO UPDATE
           SET day = EXCLUDED.day, model = EXCLUDED.model, seen = EXCLUDED.seen,
               segments = EXCLUDED.segments, memberships = EXCLUDED.memberships,
               confidence = EXCLUDED.confidence, churn_risk = EXCLUDED.churn_risk,
               ltv_12mo = EXCLUDED.ltv_12mo, lifetime_value = EXCLUDED.lifetime_value,
               spent_per_year = EXCLUDED.spent_per_year, churn_year = EXCLUDED.churn_year
        """;
    databases.inTransaction(
        tenant.id(),
        Jdbc.of(
            connection -> {
              try (PreparedStatement insert = connection.prepareStatement(changed)) {
                bind(connection, insert, day, model, done);
                insert.executeUpdate();
              }
              try (PreparedStatement insert = connection.prepareStatement(scores)) {
                bind(connection, insert, day, model, done);
                insert.setArray(
                    9,
                    Columns.texts(connection, done, d -> String.join(" ", d.score().segments())));
                insert.setArray(10, doubles(connection, done, d -> d.score().confidence()));
                insert.setArray(11, Columns.longs(connection, done, d -> d.score().perYearMinor()));
                insert.setArray(12, yearlyChurn(connection, done));
                return insert.executeUpdate();
              }
            }));
  }

  // The first eight parameters are the same in both statements.
  private static void bind(
      Connection connection, PreparedStatement insert, int day, String model, List<Done> done)
      throws SQLException {
    insert.setInt(1, day);
    insert.setString(2, model);
    insert.setArray(3, Columns.texts(connection, done, d -> d.score().customerId()));
    insert.setArray(4, Columns.longs(connection, done, Done::seen));
    insert.setArray(5, Columns.bytes(connection, done, d -> d.score().memberships().toBytes()));
    insert.setArray(6, doubles(connection, done, d -> d.score().churnRisk()));
    insert.setArray(7, Columns.longs(connection, done, d -> d.score().yearAheadMinor()));
    insert.setArray(8, Columns.longs(connection, done, d -> d.score().spentMinor()));
  }

  private static Array doubles(Connection connection, List<Done> done, ToDoubleFunction<Done> of)
      throws SQLException {
    return connection.createArrayOf(
        "float8", done.stream().mapToDouble(of).boxed().toArray(Double[]::new));
  }

  private static Array yearlyChurn(Connection connection, List<Done> done) throws SQLException {
    @Nullable Double[] column = new Double[done.size()];
    for (int i = 0; i < column.length; i++) {
      OptionalDouble churn = done.get(i).score().yearlyChurn();
      column[i] = churn.isPresent() ? churn.getAsDouble() : null;
    }
    return connection.createArrayOf("float8", column);
  }

  /// Forgets the scores of customers of whom nothing is left.
  public void drop(Tenant tenant, Collection<String> customerIds) {
    databases.inTransaction(
        tenant.id(),
        handle ->
            handle
                .createUpdate("DELETE FROM app.score WHERE customer_id = ANY (:ids)")
                .bind("ids", customerIds.toArray(String[]::new))
                .execute());
  }

  /// The scores of these customers, as far as they have one, in the order asked for.
  public SequencedMap<String, Score> of(Tenant tenant, List<String> customerIds) {
    String sql = "SELECT " + COLUMNS + " FROM app.score WHERE customer_id = ANY (:ids)";
    List<Score> found =
        databases.read(
            tenant.id(),
            handle ->
                handle
                    .createQuery(sql)
                    .bind("ids", customerIds.toArray(String[]::new))
                    .map((row, context) -> score(row))
                    .list());
    SequencedMap<String, Score> byId = new LinkedHashMap<>();
    for (String id : customerIds) {
      found.stream().filter(score -> score.customerId().equals(id)).forEach(s -> byId.put(id, s));
    }
    return byId;
  }

  /// Hands over every score in the order of the ids, in constant memory.
  public void forEach(Tenant tenant, Consumer<Score> consumer) {
    String sql = "SELECT " + COLUMNS + " FROM app.score ORDER BY customer_id";
    databases.inTransaction(
        tenant.id(),
        Jdbc.of(
            connection -> {
              try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setFetchSize(2_000);
                try (ResultSet row = select.executeQuery()) {
                  while (row.next()) {
                    consumer.accept(score(row));
                  }
                }
              }
              return true;
            }));
  }

  /// One page of a query's answer; `after` is the last row of the page before.
  public List<Score> page(
      Tenant tenant, ScoreQuery query, int limit, ScoreQuery.@Nullable Place after) {
    return databases.read(
        tenant.id(),
        Jdbc.of(
            connection -> {
              List<Score> page = new ArrayList<>();
              try (PreparedStatement select = query.prepare(connection, limit, after);
                  ResultSet row = select.executeQuery()) {
                while (row.next()) {
                  page.add(score(row));
                }
              }
              return page;
            }));
  }

  /// How many customers a query means.
  public long count(Tenant tenant, ScoreQuery query) {
    return databases.read(
        tenant.id(),
        Jdbc.of(
            connection -> {
              try (PreparedStatement select = query.prepareCount(connection);
                  ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
              }
            }));
  }

  static Score score(ResultSet row) throws SQLException {
    return new Score(
        row.getString(1),
        Memberships.ofBytes(row.getBytes(2)),
        row.getDouble(3),
        row.getDouble(4),
        row.getObject(8) == null ? OptionalDouble.empty() : OptionalDouble.of(row.getDouble(8)),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7));
  }
}
