package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/// What a call through the SDK costs beside the same call by hand, interleaved, on a live server:
/// `QUIMBI_TEST_URL` and `QUIMBI_TEST_KEY` (a key whose limits are raised). A program, not a test.
final class Overhead {
  private static final String CUSTOMER = "test_customer_high_ltv";
  private static final int WARM_UP = 5000;

  private Overhead() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
    String url = System.getenv("QUIMBI_TEST_URL");
    String key = System.getenv("QUIMBI_TEST_KEY");
    QuimbiClient quimbi = QuimbiClient.builder().baseUrl(url).apiKey(key).build();
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    ObjectMapper mapper = new ObjectMapper();
    double[] hand = new double[rounds];
    double[] sdk = new double[rounds];
    for (int round = -WARM_UP; round < rounds; round++) {
      // Which one goes first alternates, so that neither profits from the other's warmth.
      for (boolean through : new boolean[] {round % 2 == 0, round % 2 != 0}) {
        long start = System.nanoTime();
        if (through) {
          quimbi.analyzeCustomer(CUSTOMER);
        } else {
          byHand(http, mapper, url, key);
        }
        if (round >= 0) {
          (through ? sdk : hand)[round] = (System.nanoTime() - start) / 1e6;
        }
      }
    }
    Arrays.sort(hand);
    Arrays.sort(sdk);
    double alone = hand[rounds / 2];
    double throughSdk = sdk[rounds / 2];
    System.out.printf(
        "by hand %.3f ms, SDK %.3f ms, ratio %.3f (medians of %d)%n",
        alone, throughSdk, throughSdk / alone, rounds);
  }

  private static JsonNode byHand(HttpClient http, ObjectMapper mapper, String url, String key)
      throws IOException, InterruptedException {
    byte[] body = mapper.writeValueAsBytes(Map.of("customer_id", CUSTOMER, "context", Map.of()));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/intelligence/analyze"))
            .timeout(Duration.ofSeconds(30))
            .header("X-API-Key", key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IllegalStateException("HTTP " + response.statusCode());
    }
    return mapper.readTree(response.body());
  }
}
