package ai.quimbi.server.store.events;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Tenant;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ModelsAndIdempotencyTest {
  private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");
  private static final byte[] ONE = {1};
  private static final byte[] TWO = {2};

  private final Tenant tenant = EventsDatabase.freshTenant();
  private final Models models = new Models(EventsDatabase.DATABASES);
  private final Idempotency idempotency =
      new Idempotency(EventsDatabase.DATABASES, Duration.ofSeconds(30));

  @Test
  void the_newest_model_of_a_kind_is_in_force() {
    assertTrue(models.latest(tenant, "forecast").isEmpty());
    assertEquals(0, models.latestVersion(tenant, "forecast"));
    models.save(tenant, "forecast", NOW, ONE, "{}");
    models.save(tenant, "axes", NOW, ONE, "{}");

    long version = models.save(tenant, "forecast", NOW.plusSeconds(1), TWO, "{\"mae\":1}");

    Models.Stored latest = models.latest(tenant, "forecast").orElseThrow();
    assertEquals(version, latest.version());
    assertEquals(version, models.latestVersion(tenant, "forecast"));
    assertArrayEquals(TWO, latest.content());
    assertEquals("{\"mae\":1}", latest.quality());
    assertEquals(2, models.list(tenant, "forecast", 10).size());
  }

  @Test
  void a_key_is_worked_on_once_and_answered_alike_ever_after() {
    assertInstanceOf(Idempotency.Claim.Yours.class, claim(ONE, NOW));
    assertInstanceOf(Idempotency.Claim.InProgress.class, claim(ONE, NOW.plusSeconds(5)));
    assertInstanceOf(Idempotency.Claim.Mismatch.class, claim(TWO, NOW.plusSeconds(5)));

    idempotency.complete(tenant, "k", 200, "{\"n\":1}");

    assertEquals(new Idempotency.Claim.Answered(200, "{\"n\":1}"), claim(ONE, NOW.plusSeconds(90)));
    assertInstanceOf(Idempotency.Claim.Mismatch.class, claim(TWO, NOW.plusSeconds(90)));
  }

  @Test
  void the_lease_of_a_dead_server_is_taken_over_once() {
    claim(ONE, NOW);

    assertInstanceOf(Idempotency.Claim.Yours.class, claim(ONE, NOW.plusSeconds(31)));
    assertInstanceOf(Idempotency.Claim.InProgress.class, claim(ONE, NOW.plusSeconds(32)));
  }

  @Test
  void an_abandoned_key_is_free_again_and_old_ones_are_forgotten() {
    claim(ONE, NOW);
    idempotency.abandon(tenant, "k");
    assertInstanceOf(Idempotency.Claim.Yours.class, claim(TWO, NOW));

    idempotency.complete(tenant, "k", 200, "{}");
    idempotency.abandon(tenant, "k");
    assertInstanceOf(Idempotency.Claim.Answered.class, claim(TWO, NOW));
    assertEquals(1, idempotency.forgetBefore(tenant, NOW.plusSeconds(1)));
    assertInstanceOf(Idempotency.Claim.Yours.class, claim(ONE, NOW));
  }

  private Idempotency.Claim claim(byte[] hash, Instant now) {
    return idempotency.claim(tenant, "k", hash, now);
  }
}
