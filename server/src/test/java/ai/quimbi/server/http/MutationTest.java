package ai.quimbi.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Spoilt bodies are refused with the envelope or rightly accepted; nothing reaches a handler that
/// was refused.
class MutationTest {
  private static final long SEED = 20261121;
  private static final int EACH = 300;

  @TestFactory
  List<DynamicTest> no_spoilt_body_gives_a_5xx() {
    return List.of(
            "/api/intelligence/analyze",
            "/api/intelligence/predict/churn",
            "/api/intelligence/predict/ltv",
            "/api/data/ingest_orders",
            "/api/data/ingest_interactions")
        .stream()
        .map(path -> DynamicTest.dynamicTest(path, () -> spoil(path)))
        .toList();
  }

  private static void spoil(String path) {
    SampleRoutes routes = new SampleRoutes();
    Random random = new Random(SEED);
    JsonNode request = SampleRoutes.requestExample(path);
    int accepted = 0;
    int refused = 0;
    try (TestDoor door = new TestDoor(routes.all())) {
      for (int i = 0; i < EACH; i++) {
        byte[] body = Mutations.of(request, random);
        int before = routes.reached.get();

        HttpResponse<byte[]> response =
            door.send(
                door.request(path)
                    .header("X-API-Key", TestDoor.FULL)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(body)));

        String where =
            "seed " + SEED + ", body " + i + " " + Base64.getEncoder().encodeToString(body);
        int status = response.statusCode();
        assertTrue(status == 200 || status == 422, status + " for " + where);
        if (status == 422) {
          TestDoor.CHECK.check("POST", path, response);
          assertEquals(before, routes.reached.get(), where);
          refused++;
        } else {
          accepted++;
        }
      }
    }
    assertTrue(refused > EACH / 2, "only " + refused + " of " + EACH + " were refused");
    assertTrue(accepted > 0, "none was accepted, not even with a member that nobody knows");
  }
}
