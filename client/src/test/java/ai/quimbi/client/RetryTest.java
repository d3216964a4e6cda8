package ai.quimbi.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RetryTest {
  private static final Retry RETRY = new Retry(3, Duration.ofSeconds(1));

  private static ApiException refused(int status, @Nullable Duration retryAfter) {
    return new ApiException(status, "CODE", "", MissingNode.getInstance(), "", retryAfter);
  }

  @Test
  void pauses_double_and_lie_between_half_and_the_whole() {
    Random chance = new Random(8);
    for (int round = 0; round < 1000; round++) {
      for (int attempt = 0; attempt < 3; attempt++) {
        long whole = 1000L << attempt;
        long pause =
            RETRY
                .pause(attempt, true, refused(503, null), chance.nextDouble())
                .orElseThrow()
                .toMillis();
        assertTrue(pause >= whole / 2 && pause <= whole, attempt + ": " + pause);
      }
    }
  }

  @Test
  void the_server_may_ask_for_more_patience_but_not_for_less() {
    assertEquals(
        Optional.of(Duration.ofSeconds(7)),
        RETRY.pause(0, true, refused(429, Duration.ofSeconds(7)), 0));
    assertEquals(
        Optional.of(Duration.ofMillis(500)), RETRY.pause(0, true, refused(429, Duration.ZERO), 0));
  }

  @Test
  void only_a_limit_lets_an_unrepeatable_call_go_again() {
    assertTrue(RETRY.pause(0, false, refused(429, null), 0).isPresent());
    assertTrue(RETRY.pause(0, false, refused(503, null), 0).isEmpty());
    assertTrue(
        RETRY.pause(0, false, new TransportException("cut", new IOException()), 0).isEmpty());
  }

  @Test
  void final_answers_are_final() {
    for (int status : new int[] {400, 401, 403, 404, 405, 409, 413, 415, 422, 501}) {
      assertTrue(RETRY.pause(0, true, refused(status, null), 0).isEmpty(), "status " + status);
    }
    assertTrue(RETRY.pause(3, true, refused(503, null), 0).isEmpty());
  }
}
