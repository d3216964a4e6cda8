package ai.quimbi.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A machine's clock that is set while calls are under way.
final class ClockJumpTest {
  /// What asks the machine for the time of day. A deadline, a pause and a cached answer's age are
  /// measured with `System.nanoTime`, which no setting of the clock moves.
  private static final List<String> TIME_OF_DAY =
      List.of("currentTimeMillis", "systemUTC", "systemDefaultZone", "java/util/Date");

  @Test
  void only_a_signature_knows_the_time_of_day() throws Exception {
    Set<String> asking = new TreeSet<>();
    Path classes =
        Path.of(
            Connection.class.getProtectionDomain().getCodeSource().getLocation().toURI().getPath());
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        String constants = Files.readString(file, StandardCharsets.ISO_8859_1);
        boolean isAsking = TIME_OF_DAY.stream().anyMatch(constants::contains);
        boolean isNow = constants.contains("java/time") && constants.contains("\u0003now");
        if (isAsking || isNow) {
          asking.add(file.getFileName().toString());
        }
      }
    }
    assertEquals(Set.of("CopilotTools$Builder.class", "Signature$Signed.class"), asking);
  }

  /// Says one time after the other, the last one for good.
  private static final class JumpingClock extends Clock {
    private final Queue<Instant> times;

    JumpingClock(Instant... times) {
      this.times = new ArrayDeque<>(List.of(times));
    }

    @Override
    public Instant instant() {
      return times.size() > 1 ? times.remove() : times.element();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void a_clock_that_jumps_between_attempts_ends_no_call_and_is_signed_as_it_stands()
      throws IOException {
    Instant noon = Instant.parse("2026-03-15T12:00:00Z");
    JumpingClock clock =
        new JumpingClock(noon, noon.plus(Duration.ofDays(365)), noon.minus(Duration.ofDays(365)));
    try (FaultyServer server = new FaultyServer()) {
      String busy = Examples.error("SERVICE_UNAVAILABLE");
      String data = "{\"ok\":true,\"data\":{\"score\":82},\"error\":null}";
      server.answers(503, busy).answers(503, busy).answers(200, data);
      CopilotTools tools =
          CopilotTools.builder()
              .baseUrl(server.url())
              .client("copilot-frontend", "demo-secret")
              .timeout(Duration.ofSeconds(10))
              .backoff(Duration.ofMillis(20))
              .clock(clock)
              .build();

      assertEquals(82, tools.health("acme-001").path("score").asInt());

      List<FaultyServer.Request> sent = server.requests();
      assertEquals(3, sent.size());
      assertEquals("1773576000000", sent.get(0).headers().get("x-timestamp"));
      assertEquals("1805112000000", sent.get(1).headers().get("x-timestamp"));
      assertEquals("1742040000000", sent.get(2).headers().get("x-timestamp"));
      assertNotEquals(
          sent.get(0).headers().get("x-signature"), sent.get(1).headers().get("x-signature"));
      assertTrue(sent.get(2).headers().containsKey("x-signature"));
    }
  }
}
