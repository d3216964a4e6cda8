package ai.quimbi.server.store.events;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.RateLookup;
import ai.quimbi.server.store.Databases;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// Stores many orders: chunk by chunk, each chunk for good, and the touched profiles once at the
/// end.
///
/// A chunk marks its customers' profiles as stale in its own transaction. Readers add up stale
/// profiles from the orders, so nothing that is read is wrong at any moment; [#settle] stores them.
/// A killed import is resumed by running it again: what is stored already is a duplicate.
/// An object is for one import, or several after each other: it keeps what its chunks have changed.
public final class Imports {
  /// PostgreSQL works for each connection in one process: two of them keep two processors busy.
  static final int SIDE_BY_SIDE = 2;

  private final Databases databases;
  private final Orders orders;
  private final Map<String, KeptChanges> kept = new ConcurrentHashMap<>();

  public Imports(Databases databases) {
    this.databases = databases;
    this.orders = new Orders(databases);
  }

  /// Stores the good rows of one chunk; 5,000 to 20,000 rows are a good size. Call [#settle] after
  /// the last.
  public Ingestion.Done chunk(
      Tenant tenant, List<Order> rows, Instant receivedAt, RateLookup rates) {
    KeptChanges changes = kept.computeIfAbsent(tenant.id(), id -> new KeptChanges());
    Ingestion outcome =
        changes.keeping(
            marks -> orders.store(tenant, rows, receivedAt, OnError.CONTINUE, rates, marks));
    return switch (outcome) {
      case Ingestion.Done done -> done;
      case Ingestion.Refused refused ->
          throw new IllegalStateException("a chunk is never refused as a whole: " + refused);
    };
  }

  /// What a stored chunk came to.
  public record Chunk(List<Order> rows, Ingestion.Done outcome) {}

  // A chunk on its way into the store, and the orders that it tells of.
  private record Sent(Future<Chunk> outcome, Set<Identity> identities) {}

  /// Stores chunk after chunk and hands over in their order what each came to, while the caller's
  /// thread already reads the next. Two are stored side by side unless they tell of the same order:
  /// then the later one comes later. Call [#settle] then.
  public void chunks(
      Tenant tenant,
      Iterator<List<Order>> chunks,
      Instant receivedAt,
      RateLookup rates,
      Consumer<Chunk> stored) {
    try (ExecutorService storing =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory())) {
      Deque<Sent> under = new ArrayDeque<>();
      while (chunks.hasNext()) {
        List<Order> rows = chunks.next();
        Set<Identity> identities = identities(rows);
        while (under.size() == SIDE_BY_SIDE || areToldIn(under, identities)) {
          stored.accept(await(under.removeFirst().outcome()));
        }
        Future<Chunk> outcome =
            storing.submit(() -> new Chunk(rows, chunk(tenant, rows, receivedAt, rates)));
        under.add(new Sent(outcome, identities));
      }
      while (!under.isEmpty()) {
        stored.accept(await(under.removeFirst().outcome()));
      }
    }
  }

  private static Set<Identity> identities(List<Order> rows) {
    Set<Identity> identities = HashSet.newHashSet(rows.size());
    rows.forEach(order -> identities.add(new Identity(order.source(), order.orderId())));
    return identities;
  }

  private static boolean areToldIn(Deque<Sent> under, Set<Identity> identities) {
    return under.stream().anyMatch(sent -> !Collections.disjoint(sent.identities(), identities));
  }

  static <T> T await(Future<T> work) {
    try {
      return work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the import was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a chunk could not be stored", e);
    }
  }

  /// Adds up and stores all stale profiles, of this import and of those that were killed.
  /// `progress` hears how many are done. Returns how many there were.
  public long settle(Tenant tenant, Instant now, LongConsumer progress) {
    KeptChanges changes = kept.remove(tenant.id());
    return new Settling(databases, tenant, now, changes, progress).run();
  }
}
