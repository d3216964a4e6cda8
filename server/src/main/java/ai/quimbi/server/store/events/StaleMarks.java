package ai.quimbi.server.store.events;

import ai.quimbi.core.customer.Interaction;
import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.customer.ProfileCodec;
import ai.quimbi.core.customer.RatedOrder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/// Marks the touched profiles as stale, so that an import of many chunks adds up each customer
/// once, at its end. A mark commits with its events: killed at any point, an import leaves no
/// profile that is wrong and not marked.
final class StaleMarks implements ProfileEffect {
  private static final byte[] NOTHING = ProfileCodec.encode(Profile.EMPTY);

  private final NavigableSet<String> customers = new TreeSet<>();

  @Override
  public void add(RatedOrder order) {
    customers.add(order.order().customerId());
  }

  @Override
  public void subtract(RatedOrder order) {
    customers.add(order.order().customerId());
  }

  @Override
  public void add(Interaction interaction) {
    customers.add(interaction.customerId());
  }

  @Override
  public void subtract(Interaction interaction) {
    customers.add(interaction.customerId());
  }

  @Override
  public NavigableSet<String> customers() {
    return customers;
  }

  // Of the lock there is no need where a profile is stale already: nobody freshens one meanwhile.
  @Override
  public void write(Connection connection, Instant changedAt) throws SQLException {
    ProfileRows rows = new ProfileRows(connection);
    rows.holdMarking();
    List<ProfileRows.Row> told =
        customers.stream().map(id -> new ProfileRows.Row(id, NOTHING)).toList();
    Set<String> inserted = rows.insertNew(told, true, changedAt);
    rows.mark(customers.stream().filter(id -> !inserted.contains(id)).toList());
  }
}
