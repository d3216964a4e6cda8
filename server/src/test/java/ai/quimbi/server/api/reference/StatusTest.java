package ai.quimbi.server.api.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import ai.quimbi.server.api.ModelShelf;
import ai.quimbi.server.http.Contract;
import ai.quimbi.server.store.DatabaseUnavailable;
import ai.quimbi.server.store.Overloaded;
import ai.quimbi.server.store.TestDatabase;
import ai.quimbi.server.store.Vitals;
import ai.quimbi.server.store.events.Models;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class StatusTest {
  private static final Instant START = Instant.parse("2026-03-15T12:00:00Z");

  private static Status status(Supplier<Vitals.Reading> vitals) {
    ModelShelf shelf = new ModelShelf(new Models(TestDatabase.databases()));
    return new Status(vitals, shelf, Contract.load(), true, START);
  }

  private static Vitals.Reading waiting(Duration longest) {
    return new Vitals.Reading("18.6", 7, 2, longest);
  }

  @Test
  void a_database_that_does_not_answer_is_told_of() {
    Status.Snapshot down =
        status(
                () -> {
                  throw new DatabaseUnavailable("control", new SQLException("gone"));
                })
            .now(START.plusSeconds(90));

    assertEquals("down", down.status());
    assertEquals("down", down.components().get(1).status());
    assertEquals("unknown", down.components().get(2).status());
    assertNull(down.jobs());
    assertEquals(90, down.uptimeSeconds());
  }

  @Test
  void a_busy_database_is_not_called_down() {
    Status.Snapshot busy =
        status(
                () -> {
                  throw new Overloaded("control");
                })
            .now(START);

    assertEquals("degraded", busy.status());
  }

  @Test
  void jobs_that_wait_longer_than_a_minute_degrade_the_server() {
    assertEquals("operational", status(() -> waiting(Duration.ofSeconds(60))).now(START).status());
    Status.Snapshot slow = status(() -> waiting(Duration.ofSeconds(61))).now(START);
    assertEquals("degraded", slow.status());
    assertEquals("degraded", slow.components().get(2).status());
    assertEquals(new Status.Jobs(7, 2, 61), slow.jobs());
  }

  @Test
  void strangers_who_ask_often_ask_the_database_once_in_five_seconds() {
    AtomicInteger asked = new AtomicInteger();
    Status status =
        status(
            () -> {
              asked.incrementAndGet();
              return waiting(Duration.ZERO);
            });
    for (int second = 0; second < 10; second++) {
      status.now(START.plusSeconds(second));
    }
    assertEquals(2, asked.get());
  }

  @Test
  void an_age_is_told_in_the_largest_unit_that_says_something() {
    assertEquals("119 s", StatusPage.age(119));
    assertEquals("2 min", StatusPage.age(120));
    assertEquals("119 min", StatusPage.age(7199));
    assertEquals("47 h", StatusPage.age(2 * 86400 - 1));
    assertEquals("2 days", StatusPage.age(2 * 86400));
  }
}
