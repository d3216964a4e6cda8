package ai.quimbi.client;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Looks after all bodies that are under way, a few times a second as long as there are any. So a
/// deadline may be kept up to one round late.
final class Watchman {
  private static final Executor ROUND =
      CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);
  private static final Set<TimedBody> BODIES = ConcurrentHashMap.newKeySet();
  private static final AtomicBoolean ON_HIS_WAY = new AtomicBoolean();

  private Watchman() {}

  static void watch(TimedBody body) {
    BODIES.add(body);
    go();
  }

  static void forget(TimedBody body) {
    BODIES.remove(body);
  }

  private static void go() {
    if (ON_HIS_WAY.compareAndSet(false, true)) {
      ROUND.execute(Watchman::round);
    }
  }

  private static void round() {
    ON_HIS_WAY.set(false);
    long now = System.nanoTime();
    BODIES.forEach(body -> body.look(now));
    // A body that came after the look has seen to it itself, or finds him gone again.
    if (!BODIES.isEmpty()) {
      go();
    }
  }
}
