package ai.quimbi.bench;

import ai.quimbi.client.QuimbiClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// `./quimbi bench sdk [rounds]`: what a call through each client costs beside the same call by
/// hand, interleaved, on one server; and the size of what a page loads.
final class SdkBench {
  private static final String CUSTOMER = "test_customer_high_ltv";
  private static final int WARM_UP = 5000;

  private SdkBench() {}

  static void run(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000;
    Path data = Files.createTempDirectory("quimbi-bench");
    try (ChildServer server = ChildServer.start(data, "empty")) {
      System.out.print("Java: ");
      java("http://127.0.0.1:" + server.port(), server.key(), rounds);
      Path sdk = Path.of("sdk").toAbsolutePath();
      String count = Integer.toString(rounds);
      other(server, sdk.resolve("typescript"), "npm", "run", "-s", "build");
      System.out.print("TypeScript: ");
      other(server, sdk.resolve("typescript"), "node", "scripts/overhead.mjs", count);
      other(server, sdk.resolve("typescript"), "npm", "run", "-s", "size");
      System.out.println("Python:");
      other(server, sdk.resolve("python"), python(), "scripts/overhead.py", count);
    }
  }

  /// Debian's own, which has its httpx.
  private static String python() {
    return Files.exists(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
  }

  private static void other(ChildServer server, Path folder, String... command)
      throws IOException, InterruptedException {
    System.out.flush();
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
    builder.environment().put("QUIMBI_TEST_URL", "http://127.0.0.1:" + server.port());
    builder.environment().put("QUIMBI_TEST_KEY", server.key());
    builder.environment().put("PYTHONPATH", ".");
    if (builder.start().waitFor() != 0) {
      System.out.println("not measured: " + String.join(" ", command));
    }
  }

  private static void java(String url, String key, int rounds)
      throws IOException, InterruptedException {
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
    double alone = HttpBench.median(hand);
    double throughSdk = HttpBench.median(sdk);
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
