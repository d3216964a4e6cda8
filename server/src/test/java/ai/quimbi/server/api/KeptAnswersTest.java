package ai.quimbi.server.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.quimbi.core.access.ApiKey.Mode;
import ai.quimbi.core.access.ApiKey.TenantKey;
import ai.quimbi.core.access.Quota;
import ai.quimbi.core.access.Scope;
import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Order;
import ai.quimbi.core.customer.RateLookup;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.TestDatabase;
import ai.quimbi.server.store.events.Customers;
import ai.quimbi.server.store.events.Models;
import ai.quimbi.server.store.events.OnError;
import ai.quimbi.server.store.events.Orders;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeptAnswersTest {
  private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");

  private final Databases databases = TestDatabase.databases();
  private final Tenant tenant = databases.tenants().find(TestDatabase.freshTenant()).orElseThrow();
  private final Customers customers = new Customers(databases);
  private final Subjects subjects =
      new Subjects(
          new Tenancy(databases.tenants()),
          customers,
          new ModelShelf(new Models(databases)),
          new Rates(databases.rates()));
  private int worked;

  @Test
  void an_answer_is_worked_out_once_until_the_customer_changes() {
    KeptAnswers answers = new KeptAnswers(subjects, customers, 1_000_000);
    order("o1", "40.00");
    byte[] first = ask(answers, "sum");
    assertArrayEquals(first, ask(answers, "sum"));
    assertEquals(1, worked);

    ask(answers, "another question");
    assertEquals(2, worked);

    order("o2", "60.00");
    assertEquals("10000", new String(ask(answers, "sum"), StandardCharsets.UTF_8));
    assertEquals(3, worked);
  }

  @Test
  void without_room_each_is_worked_out_anew() {
    KeptAnswers answers = new KeptAnswers(subjects, customers, 0);
    order("o1", "40.00");
    ask(answers, "sum");
    ask(answers, "sum");
    assertEquals(2, worked);
  }

  private byte[] ask(KeptAnswers answers, String kind) {
    ObjectNode body = Wire.JSON.createObjectNode().put("customer_id", "c");
    TenantKey key =
        new TenantKey(
            "k", tenant.id(), Set.of(Scope.INTELLIGENCE_READ), Mode.TEST, new Quota(9, 9), null);
    Call call =
        new Call(
            "req_test",
            key,
            Map.of(),
            Map.of(),
            body,
            NOW,
            NOW.plusSeconds(30),
            null,
            Collections.emptySortedMap());
    return answers.of(
        call,
        kind,
        subject -> {
          worked++;
          return subject.profile().netMinor();
        });
  }

  private void order(String id, String total) {
    Order order =
        new Order(
            "shop",
            id,
            "c",
            NOW.minusSeconds(100_000),
            "USD",
            new BigDecimal(total),
            Order.Status.PAID,
            false,
            null,
            null,
            List.of(),
            null,
            List.of(),
            null);
    new Orders(databases).ingest(tenant, List.of(order), NOW, OnError.REFUSE_ALL, RateLookup.NONE);
  }
}
