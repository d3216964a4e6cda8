package ai.quimbi.server.store.copilot;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.Account;
import ai.quimbi.core.copilot.UsageDay;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// The statements on accounts and their usage.
final class AccountRows {
  private static final String COLUMNS = "SELECT customer_id, name, owner, renewal_date, arr ";

  private AccountRows() {}

  static boolean exists(Handle handle, String customerId) {
    return handle
        .createQuery("SELECT 1 FROM app.account WHERE customer_id = :id")
        .bind("id", customerId)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  static List<Account> find(Handle handle, Tenant tenant, String customerId) {
    return handle
        .createQuery(COLUMNS + "FROM app.account WHERE customer_id = :id")
        .bind("id", customerId)
        .map((row, context) -> EvidenceRows.account(row, tenant))
        .list();
  }

  static List<Account> page(Handle handle, Tenant tenant, int limit, String after) {
    return handle
        .createQuery(
            COLUMNS
                + """
                FROM app.account WHERE customer_id > :after ORDER BY customer_id LIMIT :limit
                """)
        .bind("after", after)
        .bind("limit", limit)
        .map((row, context) -> EvidenceRows.account(row, tenant))
        .list();
  }

  static List<Account> all(Handle handle, Tenant tenant) {
    return handle
        .createQuery(COLUMNS + "FROM app.account ORDER BY customer_id")
        .map((row, context) -> EvidenceRows.account(row, tenant))
        .list();
  }

  /// The days of the period that ends with the latest one told.
  static List<UsageDay> usage(Handle handle, String customerId, int periodDays) {
    return handle
        .createQuery(
            """
            SELECT day, active_users FROM app.account_usage
            WHERE customer_id = :id
              AND day > (SELECT max(day) FROM app.account_usage WHERE customer_id = :id) - :period
            ORDER BY day
            """)
        .bind("id", customerId)
        .bind("period", periodDays)
        .map((row, context) -> usageDay(row, 1))
        .list();
  }

  static Map<String, List<UsageDay>> allUsage(Handle handle, int periodDays) {
    Map<String, List<UsageDay>> all = new LinkedHashMap<>();
    handle
        .createQuery(
            """
            SELECT customer_id, day, active_users
            FROM (SELECT *, max(day) OVER (PARTITION BY customer_id) AS latest
                    FROM app.account_usage) AS told
            WHERE day > latest - :period ORDER BY customer_id, day
            """)
        .bind("period", periodDays)
        .map((row, context) -> Map.entry(row.getString(1), usageDay(row, 2)))
        .forEach(
            entry ->
                all.computeIfAbsent(entry.getKey(), id -> new ArrayList<>()).add(entry.getValue()));
    return all;
  }

  private static UsageDay usageDay(ResultSet row, int column) throws SQLException {
    LocalDate day = row.getObject(column, LocalDate.class);
    return new UsageDay((int) day.toEpochDay(), row.getLong(column + 1));
  }
}
