package ai.quimbi.server.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A provider on loopback that speaks Anthropic's, OpenAI's and Ollama's formats and misbehaves as
/// it is told.
public final class FakeProvider implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// A request as it arrived.
  public record Request(String path, String body, @Nullable String key) {}

  public final List<Request> requests = new CopyOnWriteArrayList<>();
  public volatile Misbehaviour misbehaviour = Misbehaviour.NONE;

  /// What it writes to a prompt while nothing else is told it.
  public volatile @Nullable UnaryOperator<String> script;

  volatile int failuresLeft = Integer.MAX_VALUE;
  volatile String retryAfter = "1";
  volatile boolean knowsSchemas = true;
  private final HttpServer server;

  public FakeProvider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  public ProviderSettings settings(ProviderSettings.Kind kind) {
    String root = "http://127.0.0.1:" + server.getAddress().getPort();
    return new ProviderSettings(
        kind,
        "fake-1",
        kind == ProviderSettings.Kind.OLLAMA ? root : root + "/v1",
        "sk-secret",
        new BigDecimal("3"),
        new BigDecimal("15"));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String key = exchange.getRequestHeaders().getFirst("x-api-key");
      requests.add(
          new Request(
              exchange.getRequestURI().getPath(),
              body,
              key != null ? key : exchange.getRequestHeaders().getFirst("Authorization")));
      boolean misbehaves = failuresLeft > 0;
      failuresLeft = Math.max(0, failuresLeft - 1);
      respond(exchange, body, misbehaves ? misbehaviour : Misbehaviour.NONE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void respond(HttpExchange exchange, String body, Misbehaviour how)
      throws IOException, InterruptedException {
    JsonNode request = JSON.readTree(body);
    if (!knowsSchemas && schema(request) != null) {
      send(exchange, 400, "{\"error\":{\"message\":\"no schemas here\"}}");
      return;
    }
    String whole = reply(exchange.getRequestURI().getPath(), request, how);
    switch (how) {
      case HANGS -> TimeUnit.SECONDS.sleep(20);
      case HANGS_IN_BODY -> {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(whole.substring(0, 20).getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        TimeUnit.SECONDS.sleep(20);
      }
      case DRIPS -> {
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        for (byte b : whole.getBytes(StandardCharsets.UTF_8)) {
          out.write(b);
          out.flush();
          TimeUnit.MILLISECONDS.sleep(50);
        }
      }
      case LIMITS_429 -> {
        exchange.getResponseHeaders().set("Retry-After", retryAfter);
        send(exchange, 429, "{\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow\"}}");
      }
      case FAILS_500 -> send(exchange, 500, "{\"error\":{\"message\":\"oops\"}}");
      case REJECTS_KEY -> send(exchange, 401, "{\"error\":{\"message\":\"no\"}}");
      case TRUNCATES_JSON -> send(exchange, 200, whole.substring(0, whole.length() / 2));
      case TEN_MEGABYTES -> {
        exchange.sendResponseHeaders(200, 0);
        byte[] chunk = " ".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 160; i++) {
          exchange.getResponseBody().write(chunk);
        }
      }
      case HTML_PAGE -> send(exchange, 200, "<html><body>Bad gateway</body></html>");
      case EMPTY_BODY -> send(exchange, 200, "");
      case CUTS_CONNECTION -> {
        exchange.sendResponseHeaders(200, 5000);
        exchange.getResponseBody().write(whole.getBytes(StandardCharsets.UTF_8), 0, 10);
        exchange.getResponseBody().flush();
      }
      case REDIRECTS -> {
        exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/elsewhere");
        exchange.sendResponseHeaders(307, -1);
      }
      default -> send(exchange, 200, whole);
    }
  }

  private String reply(String path, JsonNode request, Misbehaviour how) throws IOException {
    UnaryOperator<String> told = script;
    String text =
        told == null || how != Misbehaviour.NONE
            ? how.text(prompt(request), requests.size())
            : told.apply(prompt(request));
    JsonNode schema = schema(request);
    if (schema != null && how != Misbehaviour.REFUSES) {
      text = JSON.writeValueAsString(inItsForm(schema, text));
    }
    boolean isCut = how == Misbehaviour.STOPS_AT_LIMIT;
    ObjectNode reply = JSON.createObjectNode();
    if (path.endsWith("/messages")) {
      reply
          .put("id", "msg_1")
          .put("type", "message")
          .put("role", "assistant")
          .put("model", "fake-1");
      reply.putArray("content").addObject().put("type", "text").put("text", text);
      reply.put("stop_reason", isCut ? "max_tokens" : "end_turn");
      reply.putObject("usage").put("input_tokens", 100).put("output_tokens", 20);
    } else if (path.endsWith("/chat/completions")) {
      reply
          .put("id", "c1")
          .put("object", "chat.completion")
          .put("created", 1)
          .put("model", "fake-1");
      ObjectNode choice = reply.putArray("choices").addObject();
      choice.put("index", 0).put("finish_reason", isCut ? "length" : "stop");
      choice.putObject("message").put("role", "assistant").put("content", text);
      reply
          .putObject("usage")
          .put("prompt_tokens", 100)
          .put("completion_tokens", 20)
          .put("total_tokens", 120);
    } else {
      reply.put("model", "fake-1").put("created_at", "2026-11-21T00:00:00Z").put("done", true);
      reply.putObject("message").put("role", "assistant").put("content", text);
      reply.put("done_reason", isCut ? "length" : "stop");
      reply.put("prompt_eval_count", 100).put("eval_count", 20);
    }
    return JSON.writeValueAsString(reply);
  }

  /// The schema that the answer is to keep to, where each provider's format has it.
  static @Nullable JsonNode schema(JsonNode request) {
    for (String place :
        List.of("/output_config/format/schema", "/response_format/json_schema/schema", "/format")) {
      if (request.at(place).isObject()) {
        return request.at(place);
      }
    }
    return null;
  }

  /// In the form that the schema asks for.
  private static ObjectNode inItsForm(JsonNode schema, String text) {
    ObjectNode form = JSON.createObjectNode();
    if (schema.path("properties").has("choice")) {
      Stream.of(text.split(",", -1)).map(String::strip).forEach(form.withArray("choice")::add);
      return form;
    }
    return form.put("message", text);
  }

  private static String prompt(JsonNode request) {
    JsonNode messages = request.get("messages");
    JsonNode content = messages.get(messages.size() - 1).get("content");
    return content.isTextual() ? content.asText() : content.get(0).get("text").asText();
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
