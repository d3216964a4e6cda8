package ai.quimbi.server.llm;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);
  private final CircuitBreaker breaker = new CircuitBreaker(3, Duration.ofSeconds(30), now::get);

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void it_opens_after_failures_in_a_row_and_lets_one_request_try() {
    breaker.failed();
    breaker.failed();
    breaker.succeeded();
    breaker.failed();
    breaker.failed();
    assertTrue(breaker.mayTry());
    breaker.failed();
    assertFalse(breaker.mayTry());
    pass(Duration.ofSeconds(31));
    assertTrue(breaker.mayTry());
    assertFalse(breaker.mayTry(), "two requests were let through to try");
    breaker.failed();
    assertFalse(breaker.mayTry());
    pass(Duration.ofSeconds(31));
    assertTrue(breaker.mayTry());
    breaker.succeeded();
    assertTrue(breaker.mayTry());
  }

  @Test
  void it_rests_as_long_as_it_is_asked_to() {
    breaker.restFor(Duration.ofMinutes(2));
    pass(Duration.ofSeconds(119));
    assertFalse(breaker.mayTry());
    pass(Duration.ofSeconds(2));
    assertTrue(breaker.mayTry());
  }
}
