package ai.quimbi.server.store.events;

import ai.quimbi.core.customer.Interaction;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.ProfileCodec;
import ai.quimbi.core.customer.ProfileSum;
import ai.quimbi.core.customer.RatedOrder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Adds to the stored profiles exactly what came and takes from them exactly what was replaced.
final class ProfileChanges implements ProfileEffect {
  private final Ledger ledger;
  private final NavigableMap<String, ProfileSum> byCustomer = new TreeMap<>();

  ProfileChanges(Ledger ledger) {
    this.ledger = ledger;
  }

  @Override
  public void add(RatedOrder order) {
    of(order.order().customerId()).add(order);
  }

  @Override
  public void subtract(RatedOrder order) {
    of(order.order().customerId()).subtract(order);
  }

  @Override
  public void add(Interaction interaction) {
    of(interaction.customerId()).add(interaction);
  }

  @Override
  public void subtract(Interaction interaction) {
    of(interaction.customerId()).subtract(interaction);
  }

  @Override
  public NavigableSet<String> customers() {
    return new TreeSet<>(byCustomer.keySet());
  }

  /// Stale profiles are left alone: whoever freshens one waits for this transaction, adds up the
  /// events again and finds these.
  @Override
  public void write(Connection connection, Instant changedAt) throws SQLException {
    if (byCustomer.isEmpty()) {
      return;
    }
    ProfileRows rows = new ProfileRows(connection);
    List<ProfileRows.Row> told = new ArrayList<>(byCustomer.size());
    byCustomer.forEach(
        (id, sum) -> told.add(new ProfileRows.Row(id, ProfileCodec.encode(sum.toProfile()))));
    Set<String> inserted = rows.insertNew(told, changedAt);
    List<String> known = byCustomer.keySet().stream().filter(id -> !inserted.contains(id)).toList();
    List<ProfileRows.Row> changed = new ArrayList<>(known.size());
    List<String> stale = new ArrayList<>();
    for (ProfileRows.Locked row : rows.lock(known)) {
      if (row.stale()) {
        stale.add(row.customerId());
      } else {
        ProfileSum sum = of(row.customerId()).add(ProfileCodec.decode(row.profile()));
        changed.add(new ProfileRows.Row(row.customerId(), ProfileCodec.encode(sum.toProfile())));
      }
    }
    rows.update(changed, changedAt);
    rows.disown(stale);
  }

  private ProfileSum of(String customerId) {
    return byCustomer.computeIfAbsent(customerId, id -> new ProfileSum(ledger));
  }
}
