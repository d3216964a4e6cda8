package ai.quimbi.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class GateTest {
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void who_waits_too_long_is_turned_away_with_a_time_to_come_back() {
    Gate gate = new Gate(1, 4, SHORT, nanos -> {});
    try (Gate.Pass _ = gate.enter("a")) {
      Overloaded refused = assertThrows(Overloaded.class, () -> gate.enter("a"));
      assertTrue(refused.retryAfter().toSeconds() >= 1);
    }
    gate.enter("a").close();
  }

  @Test
  void a_busy_tenant_does_not_keep_others_out() {
    Gate gate = new Gate(2, 4, SHORT, nanos -> {});
    try (Gate.Pass _ = gate.enter("busy");
        Gate.Pass _ = gate.enter("busy")) {
      assertThrows(Overloaded.class, () -> gate.enter("busy"));
      gate.enter("quiet").close();
    }
  }

  @Test
  void all_tenants_together_are_bounded_and_a_refusal_gives_everything_back() {
    Gate gate = new Gate(2, 2, SHORT, nanos -> {});
    try (Gate.Pass _ = gate.enter("a");
        Gate.Pass _ = gate.enter("b")) {
      for (int i = 0; i < 5; i++) {
        assertThrows(Overloaded.class, () -> gate.enter("c"));
      }
    }
    try (Gate.Pass _ = gate.enter("c");
        Gate.Pass _ = gate.enter("c")) {
      assertThrows(Overloaded.class, () -> gate.enter("a"));
    }
  }

  @Test
  void who_came_first_is_served_first() throws InterruptedException {
    Gate gate = new Gate(1, 1, LONG, nanos -> {});
    List<Integer> served = Collections.synchronizedList(new ArrayList<>());
    List<Thread> waiting = new ArrayList<>();
    try (Gate.Pass _ = gate.enter("a")) {
      for (int i = 0; i < 8; i++) {
        int place = i;
        Thread thread =
            Thread.ofPlatform()
                .start(
                    () -> {
                      try (Gate.Pass _ = gate.enter("a")) {
                        served.add(place);
                      }
                    });
        waiting.add(thread);
        while (thread.getState() != Thread.State.TIMED_WAITING) {
          Thread.sleep(1);
        }
      }
    }
    for (Thread thread : waiting) {
      thread.join();
    }
    assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), served);
  }

  @Test
  void the_time_spent_waiting_is_told_also_when_it_was_in_vain() {
    AtomicLong waited = new AtomicLong();
    Gate gate = new Gate(1, 1, SHORT, waited::addAndGet);
    try (Gate.Pass _ = gate.enter("a")) {
      assertThrows(Overloaded.class, () -> gate.enter("a"));
    }
    assertTrue(waited.get() >= SHORT.toNanos(), "was " + waited.get());
  }
}
