package ai.quimbi.server.store.copilot;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionException;

/// Tells by one look-up whether anything has changed of an account. The account's row has a version
/// that is new after each change of the row, the usage or the told tickets. Each contact has an
/// arrival that is new after each change of it: what all of an account's are mixed into tells any
/// two sets of contacts apart. The last arrival alone would not: of two changes under way at once
/// the one that arrived first may be seen last.
final class AccountVersions {
  private static final String LOOK =
      """
      SELECT a.version, c.arrivals, c.contacts
        FROM app.account a
       CROSS JOIN LATERAL (
         SELECT coalesce(bit_xor(hashint8extended(i.arrival, 0)), 0) AS arrivals,
                count(*) AS contacts
           FROM app.interactions i
          WHERE i.customer_id = a.customer_id AND i.type = 'support_ticket') AS c
       WHERE a.customer_id = ?
      """;

  private AccountVersions() {}

  /// Never the same for two states of an account.
  record Version(UUID row, long arrivals, long contacts) {}

  /// Empty where no account is told: what is known of such a customer is not counted here.
  static Optional<Version> of(Handle handle, String customerId) {
    // Plain JDBC: this is all that most calls ask of the database.
    try (PreparedStatement select = handle.getConnection().prepareStatement(LOOK)) {
      select.setString(1, customerId);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new Version(row.getObject(1, UUID.class), row.getLong(2), row.getLong(3)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new TransactionException("an account's version cannot be read", e);
    }
  }

  /// After a change of something of these accounts, in its transaction. In the order of the ids, so
  /// that two at once do not wait for each other.
  static void renew(Handle handle, Collection<String> customerIds) {
    handle
        .createUpdate(
            """
            WITH held AS (
              SELECT customer_id FROM app.account WHERE customer_id = ANY (:ids)
               ORDER BY customer_id FOR UPDATE)
            UPDATE app.account a SET version = gen_random_uuid()
              FROM held WHERE a.customer_id = held.customer_id
            """)
        .bind("ids", new TreeSet<>(customerIds).toArray(String[]::new))
        .execute();
  }
}
