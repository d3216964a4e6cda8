package ai.quimbi.server.store.copilot;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.Account;
import ai.quimbi.core.copilot.Evidence;
import ai.quimbi.core.copilot.Renewal;
import ai.quimbi.core.copilot.Severity;
import ai.quimbi.core.copilot.Subject;
import ai.quimbi.core.copilot.Ticket;
import ai.quimbi.core.copilot.Tickets;
import ai.quimbi.core.copilot.Usage;
import ai.quimbi.core.copilot.UsageDay;
import ai.quimbi.server.store.copilot.KnownAccounts.Need;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// All that a tool needs to know of one account, in one statement: one way to the database, one
/// moment.
final class EvidenceRows {
  /// The account, or the customer that orders or interactions told of, under its id as its name.
  private static final String ACCOUNT =
      """
      SELECT k.*%s FROM (
        SELECT customer_id, name, owner, renewal_date, arr FROM app.account WHERE customer_id = :id
        UNION ALL
        SELECT customer_id, customer_id, :public, NULL, NULL FROM app.customer
         WHERE customer_id = :id
           AND NOT EXISTS (SELECT 1 FROM app.account a WHERE a.customer_id = :id)
           AND (EXISTS (SELECT 1 FROM app.orders o WHERE o.customer_id = :id)
                OR EXISTS (SELECT 1 FROM app.interactions i WHERE i.customer_id = :id))) AS k
      %s
      WHERE k.owner = :owner
      """;

  private static final String USAGE =
      """
      LEFT JOIN LATERAL (
        SELECT array_agg(day - DATE '1970-01-01' ORDER BY day) AS days,
               array_agg(active_users ORDER BY day) AS users
          FROM app.account_usage
         WHERE customer_id = :id
           AND day > (SELECT max(day) FROM app.account_usage WHERE customer_id = :id) - :period
        ) AS u ON true
      """;

  private static final String TICKETS =
      """
      LEFT JOIN LATERAL (
        SELECT array_agg(ticket_id) AS ids, array_agg(severity) AS severities,
               array_agg(is_open) AS open,
               array_agg(CAST(extract(epoch FROM opened_at) * 1000000 AS bigint)) AS opened
          FROM (%s) AS told) AS t ON true
      """
          .formatted(TicketRows.OF_ONE);

  // A statement for each need: what is not needed is not looked for.
  private static final String ALONE = ACCOUNT.formatted("", "");
  private static final String WITH_USAGE = ACCOUNT.formatted(", u.*", USAGE);
  private static final String WITH_TICKETS = ACCOUNT.formatted(", t.*", TICKETS);
  private static final String WITH_BOTH = ACCOUNT.formatted(", u.*, t.*", USAGE + TICKETS);

  private EvidenceRows() {}

  static Optional<Evidence> find(
      Handle handle, Tenant tenant, String owner, String customerId, Need need) {
    var query =
        handle
            .createQuery(statement(need))
            .bind("id", customerId)
            .bind("public", Subject.PUBLIC)
            .bind("owner", owner);
    if (need.usage()) {
      query.bind("period", need.periodDays());
    }
    return query.map((row, context) -> evidence(row, tenant, need)).findFirst();
  }

  private static String statement(Need need) {
    if (need.usage()) {
      return need.tickets() ? WITH_BOTH : WITH_USAGE;
    }
    return need.tickets() ? WITH_TICKETS : ALONE;
  }

  private static Evidence evidence(ResultSet row, Tenant tenant, Need need) throws SQLException {
    int period = need.periodDays();
    return new Evidence(
        account(row, tenant),
        need.usage() ? Usage.of(days(row), period).orElse(null) : null,
        period,
        need.tickets() ? Tickets.of(tickets(row)) : Tickets.NONE);
  }

  static Account account(ResultSet row, Tenant tenant) throws SQLException {
    String renewal = row.getString(4);
    return new Account(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        renewal == null ? null : Renewal.read(renewal).orElse(null),
        row.getBigDecimal(5),
        tenant.currency().getCurrencyCode());
  }

  private static List<UsageDay> days(ResultSet row) throws SQLException {
    Integer[] days = array(row.getArray("days"), new Integer[0]);
    Long[] users = array(row.getArray("users"), new Long[0]);
    List<UsageDay> told = new ArrayList<>();
    for (int i = 0; i < days.length; i++) {
      told.add(new UsageDay(days[i], users[i]));
    }
    return told;
  }

  private static List<Ticket> tickets(ResultSet row) throws SQLException {
    String[] ids = array(row.getArray("ids"), new String[0]);
    @Nullable String[] severities = array(row.getArray("severities"), new String[0]);
    Boolean[] open = array(row.getArray("open"), new Boolean[0]);
    Long[] opened = array(row.getArray("opened"), new Long[0]);
    List<Ticket> told = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      Instant at =
          Instant.ofEpochSecond(
              Math.floorDiv(opened[i], 1_000_000L), Math.floorMod(opened[i], 1_000_000L) * 1_000L);
      told.add(new Ticket(ids[i], Severity.read(severities[i]), open[i], at, null, null));
    }
    return told;
  }

  /// The array, or `none` where there was nothing to gather.
  @SuppressWarnings("unchecked") // the statement says what it holds
  private static <T> T[] array(@Nullable Array array, T[] none) throws SQLException {
    return array == null ? none : (T[]) array.getArray();
  }
}
