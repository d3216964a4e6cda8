package ai.quimbi.server.store.events;

import ai.quimbi.core.customer.RatedOrder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Stores the versions of one batch inside one transaction, says what became of each, and collects
/// how profiles change.
final class OrderBatch {
  private static final Comparator<OrderVersion> BY_UPDATE =
      Comparator.comparing(version -> version.order().updatedAt(), OrderVersion.BY_UPDATE);

  private final OrderRows rows;
  private final Instant receivedAt;
  private final ProfileEffect effect;
  private final RowResult[] results;
  private final List<OrderVersion> winners = new ArrayList<>();
  private final List<OrderVersion> losers = new ArrayList<>();

  /// `results` gets an entry for each version at its row.
  OrderBatch(Connection connection, Instant receivedAt, ProfileEffect effect, RowResult[] results) {
    this.rows = new OrderRows(connection);
    this.receivedAt = receivedAt;
    this.effect = effect;
    this.results = results;
  }

  void store(List<OrderVersion> versions) throws SQLException {
    Collection<List<OrderVersion>> orders = byIdentity(versions);
    List<OrderVersion> newest = orders.stream().map(List::getLast).toList();
    Set<Identity> inserted = rows.insertNew(newest, receivedAt);
    List<List<OrderVersion>> known = new ArrayList<>();
    for (List<OrderVersion> order : orders) {
      if (inserted.contains(order.getLast().identity())) {
        storedAsNew(order);
      } else {
        known.add(order);
      }
    }
    if (!known.isEmpty()) {
      meetKnown(known);
    }
    rows.replace(winners, receivedAt);
    rows.insertSuperseded(losers, receivedAt);
  }

  // The versions of each identity, the least by update first. Exact repetitions are settled here.
  private Collection<List<OrderVersion>> byIdentity(List<OrderVersion> versions) {
    Map<Identity, List<OrderVersion>> orders = new LinkedHashMap<>();
    for (OrderVersion version : versions) {
      List<OrderVersion> order =
          orders.computeIfAbsent(version.identity(), k -> new ArrayList<>(1));
      if (order.stream().anyMatch(other -> other.saysTheSameAs(version.fingerprint()))) {
        results[version.row()] = new RowResult.Duplicate();
      } else {
        order.add(version);
      }
    }
    orders.values().forEach(order -> order.sort(BY_UPDATE));
    return orders.values();
  }

  private void storedAsNew(List<OrderVersion> order) {
    OrderVersion winner = order.getLast();
    effect.add(winner.rated());
    results[winner.row()] = new RowResult.Stored(true);
    order.subList(0, order.size() - 1).forEach(this::lost);
  }

  private void lost(OrderVersion version) {
    losers.add(version);
    results[version.row()] = new RowResult.Stored(false);
  }

  // An order that is stored just so needs no lock: it is a duplicate of what was there a moment
  // ago.
  private void meetKnown(List<List<OrderVersion>> known) throws SQLException {
    List<OrderVersion> newest = known.stream().map(List::getLast).toList();
    Map<Identity, UUID> fingerprints = rows.fingerprints(newest);
    Map<Identity, List<OrderVersion>> differing = new HashMap<>();
    for (List<OrderVersion> order : known) {
      OrderVersion only = order.getLast();
      UUID stored = fingerprints.get(only.identity());
      if (order.size() == 1 && stored != null && only.saysTheSameAs(stored)) {
        results[only.row()] = new RowResult.Duplicate();
      } else {
        differing.put(only.identity(), order);
      }
    }
    if (differing.isEmpty()) {
      return;
    }
    List<OrderVersion> toLock = differing.values().stream().map(List::getLast).toList();
    Map<Identity, OrderRows.Stored> stored = rows.lock(toLock);
    Map<Identity, Set<UUID>> superseded = rows.superseded(toLock);
    differing.forEach(
        (identity, order) -> {
          OrderRows.Stored current = stored.get(identity);
          if (current == null) {
            throw new IllegalStateException("an order vanished while it was being stored");
          }
          meet(order, current, superseded.getOrDefault(identity, Set.of()));
        });
  }

  private void meet(List<OrderVersion> order, OrderRows.Stored stored, Set<UUID> superseded) {
    UUID currentFingerprint = stored.fingerprint();
    RatedOrder current = stored.rated();
    OrderVersion winner = null;
    for (OrderVersion version : order) {
      if (version.saysTheSameAs(currentFingerprint)) {
        results[version.row()] = new RowResult.Duplicate();
      } else if (version.winsOver(current.order().updatedAt())) {
        if (winner != null) {
          lost(winner);
        }
        winner = version;
        current = version.rated();
        currentFingerprint = version.fingerprint();
        results[version.row()] = new RowResult.Stored(true);
      } else if (superseded.contains(version.fingerprint())) {
        results[version.row()] = new RowResult.Duplicate();
      } else {
        lost(version);
      }
    }
    if (winner != null) {
      winners.add(winner);
      effect.subtract(stored.rated());
      effect.add(winner.rated());
    }
  }
}
