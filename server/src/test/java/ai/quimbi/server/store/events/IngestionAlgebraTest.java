package ai.quimbi.server.store.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Interaction;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.ProfileCodec;
import ai.quimbi.core.customer.ProfileSum;
import ai.quimbi.core.customer.RateLookup;
import ai.quimbi.core.customer.RatedOrder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// However the same events arrive, the stored profiles are the same bytes, and those of the sum of
/// the winning versions in memory.
class IngestionAlgebraTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final int CUSTOMERS = 4;

  private final Orders orders = new Orders(EventsDatabase.DATABASES);
  private final Interactions interactions = new Interactions(EventsDatabase.DATABASES);
  private final Customers customers = new Customers(EventsDatabase.DATABASES);
  private final Imports imports = new Imports(EventsDatabase.DATABASES);

  @Test
  void permuted_repeated_and_split_events_end_in_the_same_profiles() {
    for (int way = 0; way < 3; way++) {
      Tenant tenant = EventsDatabase.freshTenant();
      Map<String, String> expected = new TreeMap<>();
      for (int seed = 0; seed < 25; seed++) {
        RandomEvents events = new RandomEvents(seed);
        List<Order> told = events.orders(25, CUSTOMERS);
        List<Interaction> contacts = events.interactions(15, CUSTOMERS);
        expected.putAll(inMemory(Orders.ledger(tenant), told, contacts));
        tell(tenant, told, contacts, new Random(seed * 100L + way), way == 2);
      }
      assertEquals(expected, stored(tenant), "way " + way);
      assertEquals(expected, settled(tenant), "way " + way);
    }
  }

  private void tell(
      Tenant tenant,
      List<Order> told,
      List<Interaction> contacts,
      Random random,
      boolean imported) {
    List<Order> shuffled = new ArrayList<>(told);
    shuffled.addAll(told.subList(0, told.size() / 2));
    Collections.shuffle(shuffled, random);
    for (int from = 0; from < shuffled.size(); ) {
      int to = Math.min(shuffled.size(), from + 1 + random.nextInt(20));
      List<Order> batch = shuffled.subList(from, to);
      Ingestion.Done done =
          imported && random.nextBoolean()
              ? imports.chunk(tenant, batch, NOW, RateLookup.NONE)
              : done(orders.ingest(tenant, batch, NOW, OnError.REFUSE_ALL, RateLookup.NONE));
      assertEquals(batch.size(), done.ingested() + done.duplicates());
      from = to;
    }
    List<Interaction> twice = new ArrayList<>(contacts);
    twice.addAll(contacts);
    Collections.shuffle(twice, random);
    for (int from = 0; from < twice.size(); from += 7) {
      List<Interaction> batch = twice.subList(from, Math.min(twice.size(), from + 7));
      done(interactions.ingest(tenant, batch, NOW, OnError.REFUSE_ALL));
    }
  }

  private Map<String, String> settled(Tenant tenant) {
    imports.settle(tenant, NOW, done -> {});
    return stored(tenant);
  }

  static Ingestion.Done done(Ingestion ingestion) {
    return switch (ingestion) {
      case Ingestion.Done done -> done;
      case Ingestion.Refused refused -> throw new AssertionError(refused.of("orders").toString());
    };
  }

  private Map<String, String> stored(Tenant tenant) {
    Map<String, String> profiles = new TreeMap<>();
    customers.forEachProfile(
        tenant,
        (id, profile) -> profiles.put(id, HexFormat.of().formatHex(ProfileCodec.encode(profile))));
    return profiles;
  }

  private static Map<String, String> inMemory(
      Ledger ledger, List<Order> told, List<Interaction> contacts) {
    Map<String, Order> winners = new HashMap<>();
    for (Order order : told) {
      winners.merge(
          order.orderId(),
          order,
          (a, b) -> OrderVersion.BY_UPDATE.compare(a.updatedAt(), b.updatedAt()) > 0 ? a : b);
    }
    Map<String, ProfileSum> sums = new TreeMap<>();
    winners
        .values()
        .forEach(
            order ->
                sums.computeIfAbsent(order.customerId(), id -> new ProfileSum(ledger))
                    .add(new RatedOrder(order, BigDecimal.ONE)));
    contacts.forEach(
        contact ->
            sums.computeIfAbsent(contact.customerId(), id -> new ProfileSum(ledger)).add(contact));
    Map<String, String> profiles = new TreeMap<>();
    sums.forEach(
        (id, sum) ->
            profiles.put(id, HexFormat.of().formatHex(ProfileCodec.encode(sum.toProfile()))));
    return profiles;
  }
}
