package ai.quimbi.server.store.copilot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.Account;
import ai.quimbi.core.copilot.Evidence;
import ai.quimbi.core.copilot.Renewal;
import ai.quimbi.core.copilot.Severity;
import ai.quimbi.core.copilot.Ticket;
import ai.quimbi.core.copilot.UsageDay;
import ai.quimbi.core.customer.Interaction;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.TestDatabase;
import ai.quimbi.server.store.copilot.KnownAccounts.Need;
import ai.quimbi.server.store.events.Ingestion;
import ai.quimbi.server.store.events.Interactions;
import ai.quimbi.server.store.events.OnError;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// One store that keeps what it read says at every moment what one says that reads for the first
/// time, though every change is made by a third: another server of the same database.
class KeptEvidenceTest {
  private static final Instant NOON = Instant.parse("2026-03-15T12:00:00Z");
  private static final List<String> IDS = List.of("a", "b", "c");
  private static final List<String> OWNERS = List.of("public", "u-1");
  private static final List<Need> NEEDS =
      List.of(new Need(true, 30, true), new Need(true, 3, false), new Need(false, 30, true));

  private final Databases databases = TestDatabase.databases();
  private final Tenant tenant =
      new Tenant(
          TestDatabase.freshTenant(),
          "Test",
          "retail",
          ZoneId.of("UTC"),
          Currency.getInstance("USD"));
  private final Accounts keeping = new Accounts(databases);
  private final Accounts elsewhere = new Accounts(databases);
  private final AccountBatches batches = new AccountBatches(databases);
  private final Interactions interactions = new Interactions(databases);

  @Test
  void what_did_not_change_is_not_read_again() {
    elsewhere.put(tenant, account("a", "public", 1), NOON);
    Evidence first = keeping.evidence(tenant, "public", "a", NEEDS.getFirst()).orElseThrow();
    assertSame(first, keeping.evidence(tenant, "public", "a", NEEDS.getFirst()).orElseThrow());
  }

  @Test
  void whatever_changes_on_another_server_is_seen_by_the_next_look() {
    Random random = new Random(6);
    Set<Integer> kinds = new HashSet<>();
    Set<List<Optional<Evidence>>> states = new HashSet<>();
    for (int step = 0; step < 200; step++) {
      int kind = random.nextInt(8);
      change(kind, IDS.get(random.nextInt(IDS.size())), random);
      kinds.add(kind);
      List<Optional<Evidence>> told = all(new Accounts(databases));
      assertEquals(told, all(keeping), "step " + step + ", a change of kind " + kind);
      states.add(told);
    }
    assertEquals(8, kinds.size());
    assertTrue(states.size() > 100, states.size() + " different states");
  }

  @Test
  void a_contact_that_arrived_first_and_is_seen_last_is_seen() throws Exception {
    elsewhere.put(tenant, account("a", "public", 1), NOON);
    tell("a", 1, "open");
    tell("a", 2, "open");
    Need need = NEEDS.getLast();

    // Another server is in the middle of closing the first while the second is closed.
    Evidence between =
        databases.inTransaction(
            tenant.id(),
            handle -> {
              handle.execute(
                  """
                  UPDATE app.interactions
                     SET metadata = '{"status":"closed"}', arrival = nextval('app.arrival')
                   WHERE identity = 'id:1'
                  """);
              return besides(
                  () -> {
                    tell("a", 2, "closed");
                    return keeping.evidence(tenant, "public", "a", need).orElseThrow();
                  });
            });

    assertEquals(1, between.tickets().openTickets());
    assertEquals(
        0, keeping.evidence(tenant, "public", "a", need).orElseThrow().tickets().openTickets());
  }

  /// On a connection of its own.
  private static <T> T besides(Callable<T> work) throws Exception {
    try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
      return other.submit(work).get();
    }
  }

  private List<Optional<Evidence>> all(Accounts accounts) {
    List<Optional<Evidence>> all = new ArrayList<>();
    for (String id : IDS) {
      for (String owner : OWNERS) {
        for (Need need : NEEDS) {
          all.add(accounts.evidence(tenant, owner, id, need));
        }
      }
    }
    return all;
  }

  private void change(int kind, String id, Random random) {
    String owner = OWNERS.get(random.nextInt(OWNERS.size()));
    boolean isThere = elsewhere.find(tenant, id).isPresent();
    UsageDay day = new UsageDay(20_000 + random.nextInt(12), random.nextInt(90));
    switch (kind) {
      case 0 -> elsewhere.put(tenant, account(id, owner, random.nextInt(9)), NOON);
      case 1 -> elsewhere.putUsage(tenant, id, List.of(day));
      case 2 -> elsewhere.putTickets(tenant, id, List.of(ticket(random)));
      case 3 -> tell("support_ticket", id, random);
      case 4 -> tell("call", id, random);
      case 5 ->
          batches.accounts(
              tenant,
              List.of(account(id, owner, random.nextInt(9))),
              new AccountBatches.Columns(true, true, true),
              NOON);
      case 6 -> {
        if (isThere) {
          batches.usage(tenant, List.of(new AccountBatches.Of<>(id, day)));
          batches.tickets(tenant, List.of(new AccountBatches.Of<>(id, ticket(random))));
        }
      }
      default -> {
        // Told again as it was, an account is the same and yet not what was read of it.
        Optional<Account> before = elsewhere.find(tenant, id);
        elsewhere.delete(tenant, id);
        before.ifPresent(account -> elsewhere.put(tenant, account, NOON));
      }
    }
  }

  /// Few identities, so that contacts are told anew, change their type and move between customers.
  private void tell(String type, String id, Random random) {
    String status = random.nextBoolean() ? "open" : "closed";
    tell(type, id, random.nextInt(5), NOON.minusSeconds(random.nextInt(3)), status);
  }

  private void tell(String id, int contact, String status) {
    tell("support_ticket", id, contact, NOON, status);
  }

  private void tell(String type, String id, int number, Instant at, String status) {
    Interaction contact =
        new Interaction(
            "desk", "id:" + number, id, type, "email", at, "{\"status\":\"" + status + "\"}");
    Ingestion told = interactions.ingest(tenant, List.of(contact), NOON, OnError.REFUSE_ALL);
    assertTrue(told instanceof Ingestion.Done, told.toString());
  }

  private static Ticket ticket(Random random) {
    return new Ticket(
        "t" + random.nextInt(4), Severity.HIGH, random.nextBoolean(), NOON, null, "Broken");
  }

  private static Account account(String id, String owner, int arr) {
    return new Account(
        id,
        "Account " + id,
        owner,
        Renewal.read("2026-0" + (arr % 9 + 1) + "-01").orElseThrow(),
        BigDecimal.valueOf(arr * 1000L),
        "USD");
  }
}
