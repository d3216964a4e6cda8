package ai.quimbi.server.store.events;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.Memberships;
import ai.quimbi.core.behaviour.SnapshotRetention;
import ai.quimbi.server.store.Databases;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.function.BiConsumer;

/// Keeps what was said of customers on former days.
public final class Snapshots {
  private final Databases databases;

  public Snapshots(Databases databases) {
    this.databases = databases;
  }

  /// What was said of a customer on a day, by which model; where it is `recomputed` nobody was told
  /// then, and it was made later from the events up to the day. Money is in minor units.
  public record Snapshot(
      int day,
      String model,
      Memberships memberships,
      double churnRisk,
      long yearAheadMinor,
      long spentMinor,
      boolean isRecomputed) {}

  /// A customer's snapshots from one day to another, both included, the oldest first.
  public List<Snapshot> of(Tenant tenant, String customerId, int from, int to) {
    String sql =
        """
        SELECT day, model, memberships, churn_risk, ltv_12mo, lifetime_value, recomputed
          FROM app.snapshot
         WHERE customer_id = :id AND day BETWEEN :from AND :to ORDER BY day
        """;
    return databases.read(
        tenant.id(),
        handle ->
            handle
                .createQuery(sql)
                .bind("id", customerId)
                .bind("from", from)
                .bind("to", to)
                .map(
                    (row, context) ->
                        new Snapshot(
                            row.getInt(1),
                            row.getString(2),
                            Memberships.ofBytes(row.getBytes(3)),
                            row.getDouble(4),
                            row.getLong(5),
                            row.getLong(6),
                            row.getBoolean(7)))
                .list());
  }

  /// Hands over what held of each customer on a day: their latest snapshot up to then.
  public void forEachOn(Tenant tenant, int day, BiConsumer<String, Memberships> consumer) {
    String sql =
        """
        SELECT DISTINCT ON (customer_id) customer_id, memberships FROM app.snapshot
         WHERE day <= ? ORDER BY customer_id, day DESC
        """;
    databases.inTransaction(
        tenant.id(),
        Jdbc.of(
            connection -> {
              try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setFetchSize(2_000);
                select.setInt(1, day);
                try (ResultSet row = select.executeQuery()) {
                  while (row.next()) {
                    consumer.accept(row.getString(1), Memberships.ofBytes(row.getBytes(2)));
                  }
                }
              }
              return true;
            }));
  }

  /// Lets go what the rule of retention no longer keeps of these customers.
  public void prune(Tenant tenant, Collection<String> customerIds, int today) {
    String sql =
        """
        SELECT customer_id, array_agg(day) FROM app.snapshot
         WHERE customer_id = ANY (:ids) GROUP BY customer_id HAVING count(*) > 1
        """;
    databases.inTransaction(
        tenant.id(),
        handle -> {
          handle
              .createQuery(sql)
              .bind("ids", customerIds.toArray(String[]::new))
              .map((row, context) -> new Days(row.getString(1), days(row.getArray(2).getArray())))
              .list()
              .forEach(
                  one -> {
                    SortedSet<Integer> kept = SnapshotRetention.kept(one.days(), today);
                    if (kept.size() < one.days().size()) {
                      handle
                          .createUpdate(
                              """
                              DELETE FROM app.snapshot
                               WHERE customer_id = :id AND NOT day = ANY (:kept)
                              """)
                          .bind("id", one.customerId())
                          .bind("kept", kept.toArray(Integer[]::new))
                          .execute();
                    }
                  });
          return true;
        });
  }

  private record Days(String customerId, List<Integer> days) {}

  private static List<Integer> days(Object array) {
    return Arrays.asList((Integer[]) array);
  }
}
