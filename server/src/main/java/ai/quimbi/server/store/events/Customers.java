package ai.quimbi.server.store.events;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.History;
import ai.quimbi.core.customer.Interaction;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.customer.ProfileCodec;
import ai.quimbi.core.customer.ProfileSum;
import ai.quimbi.core.customer.RatedOrder;
import ai.quimbi.server.store.Databases;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Reads customers. What is read is never stale: a profile that an import has not added up yet is
/// added up from its orders here.
public final class Customers {
  /// What a look gives that holds nothing yet: no profile has it.
  public static final byte[] NO_DIGEST = {};

  private static final byte[] NOTHING = ProfileCodec.encode(Profile.EMPTY);
  private static final int PAGE = 2_000;

  /// A customer and what the events add up to.
  public record Entry(String customerId, Profile profile) {}

  /// What a look at a customer found, by someone who may hold what an earlier look found.
  public sealed interface Look {
    /// Nothing is known of the customer.
    record Nobody() implements Look {}

    /// The profile is still the one that the digest was of.
    record Same() implements Look {}

    /// The profile; `digest` is empty where it was added up just now and is not stored yet.
    @SuppressWarnings("ArrayRecordComponent") // a hash, compared by the database
    record Other(Profile profile, byte[] digest) implements Look {}
  }

  /// How much a tenant has stored.
  public record Counts(long customers, long orders, long interactions) {}

  private final Databases databases;

  public Customers(Databases databases) {
    this.databases = databases;
  }

  /// Empty for a customer of whom nothing is known.
  public Optional<Profile> profile(Tenant tenant, String customerId) {
    return look(tenant, customerId, NO_DIGEST) instanceof Look.Other found
        ? Optional.of(found.profile())
        : Optional.empty();
  }

  /// The profile, unless it is the one of `digest`: the SHA-256 of its stored form, from an earlier
  /// look. One look-up by primary key, and a profile that did not change stays where it is.
  public Look look(Tenant tenant, String customerId, byte[] digest) {
    String sql =
        """
        SELECT stale, CASE WHEN sha256(profile) = ? THEN NULL ELSE profile END
          FROM app.customer WHERE customer_id = ?
        """;
    return databases.read(
        tenant.id(),
        Jdbc.of(
            connection -> {
              try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setBytes(1, digest);
                select.setString(2, customerId);
                try (ResultSet row = select.executeQuery()) {
                  if (!row.next()) {
                    return new Look.Nobody();
                  }
                  if (row.getBoolean(1)) {
                    return addedUp(connection, customerId, Orders.ledger(tenant));
                  }
                  byte[] stored = row.getBytes(2);
                  return stored == null ? new Look.Same() : other(stored);
                }
              }
            }));
  }

  private static Look addedUp(Connection connection, String customerId, Ledger ledger)
      throws SQLException {
    History history = HistoryRows.current(connection, customerId);
    return history.isEmpty()
        ? new Look.Nobody()
        : new Look.Other(history.profile(ledger), NO_DIGEST);
  }

  private static Look other(byte[] stored) {
    return Arrays.equals(stored, NOTHING)
        ? new Look.Nobody()
        : new Look.Other(ProfileCodec.decode(stored), sha256(stored));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// The profile but for the stored orders of these ids, from whatever source: what a caller tells
  /// of them takes their place. Empty for a customer of whom nothing is known.
  public Optional<Profile> profileWithout(Tenant tenant, String customerId, Set<String> orderIds) {
    if (orderIds.isEmpty()) {
      return profile(tenant, customerId);
    }
    Ledger ledger = Orders.ledger(tenant);
    return databases.read(
        tenant.id(),
        Jdbc.of(
            connection -> {
              Found found = find(connection, customerId, orderIds);
              if (found == null) {
                return Optional.empty();
              }
              if (found.stale()) {
                History history = HistoryRows.current(connection, customerId);
                return history.isEmpty()
                    ? Optional.empty()
                    : Optional.of(without(history, orderIds).profile(ledger));
              }
              ProfileSum sum = new ProfileSum(ledger).add(found.profile());
              found.orders().forEach(sum::subtract);
              return Optional.of(sum.toProfile());
            }));
  }

  /// The profiles of these customers, as far as anything is known of them.
  public Map<String, Profile> profiles(Tenant tenant, Collection<String> customerIds) {
    String sql =
        """
        SELECT customer_id, profile, stale FROM app.customer
         WHERE customer_id = ANY (?) AND (stale OR profile <> ?)
        """;
    return databases.read(
        tenant.id(),
        Jdbc.of(
            connection -> {
              Map<String, Profile> found = new HashMap<>();
              try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setArray(1, Columns.texts(connection, List.copyOf(customerIds), id -> id));
                select.setBytes(2, NOTHING);
                read(
                    connection,
                    select,
                    Orders.ledger(tenant),
                    entry -> found.put(entry.customerId(), entry.profile()));
              }
              return found;
            }));
  }

  /// The winning version of every order and every interaction.
  public History history(Tenant tenant, String customerId) {
    return databases.read(
        tenant.id(), Jdbc.of(connection -> HistoryRows.current(connection, customerId)));
  }

  /// The histories of several customers at once, by id.
  public SortedMap<String, History> histories(Tenant tenant, Collection<String> customerIds) {
    return databases.read(
        tenant.id(), Jdbc.of(connection -> HistoryRows.current(connection, customerIds)));
  }

  /// What was known at a moment: the versions that had been received by then.
  public History historyKnownAt(Tenant tenant, String customerId, Instant knownAt) {
    return databases.read(
        tenant.id(), Jdbc.of(connection -> HistoryRows.knownAt(connection, customerId, knownAt)));
  }

  /// The stored orders of these ids, from whatever source.
  public List<RatedOrder> storedOrders(Tenant tenant, String customerId, Set<String> orderIds) {
    return databases.read(
        tenant.id(), Jdbc.of(connection -> HistoryRows.orders(connection, customerId, orderIds)));
  }

  /// The latest interactions, newest first.
  public List<Interaction> latestInteractions(Tenant tenant, String customerId, int limit) {
    return databases.read(
        tenant.id(),
        Jdbc.of(connection -> HistoryRows.latestInteractions(connection, customerId, limit)));
  }

  /// A page of customers in the order of their ids, beginning behind `after`.
  public List<Entry> list(Tenant tenant, int limit, @Nullable String after) {
    String sql =
        """
        SELECT customer_id, profile, stale FROM app.customer
         WHERE customer_id > ? AND (stale OR profile <> ?)
         ORDER BY customer_id LIMIT ?
        """;
    return databases.read(
        tenant.id(),
        Jdbc.of(
            connection -> {
              List<Entry> page = new ArrayList<>(limit);
              try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, after == null ? "" : after);
                select.setBytes(2, NOTHING);
                select.setInt(3, limit);
                read(connection, select, Orders.ledger(tenant), page::add);
              }
              return page;
            }));
  }

  /// Hands over every customer's profile in the order of their ids, in constant memory.
  public void forEachProfile(Tenant tenant, BiConsumer<String, Profile> consumer) {
    String sql =
        """
        SELECT customer_id, profile, stale FROM app.customer
         WHERE stale OR profile <> ? ORDER BY customer_id
        """;
    databases.inTransaction(
        tenant.id(),
        Jdbc.of(
            connection -> {
              try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setFetchSize(1000);
                select.setBytes(1, NOTHING);
                read(
                    connection,
                    select,
                    Orders.ledger(tenant),
                    entry -> consumer.accept(entry.customerId(), entry.profile()));
              }
              return true;
            }));
  }

  /// Everybody's profile in the order of their ids, read page by page while it is walked through: a
  /// long computation holds neither memory nor a connection.
  public Iterable<Profile> everyProfile(Tenant tenant) {
    return () ->
        new Iterator<>() {
          private Iterator<Entry> page = list(tenant, PAGE, null).iterator();
          private @Nullable String last;

          @Override
          public boolean hasNext() {
            if (!page.hasNext() && last != null) {
              page = list(tenant, PAGE, last).iterator();
              last = null;
            }
            return page.hasNext();
          }

          @Override
          public Profile next() {
            Entry entry = page.next();
            last = entry.customerId();
            return entry.profile();
          }
        };
  }

  public Counts counts(Tenant tenant) {
    String sql =
        """
        SELECT (SELECT count(*) FROM app.customer WHERE stale OR profile <> ?),
               (SELECT count(*) FROM app.orders),
               (SELECT count(*) FROM app.interactions)
        """;
    return databases.read(
        tenant.id(),
        Jdbc.of(
            connection -> {
              try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setBytes(1, NOTHING);
                try (ResultSet row = select.executeQuery()) {
                  row.next();
                  return new Counts(row.getLong(1), row.getLong(2), row.getLong(3));
                }
              }
            }));
  }

  private record Found(Profile profile, boolean stale, List<RatedOrder> orders) {}

  // One statement, so that profile and orders are of one moment.
  private static @Nullable Found find(
      Connection connection, String customerId, Collection<String> orderIds) throws SQLException {
    String sql =
        """
        SELECT o.source, o.order_id, o.customer_id, o.content, o.rate, c.profile, c.stale
          FROM app.customer c
          LEFT JOIN app.orders o ON o.customer_id = c.customer_id AND o.order_id = ANY (?)
         WHERE c.customer_id = ? AND (c.stale OR c.profile <> ?)
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, Columns.texts(connection, List.copyOf(orderIds), id -> id));
      select.setString(2, customerId);
      select.setBytes(3, NOTHING);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        Profile profile = ProfileCodec.decode(row.getBytes(6));
        boolean stale = row.getBoolean(7);
        List<RatedOrder> orders = new ArrayList<>();
        if (row.getString(2) != null) {
          do {
            orders.add(OrderRows.rated(row));
          } while (row.next());
        }
        return new Found(profile, stale, orders);
      }
    }
  }

  private static History without(History history, Set<String> orderIds) {
    return new History(
        history.customerId(),
        history.orders().stream()
            .filter(rated -> !orderIds.contains(rated.order().orderId()))
            .toList(),
        history.interactions());
  }

  private interface EntryReader {
    void accept(Entry entry);
  }

  private static void read(
      Connection connection, PreparedStatement select, Ledger ledger, EntryReader reader)
      throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        String id = row.getString(1);
        Profile profile =
            row.getBoolean(3)
                ? HistoryRows.current(connection, id).profile(ledger)
                : ProfileCodec.decode(row.getBytes(2));
        if (!profile.isEmpty()) {
          reader.accept(new Entry(id, profile));
        }
      }
    }
  }
}
