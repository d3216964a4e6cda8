package ai.quimbi.server.store.events;

import static ai.quimbi.server.store.events.Told.NOON;
import static ai.quimbi.server.store.events.Told.contact;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Interaction;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InteractionsTest {
  private static final Instant T1 = Instant.parse("2025-01-01T00:00:00Z");
  private static final Instant T2 = Instant.parse("2025-01-02T00:00:00Z");

  private final Tenant tenant = EventsDatabase.freshTenant();
  private final Interactions interactions = new Interactions(EventsDatabase.DATABASES);
  private final Customers customers = new Customers(EventsDatabase.DATABASES);

  @Test
  void an_interaction_sent_again_unchanged_is_a_duplicate_also_in_one_batch() {
    Ingestion.Done first =
        tell(T1, contact("id:1", "c1", "email_open"), contact("id:1", "c1", "email_open"));
    Ingestion.Done again = tell(T2, contact("id:1", "c1", "email_open"));

    assertEquals(1, first.ingested());
    assertEquals(1, first.duplicates());
    assertEquals(1, again.duplicates());
    assertEquals(1, contacts("c1"));
  }

  @Test
  void the_later_telling_counts_and_may_move_to_another_customer() {
    tell(T1, contact("id:1", "c1", "email_open"), contact("id:2", "c1", "email_open"));

    Ingestion.Done moved = tell(T2, contact("id:1", "c2", "support_ticket"));

    assertEquals(Set.of("c1", "c2"), moved.customersUpdated());
    assertEquals(1, contacts("c1"));
    assertEquals(
        "support_ticket",
        customers.profile(tenant, "c2").orElseThrow().contactDays().getFirst().type());
    assertEquals(2, customers.historyKnownAt(tenant, "c1", T1).interactions().size());
  }

  @Test
  void different_content_under_one_identity_in_one_batch_is_refused() {
    Ingestion refused =
        interactions.ingest(
            tenant,
            List.of(contact("id:1", "c1", "email_open"), contact("id:1", "c1", "support_ticket")),
            T1,
            OnError.REFUSE_ALL);

    assertEquals(2, assertInstanceOf(Ingestion.Refused.class, refused).faults().size());
    assertEquals(0, customers.counts(tenant).interactions());
  }

  @Test
  void a_moment_just_before_midnight_stays_on_its_day_when_it_is_taken_back() {
    Instant beforeMidnight = Instant.parse("2024-03-16T03:59:59.999999999Z");
    tell(
        T1,
        new Interaction("support", "id:1", "c1", "call", null, beforeMidnight),
        contact("id:2", "c1", "call"));

    tell(T2, new Interaction("support", "id:1", "c1", "call", null, NOON));

    assertEquals(
        customers.history(tenant, "c1").profile(Orders.ledger(tenant)),
        customers.profile(tenant, "c1").orElseThrow());
  }

  @Test
  void the_latest_come_first_with_what_was_told_of_them() {
    tell(
        T1,
        contact("id:1", "c1", "support_ticket"),
        new Interaction("s", "id:9", "c1", "call", null, NOON.plusSeconds(5), null));

    List<Interaction> latest = customers.latestInteractions(tenant, "c1", 10);

    assertEquals(List.of("id:9", "id:1"), latest.stream().map(Interaction::identity).toList());
    assertEquals("{\"n\":1}", latest.getLast().metadata());
  }

  private Ingestion.Done tell(Instant receivedAt, Interaction... told) {
    return IngestionAlgebraTest.done(
        interactions.ingest(tenant, List.of(told), receivedAt, OnError.REFUSE_ALL));
  }

  private int contacts(String customer) {
    return customers.profile(tenant, customer).orElseThrow().contactDays().stream()
        .mapToInt(day -> day.contacts())
        .sum();
  }
}
