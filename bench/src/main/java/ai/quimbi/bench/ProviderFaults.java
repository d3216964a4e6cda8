package ai.quimbi.bench;

import ai.quimbi.core.access.ApiKey.Mode;
import ai.quimbi.core.access.Quota;
import ai.quimbi.core.access.Scope;
import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.app.Installation;
import ai.quimbi.server.app.Platform;
import ai.quimbi.server.app.Settings;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.Keys;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// How long after the deadline a message is there while the provider does its worst: over HTTP, the
/// whole way. Every answer must be 200 and the composer's.
final class ProviderFaults {
  private static final int DEADLINE_MILLIS = 1000;
  private static final int TRIES = 3;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String ASKED =
      "{\"goal\":\"resolve_support_issue\",\"conversation\":[{\"from\":\"customer\","
          + "\"content\":\"Where is my order?\"}]}";

  private enum Fault {
    HANGS,
    HANGS_IN_BODY,
    DRIPS,
    LIMITS_429_BRIEFLY,
    LIMITS_429_FOR_LONG,
    FAILS_500,
    REJECTS_KEY,
    TRUNCATES_JSON,
    TEN_MEGABYTES,
    HTML_PAGE,
    EMPTY_BODY,
    CUTS_CONNECTION,
    REDIRECTS,
    INVENTS
  }

  private ProviderFaults() {}

  private static volatile Fault fault = Fault.HANGS;

  static void run() throws Exception {
    HttpServer provider =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    provider.createContext("/", ProviderFaults::misbehave);
    provider.start();
    Path data = Files.createTempDirectory("quimbi-bench-faults");
    try (Installation installation =
        Installation.ofServer(
            Settings.read(Map.of("QUIMBI_DATA", data.toString())), "bench", nanos -> {})) {
      measure(installation.databases(), provider.getAddress().getPort());
    } finally {
      provider.stop(0);
    }
  }

  private static void measure(Databases databases, int provider) throws Exception {
    Instant now = Instant.now();
    Quota quota = new Quota(100_000_000, 1_000_000_000);
    Tenant tenant =
        new Tenant("bench", "Bench", "retail", ZoneId.of("UTC"), Currency.getInstance("USD"));
    databases.tenants().create(tenant);
    Keys.Wish wish = new Keys.Wish("", EnumSet.allOf(Scope.class), Mode.TEST, quota, null);
    String key = secret(databases.keys().add(tenant.id(), wish, now));
    String admin = secret(databases.keys().addAdmin("bench", quota, null, now));
    try (Platform platform =
        Platform.open(
            databases,
            Settings.read(
                Map.of(
                    "QUIMBI_PORT",
                    "0",
                    "QUIMBI_NIGHTLY",
                    "false",
                    "QUIMBI_LLM_DEADLINE_MILLIS",
                    Integer.toString(DEADLINE_MILLIS),
                    "QUIMBI_LLM_TOKENS_PER_DAY",
                    "1000000000")),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            Instant::now)) {
      String url = "http://127.0.0.1:" + platform.port();
      for (int i = 0; i < 200; i++) {
        send("POST", url + "/api/generation/message", key, ASKED);
      }
      double worst = 0;
      Fault worstFault = Fault.HANGS;
      int model = 0;
      for (Fault one : Fault.values()) {
        fault = one;
        double longest = 0;
        for (String kind : List.of("anthropic", "openai", "ollama")) {
          for (int i = 0; i < TRIES; i++) {
            // Another model's name is another circuit breaker, closed as yet.
            configure(url, admin, kind, "bench-" + model++, provider);
            longest = Math.max(longest, millis(url, key));
          }
        }
        System.out.printf("  %-20s at most %.0f ms%n", one, longest);
        if (longest > worst) {
          worst = longest;
          worstFault = one;
        }
      }
      System.out.printf(
          "provider's faults, deadline %d ms, three providers: the latest answer after %.0f ms (%s),"
              + " all of them 200 and the composer's%n",
          DEADLINE_MILLIS, worst, worstFault);
    }
  }

  private static String secret(Keys.Addition addition) {
    return ((Keys.Addition.Added) addition).secret();
  }

  private static void configure(String url, String admin, String kind, String model, int port)
      throws IOException, InterruptedException {
    String base = "http://127.0.0.1:" + port + (kind.equals("ollama") ? "" : "/v1");
    HttpResponse<String> set =
        send(
            "PUT",
            url + "/api/admin/tenants/bench/language_model",
            admin,
            "{\"provider\":\"%s\",\"model\":\"%s\",\"api_key\":\"k\",\"base_url\":\"%s\"}"
                .formatted(kind, model, base));
    if (set.statusCode() != 200) {
      throw new IllegalStateException(set.body());
    }
  }

  private static double millis(String url, String key) throws IOException, InterruptedException {
    long from = System.nanoTime();
    HttpResponse<String> answer = send("POST", url + "/api/generation/message", key, ASKED);
    double took = (System.nanoTime() - from) / 1e6;
    String generator = new ObjectMapper().readTree(answer.body()).path("generator").asText();
    if (answer.statusCode() != 200 || !generator.equals("composer")) {
      throw new IllegalStateException(fault + ": " + answer.statusCode() + " " + answer.body());
    }
    return took;
  }

  private static HttpResponse<String> send(String method, String url, String key, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("X-API-Key", key)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static void misbehave(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      byte[] whole = reply(path).getBytes(StandardCharsets.UTF_8);
      switch (fault) {
        case HANGS -> TimeUnit.SECONDS.sleep(3);
        case HANGS_IN_BODY -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(whole, 0, 10);
          exchange.getResponseBody().flush();
          TimeUnit.SECONDS.sleep(3);
        }
        case DRIPS -> drip(exchange, whole);
        case LIMITS_429_BRIEFLY -> limit(exchange, "0");
        case LIMITS_429_FOR_LONG -> limit(exchange, "60");
        case FAILS_500 -> send(exchange, 500, "{}".getBytes(StandardCharsets.UTF_8));
        case REJECTS_KEY -> send(exchange, 401, "{}".getBytes(StandardCharsets.UTF_8));
        case TRUNCATES_JSON -> send(exchange, 200, Arrays.copyOf(whole, whole.length / 2));
        case TEN_MEGABYTES -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] spaces = " ".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
          for (int i = 0; i < 160; i++) {
            exchange.getResponseBody().write(spaces);
          }
        }
        case HTML_PAGE ->
            send(exchange, 200, "<html>Bad gateway</html>".getBytes(StandardCharsets.UTF_8));
        case EMPTY_BODY -> exchange.sendResponseHeaders(200, -1);
        case CUTS_CONNECTION -> {
          exchange.sendResponseHeaders(200, 5000);
          exchange.getResponseBody().write(whole, 0, 10);
        }
        case REDIRECTS -> {
          exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
          exchange.sendResponseHeaders(307, -1);
        }
        case INVENTS -> send(exchange, 200, whole);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void drip(HttpExchange exchange, byte[] whole)
      throws IOException, InterruptedException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    for (byte one : whole) {
      out.write(one);
      out.flush();
      TimeUnit.MILLISECONDS.sleep(30);
    }
  }

  private static void limit(HttpExchange exchange, String seconds) throws IOException {
    exchange.getResponseHeaders().set("Retry-After", seconds);
    send(exchange, 429, "{}".getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  // Promises what no fact supports, in each provider's own form.
  private static String reply(String path) {
    String text = "You get a full refund of $990 from us by Tuesday, I promise.";
    if (path.endsWith("/messages")) {
      return """
          {"id":"m","type":"message","role":"assistant","model":"x","stop_reason":"end_turn",
           "content":[{"type":"text","text":"%s"}],"usage":{"input_tokens":9,"output_tokens":9}}
          """
          .formatted(text);
    }
    if (path.endsWith("/chat/completions")) {
      return """
          {"id":"c","object":"chat.completion","created":1,"model":"x","choices":[{"index":0,
           "finish_reason":"stop","message":{"role":"assistant","content":"%s"}}]}
          """
          .formatted(text);
    }
    return """
        {"model":"x","created_at":"2026-03-15T00:00:00Z","done":true,"done_reason":"stop",
         "message":{"role":"assistant","content":"%s"}}
        """
        .formatted(text);
  }
}
