package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.http.Body;
import ai.quimbi.server.http.Contract;
import ai.quimbi.server.http.ContractCheck;
import ai.quimbi.server.http.Mutations;
import ai.quimbi.server.http.Route;
import ai.quimbi.server.store.TestDatabase;
import ai.quimbi.server.store.events.Customers;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The contract's own example of every body, spoilt in every way: a refusal with the envelope or a
/// right answer, never a failure of ours.
class SpoiltBodiesTest {
  private static final long SEED = 20260315;
  private static final int EACH = 120;
  private static final Contract CONTRACT = Contract.load();

  @TestFactory
  List<DynamicTest> no_spoilt_body_of_any_route_gives_a_5xx() {
    return Quimbi.platform().routes().stream()
        .filter(route -> route.body() instanceof Body.Json && route.path().startsWith("/api/"))
        .filter(route -> !route.path().startsWith("/api/admin/"))
        .filter(route -> !example(route).isMissingNode())
        .map(
            route ->
                DynamicTest.dynamicTest(
                    route.method() + " " + route.path(), () -> spoil(route)))
        .toList();
  }

  private static void spoil(Route route) {
    Customer quimbi = Quimbi.tenant();
    Random random = new Random(SEED);
    JsonNode example = example(route);
    String path = route.path().replaceAll("\\{[a-z_]+\\}", "cust_12345");
    ContractCheck check = new ContractCheck(CONTRACT);
    for (int i = 0; i < EACH; i++) {
      byte[] body = Mutations.of(example, random);

      HttpResponse<byte[]> response =
          quimbi
              .caller()
              .raw(route.method().name(), path, body, "Content-Type", "application/json");

      String where =
          "seed " + SEED + ", body " + i + " " + Base64.getEncoder().encodeToString(body);
      assertTrue(response.statusCode() < 500, response.statusCode() + " for " + where);
      if (response.statusCode() != 200) {
        check.check(route.method().name(), route.path(), response);
      }
    }
  }

  @Test
  void a_refused_batch_leaves_nothing() {
    Customer quimbi = Quimbi.tenant();
    Customers customers = new Customers(TestDatabase.databases());
    Random random = new Random(SEED);
    String path = "/api/data/ingest_orders";
    JsonNode example =
        Quimbi.json(
            """
            {"source": "s", "orders": [
              {"customer_id": "a", "order_id": "1", "order_date": "2026-01-01T10:00:00Z",
               "total_price": 10.00},
              {"customer_id": "b", "order_id": "2", "order_date": "2026-01-02T10:00:00Z",
               "total_price": 11.00}]}
            """);
    int refused = 0;
    for (int i = 0; i < EACH; i++) {
      long before = customers.counts(quimbi.tenant()).orders();
      HttpResponse<byte[]> response =
          quimbi
              .caller()
              .raw("POST", path, Mutations.of(example, random), "Content-Type", "application/json");
      if (response.statusCode() != 200) {
        refused++;
        assertEquals(before, customers.counts(quimbi.tenant()).orders());
      }
    }
    assertTrue(refused > EACH / 4, "only " + refused + " were refused");
  }

  private static JsonNode example(Route route) {
    JsonNode content =
        CONTRACT
            .document()
            .path("paths")
            .path(route.path())
            .path(route.method().name().toLowerCase(Locale.ROOT))
            .at("/requestBody/content/application~1json");
    JsonNode examples = content.path("examples");
    return examples.isEmpty()
        ? content.path("example")
        : examples.properties().iterator().next().getValue().path("value");
  }
}
