package ai.quimbi.server.store.copilot;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.Account;
import ai.quimbi.core.copilot.Ticket;
import ai.quimbi.core.copilot.UsageDay;
import ai.quimbi.server.store.Databases;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Many accounts, days of usage or tickets at once, each batch in one transaction. What is there
/// already and the same is left alone; each method answers how many rows it made or changed.
public final class AccountBatches {
  private final Databases databases;

  public AccountBatches(Databases databases) {
    this.databases = databases;
  }

  /// Something of one account.
  public record Of<T>(String customerId, T value) {}

  /// Which columns were told at all; the others stay as they are.
  public record Columns(boolean renewal, boolean arr, boolean owner) {}

  /// Those of the ids that are accounts.
  public Set<String> existing(Tenant tenant, Collection<String> ids) {
    if (ids.isEmpty()) {
      return Set.of();
    }
    return databases.read(
        tenant.id(),
        handle ->
            handle
                .createQuery("SELECT customer_id FROM app.account WHERE customer_id IN (<ids>)")
                .bindList("ids", List.copyOf(ids))
                .mapTo(String.class)
                .collect(Collectors.toSet()));
  }

  public int accounts(Tenant tenant, List<Account> accounts, Columns told, Instant now) {
    return databases.inTransaction(
        tenant.id(),
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  """
                  INSERT INTO app.account AS a
                    (customer_id, name, owner, renewal_date, arr, changed_at)
                  VALUES (:id, :name, :owner, :renewal, :arr, :now)
                  ON CONFLICT (customer_id) DO UPDATE SET name = excluded.name,
                    owner = CASE WHEN :tellsOwner THEN excluded.owner ELSE a.owner END,
                    renewal_date =
                      CASE WHEN :tellsRenewal THEN excluded.renewal_date ELSE a.renewal_date END,
                    arr = CASE WHEN :tellsArr THEN excluded.arr ELSE a.arr END,
                    changed_at = excluded.changed_at, version = excluded.version
                  WHERE a.name <> excluded.name
                     OR (:tellsOwner AND a.owner <> excluded.owner)
                     OR (:tellsRenewal AND a.renewal_date IS DISTINCT FROM excluded.renewal_date)
                     OR (:tellsArr AND a.arr IS DISTINCT FROM excluded.arr)
                  """);
          for (Account account : accounts) {
            batch
                .bind("id", account.customerId())
                .bind("name", account.name())
                .bind("owner", account.owner())
                .bind("renewal", account.renewal() == null ? null : account.renewal().told())
                .bind("arr", account.arr())
                .bind("now", now)
                .bind("tellsOwner", told.owner())
                .bind("tellsRenewal", told.renewal())
                .bind("tellsArr", told.arr())
                .add();
          }
          return changed(batch).size();
        });
  }

  /// Of accounts that are there.
  public int usage(Tenant tenant, List<Of<UsageDay>> days) {
    return databases.inTransaction(
        tenant.id(),
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  """
                  INSERT INTO app.account_usage AS u (customer_id, day, active_users)
                  VALUES (:customer, :day, :users)
                  ON CONFLICT (customer_id, day) DO UPDATE SET active_users = excluded.active_users
                  WHERE u.active_users <> excluded.active_users
                  """);
          for (Of<UsageDay> day : days) {
            batch
                .bind("customer", day.customerId())
                .bind("day", LocalDate.ofEpochDay(day.value().day()))
                .bind("users", day.value().activeUsers())
                .add();
          }
          return changed(handle, batch);
        });
  }

  /// Of accounts that are there.
  public int tickets(Tenant tenant, List<Of<Ticket>> tickets) {
    return databases.inTransaction(
        tenant.id(),
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  """
                  INSERT INTO app.account_ticket AS t
                    (customer_id, ticket_id, severity, is_open, opened_at, closed_at, subject)
                  VALUES (:customer, :id, :severity, :open, :opened, :closed, :subject)
                  ON CONFLICT (customer_id, ticket_id) DO UPDATE SET severity = excluded.severity,
                    is_open = excluded.is_open, opened_at = excluded.opened_at,
                    closed_at = excluded.closed_at, subject = excluded.subject
                  WHERE (t.severity, t.is_open, t.opened_at, t.closed_at, t.subject)
                    IS DISTINCT FROM (excluded.severity, excluded.is_open, excluded.opened_at,
                                      excluded.closed_at, excluded.subject)
                  """);
          for (Of<Ticket> one : tickets) {
            Ticket ticket = one.value();
            batch
                .bind("customer", one.customerId())
                .bind("id", ticket.id())
                .bind("severity", ticket.severity().name())
                .bind("open", ticket.isOpen())
                .bind("opened", ticket.openedAt())
                .bind("closed", ticket.closedAt())
                .bind("subject", ticket.subject())
                .add();
          }
          return changed(handle, batch);
        });
  }

  /// Counted by the rows that come back: a batch that the driver joins into one statement tells no
  /// counts.
  private static List<String> changed(PreparedBatch batch) {
    return batch.executePreparedBatch("customer_id").mapTo(String.class).list();
  }

  private static int changed(Handle handle, PreparedBatch ofAccounts) {
    List<String> changed = changed(ofAccounts);
    AccountVersions.renew(handle, changed);
    return changed.size();
  }
}
