package ai.quimbi.server.store.events;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.ProfileCodec;
import ai.quimbi.core.customer.ProfileSum;
import ai.quimbi.core.customer.RatedOrder;
import ai.quimbi.server.store.Databases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The end of an import: all stale profiles are added up and stored, page by page, two pages side
/// by side. Where the import itself knows all that has changed, it adds that to the profile from
/// before; of the others the events are read.
final class Settling {
  /// Customers that are added up in one transaction.
  private static final int PAGE = 1_000;

  private final Databases databases;
  private final Tenant tenant;
  private final Ledger ledger;
  private final Instant now;
  private final KeptChanges changes;
  private final LongConsumer progress;
  private long settled;

  /// `changes`: what this import has kept, if anything.
  Settling(
      Databases databases,
      Tenant tenant,
      Instant now,
      @Nullable KeptChanges changes,
      LongConsumer progress) {
    this.databases = databases;
    this.tenant = tenant;
    this.ledger = Orders.ledger(tenant);
    this.now = now;
    this.changes = changes == null ? new KeptChanges() : changes;
    this.progress = progress;
  }

  /// Returns how many profiles there were.
  long run() {
    changes.complete();
    if (page(true) == PAGE) {
      sideBySide();
    }
    while (page(false) > 0) {
      // What somebody had locked meanwhile.
    }
    return settled;
  }

  private void sideBySide() {
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < Imports.SIDE_BY_SIDE; i++) {
        all.add(threads.submit(this::toTheEnd));
      }
      all.forEach(Imports::await);
    }
  }

  private boolean toTheEnd() {
    while (page(true) > 0) {
      // Page after page.
    }
    return true;
  }

  private int page(boolean isSkippingLocked) {
    int customers =
        databases.inTransaction(
            tenant.id(), Jdbc.of(connection -> page(connection, isSkippingLocked)));
    if (customers > 0) {
      tell(customers);
    }
    return customers;
  }

  private synchronized void tell(int customers) {
    settled += customers;
    progress.accept(settled);
  }

  // The profiles are locked first and the events read then, in a later statement: so the events of
  // every transaction that held one of the locks are seen.
  private int page(Connection connection, boolean isSkippingLocked) throws SQLException {
    ProfileRows rows = new ProfileRows(connection);
    rows.keepFromMarking();
    NavigableMap<String, ProfileSum> sums = new TreeMap<>();
    List<String> unknown = new ArrayList<>();
    for (ProfileRows.Stale one : rows.lockStale(PAGE, changes.marker(), isSkippingLocked)) {
      ProfileSum sum = new ProfileSum(ledger);
      sums.put(one.customerId(), sum);
      byte[] before = one.before();
      if (before == null) {
        unknown.add(one.customerId());
      } else {
        changes.addTo(sum.add(ProfileCodec.decode(before)), one.customerId());
      }
    }
    if (!unknown.isEmpty()) {
      addOrders(connection, unknown, sums);
      addInteractions(connection, unknown, sums);
    }
    List<ProfileRows.Row> profiles = new ArrayList<>(sums.size());
    sums.forEach(
        (customer, sum) ->
            profiles.add(new ProfileRows.Row(customer, ProfileCodec.encode(sum.toProfile()))));
    rows.update(profiles, now);
    return profiles.size();
  }

  private static void addOrders(
      Connection connection, List<String> customers, NavigableMap<String, ProfileSum> sums)
      throws SQLException {
    String sql =
        """
        SELECT source, order_id, customer_id, content, rate FROM app.orders
         WHERE customer_id = ANY (?)
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setFetchSize(5_000);
      select.setArray(1, Columns.texts(connection, customers, id -> id));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          RatedOrder rated = OrderRows.rated(row);
          ProfileSum sum = sums.get(rated.order().customerId());
          if (sum != null) {
            sum.add(rated);
          }
        }
      }
    }
  }

  private static void addInteractions(
      Connection connection, List<String> customers, NavigableMap<String, ProfileSum> sums)
      throws SQLException {
    String sql =
        """
        SELECT source, identity, customer_id, type, channel, at, metadata FROM app.interactions
         WHERE customer_id = ANY (?)
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setFetchSize(5_000);
      select.setArray(1, Columns.texts(connection, customers, id -> id));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          var interaction = InteractionRows.interaction(row);
          ProfileSum sum = sums.get(interaction.customerId());
          if (sum != null) {
            sum.add(interaction);
          }
        }
      }
    }
  }
}
