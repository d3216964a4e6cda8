package ai.quimbi.server.store.events;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.Databases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What a tenant's customers come to, from their scores, and what a period brought, from the
/// orders.
public final class Overview {
  /// Tenths of the churn risk from 0 to 1.
  public static final int BINS = 10;

  private final Databases databases;

  public Overview(Databases databases) {
    this.databases = databases;
  }

  /// All customers at once; quartiles are p25, p50, p75; money is in minor units.
  public record Standing(
      long customers,
      long withOrders,
      long spentMinor,
      long yearAheadMinor,
      double meanChurn,
      List<Double> churnQuartiles,
      List<Long> valueQuartiles,
      long low,
      long medium,
      List<Long> churnBins) {
    public Standing {
      churnQuartiles = List.copyOf(churnQuartiles);
      valueQuartiles = List.copyOf(valueQuartiles);
      churnBins = List.copyOf(churnBins);
    }
  }

  /// The orders of a period; `arrived` counts customers whose first order is in it.
  public record Period(long orders, long netMinor, long customers, long arrived) {}

  /// `mediumFrom` and `highFrom` are where the levels of risk begin.
  public Standing standing(Tenant tenant, double mediumFrom, double highFrom) {
    String all =
        """
        SELECT count(*), count(churn_year), coalesce(sum(lifetime_value), 0)::bigint,
               coalesce(sum(ltv_12mo), 0)::bigint, coalesce(avg(churn_risk), 0),
               percentile_disc(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY churn_risk),
               percentile_disc(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY ltv_12mo),
               count(*) FILTER (WHERE churn_risk < :medium),
               count(*) FILTER (WHERE churn_risk >= :medium AND churn_risk < :high)
          FROM app.score
        """;
    String bins =
        """
        SELECT least(floor(churn_risk * :bins), :bins - 1)::integer, count(*)
          FROM app.score GROUP BY 1
        """;
    return databases.snapshot(
        tenant.id(),
        handle -> {
          List<Long> counts = new ArrayList<>(Collections.nCopies(BINS, 0L));
          handle
              .createQuery(bins)
              .bind("bins", BINS)
              .map((row, context) -> counts.set(row.getInt(1), row.getLong(2)))
              .list();
          return handle
              .createQuery(all)
              .bind("medium", mediumFrom)
              .bind("high", highFrom)
              .map((row, context) -> standing(row, counts))
              .one();
        });
  }

  private static Standing standing(ResultSet row, List<Long> bins) throws SQLException {
    boolean isEmpty = row.getLong(1) == 0;
    return new Standing(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getDouble(5),
        isEmpty ? List.of() : List.of((Double[]) row.getArray(6).getArray()),
        isEmpty ? List.of() : List.of((Long[]) row.getArray(7).getArray()),
        row.getLong(8),
        row.getLong(9),
        bins);
  }

  /// The orders from `from` up to, not at, each of the following times: one period between each
  /// two.
  public List<Period> periods(Tenant tenant, List<Instant> bounds) {
    String sql =
        """
        SELECT count(*), coalesce(sum(net_minor), 0)::bigint, count(DISTINCT customer_id),
               count(DISTINCT customer_id) FILTER (WHERE NOT EXISTS (
                 SELECT FROM app.orders e
                  WHERE e.customer_id = o.customer_id AND e.ordered_at < :from))
          FROM app.orders o WHERE ordered_at >= :from AND ordered_at < :until
        """;
    return databases.snapshot(
        tenant.id(),
        handle -> {
          List<Period> periods = new ArrayList<>();
          for (int i = 1; i < bounds.size(); i++) {
            periods.add(
                handle
                    .createQuery(sql)
                    .bind("from", bounds.get(i - 1))
                    .bind("until", bounds.get(i))
                    .map(
                        (row, context) ->
                            new Period(
                                row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                    .one());
          }
          return periods;
        });
  }
}
