package ai.quimbi.server.store.copilot;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.Account;
import ai.quimbi.core.copilot.AccountPast;
import ai.quimbi.core.copilot.Evidence;
import ai.quimbi.core.copilot.Ticket;
import ai.quimbi.core.copilot.Tickets;
import ai.quimbi.core.copilot.Usage;
import ai.quimbi.core.copilot.UsageDay;
import ai.quimbi.server.store.Databases;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Accounts, their usage and their tickets. An account is a customer: whoever is known from orders
/// or interactions is one too, without a name, contract or usage of its own.
public final class Accounts implements KnownAccounts {
  /// Longer than anybody has used anything.
  private static final int ALL_DAYS = 100_000;

  private final Databases databases;

  // Of an account's usage and tickets an evidence holds the summaries: some 2 kB.
  private final Cache<Question, Kept> kept = Caffeine.newBuilder().maximumSize(10_000).build();

  private record Question(Tenant tenant, String owner, String customerId, Need need) {}

  private record Kept(AccountVersions.Version version, Evidence evidence) {}

  public Accounts(Databases databases) {
    this.databases = databases;
  }

  /// Sets what is known of an account, over what was there.
  public void put(Tenant tenant, Account account, Instant now) {
    databases.inTransaction(
        tenant.id(),
        handle ->
            handle.execute(
                """
                INSERT INTO app.account (customer_id, name, owner, renewal_date, arr, changed_at)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (customer_id) DO UPDATE SET name = excluded.name,
                  owner = excluded.owner, renewal_date = excluded.renewal_date,
                  arr = excluded.arr, changed_at = excluded.changed_at,
                  version = excluded.version
                """,
                account.customerId(),
                account.name(),
                account.owner(),
                account.renewal() == null ? null : account.renewal().told(),
                account.arr(),
                now));
  }

  /// Removes the account with its usage and tickets; what the customer ordered stays. `false` where
  /// there was none.
  public boolean delete(Tenant tenant, String customerId) {
    return databases.inTransaction(
        tenant.id(),
        handle -> {
          handle.execute("DELETE FROM app.account_usage WHERE customer_id = ?", customerId);
          handle.execute("DELETE FROM app.account_ticket WHERE customer_id = ?", customerId);
          handle.execute("DELETE FROM app.account_health WHERE customer_id = ?", customerId);
          return handle.execute("DELETE FROM app.account WHERE customer_id = ?", customerId) > 0;
        });
  }

  public Optional<Account> find(Tenant tenant, String customerId) {
    return databases.read(
        tenant.id(), handle -> AccountRows.find(handle, tenant, customerId).stream().findFirst());
  }

  @Override
  public List<Account> list(Tenant tenant, int limit, @Nullable String after) {
    return databases.read(
        tenant.id(), handle -> AccountRows.page(handle, tenant, limit, after == null ? "" : after));
  }

  /// Sets the days' users, over what was there. `false` where there is no such account.
  public boolean putUsage(Tenant tenant, String customerId, List<UsageDay> days) {
    return databases.inTransaction(
        tenant.id(),
        handle -> {
          if (!AccountRows.exists(handle, customerId)) {
            return false;
          }
          var batch =
              handle.prepareBatch(
                  """
                  INSERT INTO app.account_usage (customer_id, day, active_users)
                  VALUES (:customer, :day, :users)
                  ON CONFLICT (customer_id, day) DO UPDATE SET active_users = excluded.active_users
                  """);
          for (UsageDay day : days) {
            batch
                .bind("customer", customerId)
                .bind("day", LocalDate.ofEpochDay(day.day()))
                .bind("users", day.activeUsers())
                .add();
          }
          batch.execute();
          AccountVersions.renew(handle, List.of(customerId));
          return true;
        });
  }

  /// Sets the tickets, over those of the same ids. `false` where there is no such account.
  public boolean putTickets(Tenant tenant, String customerId, List<Ticket> tickets) {
    return databases.inTransaction(
        tenant.id(),
        handle -> {
          if (!AccountRows.exists(handle, customerId)) {
            return false;
          }
          TicketRows.put(handle, customerId, tickets);
          AccountVersions.renew(handle, List.of(customerId));
          return true;
        });
  }

  /// All days of usage that were told of an account, oldest first.
  public List<UsageDay> usageDays(Tenant tenant, String customerId) {
    return databases.read(tenant.id(), handle -> AccountRows.usage(handle, customerId, ALL_DAYS));
  }

  /// All tickets that are known of an account.
  public List<Ticket> tickets(Tenant tenant, String customerId) {
    return databases.read(tenant.id(), handle -> TicketRows.of(handle, customerId));
  }

  /// Read again only where something of the account has changed, on whatever server. The version is
  /// read before the evidence, which is therefore never older than its version.
  @Override
  public Optional<Evidence> evidence(Tenant tenant, String owner, String customerId, Need need) {
    Question question = new Question(tenant, owner, customerId, need);
    Kept before = kept.getIfPresent(question);
    return databases.read(
        tenant.id(),
        handle -> {
          Optional<AccountVersions.Version> version = AccountVersions.of(handle, customerId);
          if (before != null && version.isPresent() && version.get().equals(before.version())) {
            return Optional.of(before.evidence());
          }
          Optional<Evidence> found = EvidenceRows.find(handle, tenant, owner, customerId, need);
          if (version.isPresent() && found.isPresent()) {
            kept.put(question, new Kept(version.get(), found.get()));
          }
          return found;
        });
  }

  /// From one moment.
  @Override
  public Map<String, Evidence> all(Tenant tenant, int periodDays) {
    return databases.snapshot(
        tenant.id(),
        handle -> {
          Map<String, List<UsageDay>> usage = AccountRows.allUsage(handle, periodDays);
          Map<String, List<Ticket>> tickets = TicketRows.all(handle);
          Map<String, Evidence> all = new LinkedHashMap<>();
          for (Account account : AccountRows.all(handle, tenant)) {
            String id = account.customerId();
            all.put(
                id,
                new Evidence(
                    account,
                    Usage.of(usage.getOrDefault(id, List.of()), periodDays).orElse(null),
                    periodDays,
                    Tickets.of(tickets.getOrDefault(id, new ArrayList<>()))));
          }
          return all;
        });
  }

  /// Everything stored of every account with its day, by id, from one moment; of orders nothing.
  public Map<String, AccountPast> pasts(Tenant tenant) {
    return databases.snapshot(
        tenant.id(),
        handle -> {
          Map<String, List<UsageDay>> usage = AccountRows.allUsage(handle, ALL_DAYS);
          Map<String, List<Ticket>> tickets = TicketRows.all(handle);
          Map<String, AccountPast> pasts = new LinkedHashMap<>();
          for (Account account : AccountRows.all(handle, tenant)) {
            String id = account.customerId();
            pasts.put(
                id,
                new AccountPast(
                    usage.getOrDefault(id, List.of()),
                    tickets.getOrDefault(id, List.of()),
                    account.renewal(),
                    List.of()));
          }
          return pasts;
        });
  }
}
