package ai.quimbi.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OnceTest {
  private static final String ORDERS = "/api/data/ingest_orders";

  @Test
  void a_repetition_gets_the_first_answer_and_does_nothing() {
    SampleRoutes routes = new SampleRoutes();
    try (TestDoor door = door(routes)) {
      String body = SampleRoutes.requestExample(ORDERS).toString();
      HttpResponse<byte[]> first = post(door, "key-1", body);
      HttpResponse<byte[]> again = post(door, "key-1", body);

      assertEquals(text(first), text(again));
      assertEquals(200, again.statusCode());
      assertEquals("true", again.headers().firstValue("Idempotency-Replayed").orElse("no"));
      assertEquals("no", first.headers().firstValue("Idempotency-Replayed").orElse("no"));
      assertEquals(1, routes.reached.get());
      assertEquals(200, post(door, "key-2", body).statusCode());
      assertEquals(2, routes.reached.get());
    }
  }

  @Test
  void one_key_for_two_requests_is_a_mismatch() {
    SampleRoutes routes = new SampleRoutes();
    try (TestDoor door = door(routes)) {
      String body = SampleRoutes.requestExample(ORDERS).toString();
      assertEquals(200, post(door, "key-1", body).statusCode());

      HttpResponse<byte[]> other = post(door, "key-1", body.replace("shopify", "till"));

      JsonNode json = TestDoor.CHECK.check("POST", ORDERS, other);
      assertEquals("IDEMPOTENCY_MISMATCH", json.at("/error/code").asText());
      assertEquals(422, other.statusCode());
      assertEquals(1, routes.reached.get());
    }
  }

  @Test
  void a_key_in_use_is_a_conflict_and_a_failed_request_frees_it() {
    SampleRoutes routes = new SampleRoutes();
    MemoryReplies replies = new MemoryReplies();
    try (TestDoor door = door(routes, replies)) {
      String body = SampleRoutes.requestExample(ORDERS).toString();
      replies.kept.put("acme/busy", new byte[0]);
      HttpResponse<byte[]> busy = post(door, "busy", body);
      JsonNode json = TestDoor.CHECK.check("POST", ORDERS, busy);
      assertEquals("IDEMPOTENCY_IN_PROGRESS", json.at("/error/code").asText());
      assertEquals("1", busy.headers().firstValue("Retry-After").orElse("none"));

      assertEquals(422, post(door, "key-1", "{}").statusCode());
      assertEquals(200, post(door, "key-1", body).statusCode());
    }
  }

  @Test
  void a_key_has_1_to_255_visible_characters() {
    try (TestDoor door = door(new SampleRoutes())) {
      String body = SampleRoutes.requestExample(ORDERS).toString();
      assertEquals(200, post(door, "k".repeat(255), body).statusCode());
      for (String key : new String[] {"k".repeat(256), "a b", ""}) {
        HttpResponse<byte[]> refused = post(door, key, body);
        JsonNode json = TestDoor.CHECK.check("POST", ORDERS, refused);
        assertEquals("Idempotency-Key", json.at("/error/details/errors/0/path").asText());
      }
    }
  }

  private static TestDoor door(SampleRoutes routes) {
    return door(routes, new MemoryReplies());
  }

  private static TestDoor door(SampleRoutes routes, Replies replies) {
    return new TestDoor(DoorSettings.on("127.0.0.1", 0), routes.all(), null, replies);
  }

  private static HttpResponse<byte[]> post(TestDoor door, String key, String body) {
    return door.send(
        door.request(ORDERS)
            .header("X-API-Key", TestDoor.FULL)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body)));
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /// Replies in memory; an empty answer means that the request is still in progress.
  private static final class MemoryReplies implements Replies {
    final Map<String, byte[]> kept = new HashMap<>();
    final Map<String, byte[]> fingerprints = new HashMap<>();

    @Override
    public synchronized Earlier claim(String tenantId, String key, byte[] fingerprint) {
      String id = tenantId + "/" + key;
      byte[] json = kept.get(id);
      if (json == null) {
        kept.put(id, new byte[0]);
        fingerprints.put(id, fingerprint);
        return new Earlier.None();
      }
      if (json.length == 0) {
        return new Earlier.InProgress();
      }
      return Arrays.equals(fingerprint, fingerprints.get(id))
          ? new Earlier.Answered(json)
          : new Earlier.Different();
    }

    @Override
    public synchronized void keep(String tenantId, String key, byte[] answerJson) {
      kept.put(tenantId + "/" + key, answerJson);
    }

    @Override
    public synchronized void release(String tenantId, String key) {
      kept.remove(tenantId + "/" + key);
    }
  }
}
