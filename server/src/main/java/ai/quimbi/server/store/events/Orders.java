package ai.quimbi.server.store.events;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Fault;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.OrderRules;
import ai.quimbi.core.customer.RateLookup;
import ai.quimbi.server.store.Databases;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Stores orders and, in the same transaction, what they change in their customers' profiles.
///
/// An order's identity is `(source, orderId)`. Of two versions the greater `updatedAt` wins, else
/// the later arrival; one that states no `updatedAt` is older than all that do. Every version is
/// kept. An order sent again unchanged is a duplicate and changes nothing.
public final class Orders {
  private final Databases databases;

  public Orders(Databases databases) {
    this.databases = databases;
  }

  /// Stores a batch. Under [OnError#REFUSE_ALL] one faulty row refuses it as a whole; all faults
  /// come at once.
  public Ingestion ingest(
      Tenant tenant, List<Order> orders, Instant receivedAt, OnError onError, RateLookup rates) {
    return store(tenant, orders, receivedAt, onError, rates, new ProfileChanges(ledger(tenant)));
  }

  Ingestion store(
      Tenant tenant,
      List<Order> orders,
      Instant receivedAt,
      OnError onError,
      RateLookup asked,
      ProfileEffect effect) {
    RateLookup rates = askedOnce(asked);
    NavigableMap<Integer, List<Fault>> faults = faults(tenant, orders, receivedAt, rates);
    if (!faults.isEmpty() && onError == OnError.REFUSE_ALL) {
      return new Ingestion.Refused(faults);
    }
    Ledger ledger = ledger(tenant);
    RowResult[] results = new RowResult[orders.size()];
    List<OrderVersion> versions = new ArrayList<>(orders.size());
    for (int row = 0; row < orders.size(); row++) {
      List<Fault> found = faults.get(row);
      if (found != null) {
        results[row] = new RowResult.Rejected(found);
      } else {
        Order order = orders.get(row);
        int day = ledger.dayOf(order.orderedAt());
        versions.add(
            OrderVersion.of(
                row, order, rates.into(ledger, order.currency(), day).orElseThrow(), ledger));
      }
    }
    if (versions.isEmpty()) {
      return new Ingestion.Done(List.of(results), new TreeSet<>());
    }
    return databases.inTransaction(
        tenant.id(),
        Jdbc.of(
            connection -> {
              new OrderBatch(connection, receivedAt, effect, results).store(versions);
              effect.write(connection, receivedAt);
              return new Ingestion.Done(List.of(results), effect.customers());
            }));
  }

  private static NavigableMap<Integer, List<Fault>> faults(
      Tenant tenant, List<Order> orders, Instant receivedAt, RateLookup rates) {
    OrderRules rules = new OrderRules(ledger(tenant), rates, receivedAt);
    NavigableMap<Integer, List<Fault>> faults = new TreeMap<>();
    for (int row = 0; row < orders.size(); row++) {
      List<Fault> found = rules.faults(orders.get(row));
      if (!found.isEmpty()) {
        faults.put(row, found);
      }
    }
    contradictions(orders).forEach(faults::putIfAbsent);
    return faults;
  }

  // The same order twice with different content and nothing that tells which is newer.
  private static Map<Integer, List<Fault>> contradictions(List<Order> orders) {
    record Version(Identity identity, Instant updatedAt) {}
    Map<Version, Integer> first = HashMap.newHashMap(orders.size());
    Map<Integer, List<Fault>> faults = new HashMap<>();
    for (int row = 0; row < orders.size(); row++) {
      Order order = orders.get(row);
      Instant updatedAt = order.updatedAt() == null ? Instant.MIN : order.updatedAt();
      Integer other =
          first.putIfAbsent(
              new Version(new Identity(order.source(), order.orderId()), updatedAt), row);
      if (other != null && !OrderVersion.sayTheSame(orders.get(other), order)) {
        List<Fault> fault =
            Collections.singletonList(
                new Fault(
                    "order_id",
                    "contradiction",
                    "the order is in the batch twice with different content; `updated_at` can tell"
                        + " the newer"));
        faults.put(other, fault);
        faults.put(row, fault);
      }
    }
    return faults;
  }

  // Rates come from another database: one question for a currency and day, and one answer.
  private static RateLookup askedOnce(RateLookup rates) {
    record Question(String currency, int day) {}
    Map<Question, Optional<BigDecimal>> answers = new HashMap<>();
    return (currency, day) ->
        answers.computeIfAbsent(new Question(currency, day), question -> rates.rate(currency, day));
  }

  static Ledger ledger(Tenant tenant) {
    return new Ledger(tenant.zone(), tenant.currency());
  }
}
