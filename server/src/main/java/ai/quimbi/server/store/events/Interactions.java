package ai.quimbi.server.store.events;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Fault;
import ai.quimbi.core.customer.Interaction;
import ai.quimbi.core.customer.OrderCodec;
import ai.quimbi.core.customer.OrderRules;
import ai.quimbi.core.customer.RateLookup;
import ai.quimbi.server.store.Databases;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Stores interactions and, in the same transaction, what they change in their customers' profiles.
///
/// The identity is `(source, identity)`; told again with other content, the later arrival counts
/// and the earlier is kept. Told again unchanged, it is a duplicate.
public final class Interactions {
  private final Databases databases;

  public Interactions(Databases databases) {
    this.databases = databases;
  }

  public Ingestion ingest(
      Tenant tenant, List<Interaction> interactions, Instant receivedAt, OnError onError) {
    NavigableMap<Integer, List<Fault>> faults = faults(tenant, interactions, receivedAt);
    if (!faults.isEmpty() && onError == OnError.REFUSE_ALL) {
      return new Ingestion.Refused(faults);
    }
    RowResult[] results = new RowResult[interactions.size()];
    Map<Identity, InteractionRows.Told> told = new HashMap<>();
    for (int row = 0; row < interactions.size(); row++) {
      List<Fault> found = faults.get(row);
      if (found != null) {
        results[row] = new RowResult.Rejected(found);
        continue;
      }
      InteractionRows.Told one = InteractionRows.Told.of(row, interactions.get(row));
      if (told.putIfAbsent(one.identity(), one) != null) {
        results[row] = new RowResult.Duplicate();
      }
    }
    if (told.isEmpty()) {
      return new Ingestion.Done(List.of(results), new TreeSet<>());
    }
    ProfileEffect effect = new ProfileChanges(Orders.ledger(tenant));
    return databases.inTransaction(
        tenant.id(),
        Jdbc.of(
            connection -> {
              InteractionRows rows = new InteractionRows(connection);
              store(rows, List.copyOf(told.values()), receivedAt, effect, results);
              effect.write(connection, receivedAt);
              return new Ingestion.Done(List.of(results), effect.customers());
            }));
  }

  private static void store(
      InteractionRows rows,
      List<InteractionRows.Told> told,
      Instant receivedAt,
      ProfileEffect effect,
      RowResult[] results)
      throws SQLException {
    var inserted = rows.insertNew(told, receivedAt);
    List<InteractionRows.Told> known = new ArrayList<>();
    for (InteractionRows.Told one : told) {
      if (inserted.contains(one.identity())) {
        effect.add(one.interaction());
        results[one.row()] = new RowResult.Stored(true);
      } else {
        known.add(one);
      }
    }
    if (known.isEmpty()) {
      return;
    }
    Map<Identity, InteractionRows.Stored> stored = rows.lock(known);
    List<InteractionRows.Told> changed = new ArrayList<>();
    for (InteractionRows.Told one : known) {
      InteractionRows.Stored current = stored.get(one.identity());
      if (current == null) {
        throw new IllegalStateException("an interaction vanished while it was being stored");
      }
      if (current.fingerprint().equals(one.fingerprint())) {
        results[one.row()] = new RowResult.Duplicate();
      } else {
        effect.subtract(current.interaction());
        effect.add(one.interaction());
        changed.add(one);
        results[one.row()] = new RowResult.Stored(true);
      }
    }
    rows.replace(changed, receivedAt);
  }

  private static NavigableMap<Integer, List<Fault>> faults(
      Tenant tenant, List<Interaction> interactions, Instant receivedAt) {
    OrderRules rules = new OrderRules(Orders.ledger(tenant), RateLookup.NONE, receivedAt);
    NavigableMap<Integer, List<Fault>> faults = new TreeMap<>();
    Map<Identity, Integer> first = new HashMap<>();
    for (int row = 0; row < interactions.size(); row++) {
      Interaction interaction = interactions.get(row);
      List<Fault> found = rules.faults(interaction);
      if (!found.isEmpty()) {
        faults.put(row, found);
        continue;
      }
      Integer other =
          first.putIfAbsent(new Identity(interaction.source(), interaction.identity()), row);
      if (other != null
          && !OrderCodec.fingerprint(interactions.get(other))
              .equals(OrderCodec.fingerprint(interaction))) {
        List<Fault> fault =
            List.of(
                new Fault(
                    "interaction_id",
                    "contradiction",
                    "the interaction is in the batch twice with different content"));
        faults.put(other, fault);
        faults.put(row, fault);
      }
    }
    return faults;
  }
}
