package ai.quimbi.server.store.events;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.benchmark.CustomerTotals;
import ai.quimbi.server.store.Databases;
import java.time.Instant;
import java.util.Optional;

/// A tenant's customers with orders, added up from their scores for comparison with other
/// companies.
public final class Orderers {
  private final Databases databases;

  public Orderers(Databases databases) {
    this.databases = databases;
  }

  /// The exact means: the value of the next twelve months in minor units, and the probability to
  /// buy nothing within 365 days.
  public record Means(long customers, double yearAheadMinor, double churn) {}

  public Means means(Tenant tenant) {
    String sql =
        """
        SELECT count(*), coalesce(avg(ltv_12mo), 0), coalesce(avg(churn_year), 0)
          FROM app.score WHERE churn_year IS NOT NULL
        """;
    return databases.read(
        tenant.id(),
        handle ->
            handle
                .createQuery(sql)
                .map(
                    (row, context) -> new Means(row.getLong(1), row.getDouble(2), row.getDouble(3)))
                .one());
  }

  /// Whole sums, each customer's value cut at the cap; empty without customers.
  public Optional<CustomerTotals> totals(Tenant tenant, long capMinor) {
    String sql =
        """
        SELECT count(*), coalesce(sum(greatest(0, least(ltv_12mo, :cap))), 0)::bigint,
               coalesce(sum(round(churn_year * 10000)), 0)::bigint
          FROM app.score WHERE churn_year IS NOT NULL
        """;
    return databases.read(
        tenant.id(),
        handle ->
            handle
                .createQuery(sql)
                .bind("cap", capMinor)
                .map(
                    (row, context) ->
                        row.getLong(1) == 0
                            ? Optional.<CustomerTotals>empty()
                            : Optional.of(
                                new CustomerTotals(
                                    row.getLong(1), capMinor, row.getLong(2), row.getLong(3))))
                .one());
  }

  /// When the first order was placed; empty without orders.
  public Optional<Instant> firstOrder(Tenant tenant) {
    return databases.read(
        tenant.id(),
        handle ->
            handle
                .createQuery("SELECT min(ordered_at) FROM app.orders")
                .map((row, context) -> Optional.ofNullable(row.getTimestamp(1)))
                .one()
                .map(java.sql.Timestamp::toInstant));
  }
}
