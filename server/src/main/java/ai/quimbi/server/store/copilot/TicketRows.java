package ai.quimbi.server.store.copilot;

import ai.quimbi.core.copilot.Severity;
import ai.quimbi.core.copilot.Ticket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The statements on tickets: those told as tickets, and `support_ticket` interactions. Of the same
/// id, the one told as a ticket counts. An interaction is open only where it says so: a contact
/// that tells nothing of its outcome is no evidence of an open case.
final class TicketRows {
  // Two texts and not one with a condition on a parameter: that would cost the index.
  private static final String OF_ALL = statement("", "");
  static final String OF_ONE = statement(" AND customer_id = :id", " WHERE customer_id = :id");

  private TicketRows() {}

  private static String statement(String ofContacts, String ofTickets) {
    return """
      WITH told AS (
        SELECT customer_id,
               CASE WHEN starts_with(identity, 'id:') THEN substr(identity, 4)
                    ELSE 'ticket-' || substr(identity, 4, 8) END AS ticket_id,
               CAST(metadata AS jsonb) AS more, at, source
          FROM app.interactions
         WHERE type = 'support_ticket'%s),
      contacts AS (
        SELECT DISTINCT ON (customer_id, ticket_id) *
          FROM told ORDER BY customer_id, ticket_id, at DESC, source)
      SELECT customer_id, ticket_id, severity, is_open, opened_at, closed_at, subject
        FROM app.account_ticket%s
      UNION ALL
      SELECT customer_id, ticket_id, coalesce(more->>'severity', more->>'priority'),
             coalesce(more->>'resolved' = 'false'
               OR lower(more->>'status') IN ('open', 'new', 'pending', 'in_progress'), false),
             at, NULL, more->>'subject'
        FROM contacts c
       WHERE NOT EXISTS (SELECT 1 FROM app.account_ticket t
                          WHERE t.customer_id = c.customer_id AND t.ticket_id = c.ticket_id)
      """
        .formatted(ofContacts, ofTickets);
  }

  static List<Ticket> of(Handle handle, String customerId) {
    return handle
        .createQuery(OF_ONE)
        .bind("id", customerId)
        .map((row, context) -> ticket(row))
        .list();
  }

  static Map<String, List<Ticket>> all(Handle handle) {
    Map<String, List<Ticket>> all = new LinkedHashMap<>();
    handle
        .createQuery(OF_ALL)
        .map((row, context) -> Map.entry(row.getString(1), ticket(row)))
        .forEach(
            entry ->
                all.computeIfAbsent(entry.getKey(), id -> new ArrayList<>()).add(entry.getValue()));
    return all;
  }

  static void put(Handle handle, String customerId, List<Ticket> tickets) {
    var batch =
        handle.prepareBatch(
            """
            INSERT INTO app.account_ticket
              (customer_id, ticket_id, severity, is_open, opened_at, closed_at, subject)
            VALUES (:customer, :id, :severity, :open, :opened, :closed, :subject)
            ON CONFLICT (customer_id, ticket_id) DO UPDATE SET severity = excluded.severity,
              is_open = excluded.is_open, opened_at = excluded.opened_at,
              closed_at = excluded.closed_at, subject = excluded.subject
            """);
    for (Ticket ticket : tickets) {
      batch
          .bind("customer", customerId)
          .bind("id", ticket.id())
          .bind("severity", ticket.severity().name())
          .bind("open", ticket.isOpen())
          .bind("opened", ticket.openedAt())
          .bind("closed", ticket.closedAt())
          .bind("subject", ticket.subject())
          .add();
    }
    batch.execute();
  }

  private static Ticket ticket(ResultSet row) throws SQLException {
    @Nullable Timestamp closed = row.getTimestamp(6);
    return new Ticket(
        row.getString(2),
        Severity.read(row.getString(3)),
        row.getBoolean(4),
        row.getTimestamp(5).toInstant(),
        closed == null ? null : closed.toInstant(),
        row.getString(7));
  }
}
