package ai.quimbi.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What whoever runs the server sees: health, metrics, the contract, stopping.
class OperationTest {
  @Test
  void health_tells_living_from_ready() {
    try (TestDoor door = new TestDoor(new SampleRoutes().all())) {
      assertEquals("{\"status\":\"alive\"}", text(door.get("-", "/health/live")));
      assertEquals("{\"status\":\"ready\"}", text(door.get("-", "/health/ready")));
      door.ready.set(false);
      HttpResponse<byte[]> waiting = door.get("-", "/health/ready");
      TestDoor.CHECK.check("GET", "/health/ready", waiting);
      assertEquals(503, waiting.statusCode());
      assertEquals("1", waiting.headers().firstValue("Retry-After").orElse("none"));
      assertEquals(200, door.get("-", "/health/live").statusCode());
    }
  }

  @Test
  void metrics_count_requests_by_route_and_status_and_never_name_a_customer() {
    try (TestDoor door = new TestDoor(new SampleRoutes().all())) {
      door.get(TestDoor.FULL, "/api/customers/jane%40example.com");
      door.get(TestDoor.FULL, "/api/customers/boom");
      door.get(TestDoor.FULL, "/api/nothing/jane");

      HttpResponse<byte[]> metrics = door.get(TestDoor.ADMIN, "/metrics");

      assertEquals(200, metrics.statusCode());
      assertTrue(metrics.headers().firstValue("Content-Type").orElse("").startsWith("text/plain"));
      String text = text(metrics);
      String counted = "quimbi_http_requests_seconds_count{method=\"GET\",route=";
      assertTrue(
          text.contains(counted + "\"/api/customers/{customer_id}\",status=\"200\"} 1"), text);
      assertTrue(text.contains(counted + "\"/api/customers/{customer_id}\",status=\"500\"} 1"));
      assertTrue(text.contains(counted + "\"(none)\",status=\"404\"} 1"));
      assertTrue(text.contains("quimbi_http_requests_seconds_bucket"));
      assertFalse(text.contains("jane"));
    }
  }

  @Test
  void the_port_of_the_administration_shows_metrics_without_a_key() {
    DoorSettings settings = DoorSettings.on("127.0.0.1", 0).withAdminPort("127.0.0.1", 0);
    try (TestDoor door = new TestDoor(settings, new SampleRoutes().all(), null, null)) {
      URI admin = URI.create("http://127.0.0.1:" + door.door.adminPort() + "/metrics");
      assertEquals(200, door.send(HttpRequest.newBuilder(admin)).statusCode());
      assertEquals(401, door.send(door.request("/metrics")).statusCode());
      assertEquals(
          401,
          door.send(HttpRequest.newBuilder(admin.resolve("/api/admin/tenants"))).statusCode(),
          "everything else needs its key there, too");
    }
  }

  @Test
  void the_contract_is_served_as_it_is() throws Exception {
    try (TestDoor door = new TestDoor(new SampleRoutes().all())) {
      JsonNode served = Wire.JSON.readTree(door.get("-", "/openapi.json").body());
      assertEquals("3.1.0", served.path("openapi").asText());
      assertEquals(TestDoor.CONTRACT.document().size(), served.size());
      TestDoor.CHECK.checkRoutes(new SampleRoutes().all());
    }
  }

  @Test
  void a_stop_lets_requests_in_flight_finish() throws Exception {
    SampleRoutes routes = new SampleRoutes();
    try (TestDoor door = new TestDoor(routes.all())) {
      CompletableFuture<HttpResponse<byte[]>> slow =
          CompletableFuture.supplyAsync(() -> door.get(TestDoor.FULL, "/api/customers/slow"));
      assertTrue(routes.started.await(5, TimeUnit.SECONDS));

      URI live = door.uri("/health/live");
      long start = System.nanoTime();
      door.door.close();
      long millis = (System.nanoTime() - start) / 1_000_000;

      assertEquals(200, slow.get(5, TimeUnit.SECONDS).statusCode());
      assertTrue(millis < 4000, "stopping took " + millis + " ms");
      assertThrows(IllegalStateException.class, () -> door.send(HttpRequest.newBuilder(live)));
    }
  }

  @Test
  void a_door_does_not_open_to_a_route_whose_schema_is_unknown() {
    Route route = Route.post("/api/x", Access.ADMIN, Body.json("Nothing"), call -> Answer.ok(1));
    assertThrows(IllegalArgumentException.class, () -> new TestDoor(List.of(route)));
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
