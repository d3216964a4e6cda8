package ai.quimbi.server.store.copilot;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.Health.Risk;
import ai.quimbi.core.copilot.HealthPoint;
import ai.quimbi.server.store.Databases;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// The health of accounts on the days on which it changed.
public final class HealthLog {
  private final Databases databases;

  public HealthLog(Databases databases) {
    this.databases = databases;
  }

  /// Keeps the point, over an earlier one of the same day, unless the latest one before says the
  /// same.
  public void keep(Tenant tenant, String customerId, HealthPoint point, Instant now) {
    databases.inTransaction(
        tenant.id(),
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO app.account_health
                      (customer_id, day, score, risk, signals, open_tickets, days_to_renewal,
                       weights_version, computed_at)
                    SELECT :customer, :day, :score, :risk, :signals, :open, :days, :weights, :now
                     WHERE NOT EXISTS (
                       SELECT 1
                         FROM (SELECT score, signals, weights_version FROM app.account_health
                                WHERE customer_id = :customer AND day <= :day
                                ORDER BY day DESC LIMIT 1) AS last
                        WHERE last.score = :score AND last.signals = :signals
                          AND last.weights_version = :weights)
                    ON CONFLICT (customer_id, day) DO UPDATE SET score = excluded.score,
                      risk = excluded.risk, signals = excluded.signals,
                      open_tickets = excluded.open_tickets,
                      days_to_renewal = excluded.days_to_renewal,
                      weights_version = excluded.weights_version,
                      computed_at = excluded.computed_at
                    """)
                .bind("customer", customerId)
                .bind("day", LocalDate.ofEpochDay(point.day()))
                .bind("score", point.score())
                .bind("risk", point.risk().name())
                .bind("signals", String.join(",", point.signals()))
                .bind("open", point.openTickets())
                .bind("days", point.daysToRenewal())
                .bind("weights", point.weightsVersion())
                .bind("now", now)
                .execute());
  }

  /// The points of the days `from` to `to` in their order, after the one that held when they began,
  /// if there is one.
  public List<HealthPoint> of(Tenant tenant, String customerId, int from, int to) {
    return databases.read(
        tenant.id(),
        handle ->
            handle
                .createQuery(
                    """
                    SELECT day, score, risk, signals, open_tickets, days_to_renewal,
                           weights_version
                      FROM app.account_health
                     WHERE customer_id = :customer AND day <= :to
                       AND day >= coalesce(
                         (SELECT max(day) FROM app.account_health
                           WHERE customer_id = :customer AND day <= :from), :from)
                     ORDER BY day
                    """)
                .bind("customer", customerId)
                .bind("from", LocalDate.ofEpochDay(from))
                .bind("to", LocalDate.ofEpochDay(to))
                .map((row, context) -> point(row))
                .list());
  }

  private static HealthPoint point(ResultSet row) throws SQLException {
    return new HealthPoint(
        (int) row.getObject(1, LocalDate.class).toEpochDay(),
        row.getInt(2),
        Risk.valueOf(row.getString(3)),
        List.of(row.getString(4).split(",", -1)),
        row.getInt(5),
        row.getLong(6),
        row.getInt(7));
  }
}
