package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.server.app.Quimbi.Caller;
import ai.quimbi.server.app.Quimbi.Customer;
import ai.quimbi.server.app.Quimbi.Reply;
import ai.quimbi.server.http.Access;
import ai.quimbi.server.http.Contract;
import ai.quimbi.server.http.ContractCheck;
import ai.quimbi.server.http.Method;
import ai.quimbi.server.http.Route;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What must hold for every route there is and every route there will be: these tests go through
/// the table.
class RoutesTest {
  private static final Contract CONTRACT = Contract.load();

  /// Answered by the door itself; the tests of http ask for them.
  private static final Set<String> OF_THE_DOOR =
      Set.of("/health/live", "/health/ready", "/metrics", "/openapi.json");

  @Test
  void the_table_and_the_contract_name_the_same_routes_and_scopes() {
    new ContractCheck(CONTRACT).checkRoutes(Quimbi.platform().routes());

    Set<String> inTable = new TreeSet<>();
    Quimbi.platform().routes().forEach(r -> inTable.add(r.method() + " " + r.path()));
    Set<String> inContract = new TreeSet<>();
    CONTRACT
        .document()
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation -> {
                          if (isMethod(operation.getKey())
                              && !OF_THE_DOOR.contains(path.getKey())
                              && !isOfAnAnnex(operation.getValue())) {
                            inContract.add(
                                operation.getKey().toUpperCase(java.util.Locale.ROOT)
                                    + " "
                                    + path.getKey());
                          }
                        }));
    assertEquals(inContract, inTable);
  }

  /// Annexes find out by themselves who calls; they have tests of their own.
  private static boolean isOfAnAnnex(JsonNode operation) {
    return operation.path("x-required-scope").asText().matches("signed|ticket")
        || operation.path("operationId").asText().equals("tools");
  }

  @Test
  void no_route_answers_without_a_key_or_with_a_key_of_the_wrong_kind() {
    Customer tenant = Quimbi.tenant();
    Caller powerless = Quimbi.key(tenant.tenant().id(), Set.of(), Quimbi.PLENTY);
    for (Route route : Quimbi.platform().routes()) {
      if (route.access() instanceof Access.Public) {
        continue;
      }
      String what = route.method() + " " + route.path();
      assertEquals("INVALID_API_KEY", call(Quimbi.stranger(null), route).code(), what);
      assertEquals("INVALID_API_KEY", call(Quimbi.stranger("qk_live_x"), route).code(), what);
      assertEquals("INSUFFICIENT_PERMISSIONS", call(powerless, route).code(), what);
      Caller otherKind =
          route.access() instanceof Access.NeedsScope ? Quimbi.admin() : tenant.caller();
      assertEquals("INSUFFICIENT_PERMISSIONS", call(otherKind, route).code(), what);
    }
  }

  @Test
  void another_tenants_customer_is_like_one_that_does_not_exist() {
    Customer ours = Quimbi.tenant();
    Customer theirs = Quimbi.tenant();
    ours.post("/api/data/ingest_orders", orderOf("secret_customer"));
    List<String> asked = new ArrayList<>();
    for (Route route : Quimbi.platform().routes()) {
      if (!(route.access() instanceof Access.NeedsScope) || !isAboutACustomer(route)) {
        continue;
      }
      asked.add(route.path());
      Reply real = ask(theirs.caller(), route, "secret_customer");
      Reply unreal = ask(theirs.caller(), route, "no_such_custome");

      assertEquals(404, real.status(), route.path());
      assertEquals(
          withoutNames(unreal.text(), "no_such_custome", unreal),
          withoutNames(real.text(), "secret_customer", real),
          route.path());
      assertEquals(200, ask(ours.caller(), route, "secret_customer").status(), route.path());
    }
    assertTrue(asked.contains("/api/intelligence/analyze"), asked.toString());
    assertTrue(asked.contains("/api/customers/{customer_id}"), asked.toString());
    String list = theirs.get("/api/customers", "/api/customers").text();
    assertFalse(list.contains("secret_customer"), list);
  }

  @Test
  void an_endpoint_that_does_not_exist_says_so() {
    Reply reply = Quimbi.tenant().get("/api/nothing", "/api/nothing/here");

    assertEquals(404, reply.status());
    assertEquals("ENDPOINT_NOT_FOUND", reply.code());
  }

  @Test
  void a_wrong_method_names_the_right_ones() {
    Reply reply = Quimbi.tenant().get("/api/intelligence/analyze", "/api/intelligence/analyze");

    assertEquals(405, reply.status());
    assertEquals("METHOD_NOT_ALLOWED", reply.code());
    assertTrue(reply.header("Allow").contains("POST"), reply.header("Allow"));
  }

  private static boolean isAboutACustomer(Route route) {
    if (route.path().contains("{customer_id}")) {
      // Accounts are told by themselves and not by orders; their own tests ask the same.
      return !route.path().startsWith("/api/accounts/");
    }
    // These are about many customers: their bodies name none or a list.
    boolean isAboutMany = route.path().endsWith("/batch") || route.path().endsWith("/recommend");
    return route.method() == Method.POST
        && route.path().startsWith("/api/intelligence/")
        && !isAboutMany;
  }

  private static Reply ask(Caller caller, Route route, String customerId) {
    String body =
        route.method() == Method.POST || route.method() == Method.PUT
            ? "{\"customer_id\":\"" + customerId + "\"}"
            : null;
    return caller.send(
        route.method().name(),
        route.path(),
        route.path().replace("{customer_id}", customerId),
        body);
  }

  private static Reply call(Caller caller, Route route) {
    String path = route.path().replaceAll("\\{[a-z_]+\\}", "x");
    String body = route.method() == Method.POST || route.method() == Method.PUT ? "{}" : null;
    return caller.send(route.method().name(), route.path(), path, body);
  }

  private static String withoutNames(String text, String customerId, Reply reply) {
    return text.replace(customerId, "ID").replace(reply.header("X-Request-Id"), "REQUEST");
  }

  private static boolean isMethod(String name) {
    return Set.of("get", "post", "put", "delete").contains(name);
  }

  private static String orderOf(String customerId) {
    return """
    {"source": "shop", "orders": [{"customer_id": "%s", "order_id": "o1",
      "order_date": "2026-01-02T10:00:00Z", "total_price": 10.00}]}
    """
        .formatted(customerId);
  }
}
