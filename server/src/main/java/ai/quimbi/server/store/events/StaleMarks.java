package ai.quimbi.server.store.events;

import ai.quimbi.core.customer.Interaction;
import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.customer.ProfileCodec;
import ai.quimbi.core.customer.RatedOrder;
import ai.quimbi.server.store.events.KeptChanges.Change;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
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
  private final List<Change> changes = new ArrayList<>();
  private final KeptChanges kept;
  private final long marker;

  StaleMarks(KeptChanges kept, long marker) {
    this.kept = kept;
    this.marker = marker;
  }

  /// What has changed, for whoever adds it up later.
  List<Change> changes() {
    return changes;
  }

  @Override
  public void add(RatedOrder order) {
    customers.add(order.order().customerId());
    changes.add(new Change(order, true));
  }

  @Override
  public void subtract(RatedOrder order) {
    customers.add(order.order().customerId());
    changes.add(new Change(order, false));
  }

  @Override
  public void add(Interaction interaction) {
    throw new UnsupportedOperationException("interactions are not imported in chunks");
  }

  @Override
  public void subtract(Interaction interaction) {
    throw new UnsupportedOperationException("interactions are not imported in chunks");
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
    Set<String> metBefore = kept.meet(customers);
    ProfileRows.ToMark toMark = rows.toMark(customers, marker);
    List<ProfileRows.Row> told =
        toMark.unknown().stream().map(id -> new ProfileRows.Row(id, NOTHING)).toList();
    Set<String> inserted = told.isEmpty() ? Set.of() : rows.insertStale(told, marker, changedAt);
    List<String> known = new ArrayList<>(toMark.known());
    toMark.unknown().stream().filter(id -> !inserted.contains(id)).forEach(known::add);
    rows.mark(known, marker, metBefore);
  }
}
