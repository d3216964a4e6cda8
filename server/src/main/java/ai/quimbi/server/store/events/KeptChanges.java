package ai.quimbi.server.store.events;

import ai.quimbi.core.customer.ProfileSum;
import ai.quimbi.core.customer.RatedOrder;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/// What one import has changed so far, customer by customer, in memory: at its end it adds that to
/// the profiles from before instead of reading their events again. Profiles carry the import's
/// `marker` for as long as this is all that has changed since; where it is not, or where there is
/// too much to keep, the events are read.
final class KeptChanges {
  /// Marks profiles whose changes nobody keeps.
  static final long NOBODY = 0;

  private static final SecureRandom RANDOM = new SecureRandom();
  // Meant to be ample for an order of a line or two beside everything else in the heap.
  private static final long BYTES_EACH = 2_000;
  private static final long MOST = 1_000_000;

  private final long marker = RANDOM.nextLong() | 1;
  private final long most = Math.min(MOST, Runtime.getRuntime().maxMemory() / BYTES_EACH);
  private final ReadWriteLock chunks = new ReentrantReadWriteLock();
  private final Map<String, List<Change>> byCustomer = new HashMap<>();
  private long size;
  private boolean isWhole = true;
  private boolean isComplete;

  /// An order that counts from now on or, where it is not `isAdded`, no longer.
  record Change(RatedOrder order, boolean isAdded) {
    private int weight() {
      return 1 + order.order().items().size() / 2;
    }
  }

  /// Whose mark profiles carry of which all changes are kept.
  synchronized long marker() {
    return isWhole ? marker : NOBODY;
  }

  /// Stores a chunk by these marks and keeps what it has changed. A chunk of which nobody knows
  /// whether it was stored leaves nothing to rely on, and one that comes after [#complete] is not
  /// kept.
  <T> T keeping(Function<StaleMarks, T> chunk) {
    chunks.readLock().lock();
    try {
      StaleMarks marks = new StaleMarks(this, isComplete ? NOBODY : marker());
      T stored = chunk.apply(marks);
      if (!isComplete) {
        keep(marks.changes());
      }
      return stored;
    } catch (RuntimeException e) {
      forget();
      throw e;
    } finally {
      chunks.readLock().unlock();
    }
  }

  /// Notes whom a chunk is about to mark and says whom one before it has met. Another import may
  /// have added up their profiles since: what is kept of them began before the profile they carry
  /// now. To be asked while nobody freshens profiles.
  synchronized Set<String> meet(Collection<String> customers) {
    Set<String> before = new HashSet<>();
    if (isWhole) {
      for (String customer : customers) {
        if (byCustomer.putIfAbsent(customer, new ArrayList<>(2)) != null) {
          before.add(customer);
        }
      }
    }
    return before;
  }

  private synchronized void keep(List<Change> changes) {
    if (!isWhole) {
      return;
    }
    for (Change change : changes) {
      String customer = change.order().order().customerId();
      byCustomer.computeIfAbsent(customer, id -> new ArrayList<>(2)).add(change);
      size += change.weight();
    }
    if (size > most) {
      forget();
    }
  }

  private synchronized void forget() {
    isWhole = false;
    byCustomer.clear();
  }

  /// Waits for the chunks on their way. Nothing is kept from here on.
  void complete() {
    chunks.writeLock().lock();
    try {
      isComplete = true;
    } finally {
      chunks.writeLock().unlock();
    }
  }

  /// Adds what has changed for the customer to a profile that carries the marker. Once it is
  /// complete, several threads may.
  void addTo(ProfileSum sum, String customerId) {
    for (Change change : byCustomer.getOrDefault(customerId, List.of())) {
      if (change.isAdded()) {
        sum.add(change.order());
      } else {
        sum.subtract(change.order());
      }
    }
  }
}
