package ai.quimbi.server.app;

import ai.quimbi.core.access.Signature;
import ai.quimbi.core.access.SigningSecret;
import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.ToolName;
import ai.quimbi.server.http.Contract;
import ai.quimbi.server.store.TestDatabase;
import ai.quimbi.server.store.copilot.Clients;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;

/// A copilot's client at the tests' platform, with a secret of its own. Every answer is held
/// against the contract's envelope.
record SignedCaller(String client, String secret) {
  private static final AtomicInteger CLIENTS = new AtomicInteger();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Contract CONTRACT = Contract.load();
  static final Set<String> ALL_TOOLS =
      Arrays.stream(ToolName.values()).map(ToolName::label).collect(Collectors.toSet());

  static Clients clients() {
    return new Clients(TestDatabase.databases().control(), TestDatabase.databases().vault());
  }

  static SignedCaller of(Tenant tenant) {
    return of(tenant, Set.of("public"), ALL_TOOLS, false, 1_000_000);
  }

  static SignedCaller of(
      Tenant tenant, Set<String> owners, Set<String> tools, boolean isV2Required, int perMinute) {
    String name = "client-" + CLIENTS.incrementAndGet();
    Clients.Wish wish = new Clients.Wish(name, tenant.id(), owners, tools, isV2Required, perMinute);
    return new SignedCaller(name, clients().add(wish, Quimbi.NOW).orElseThrow());
  }

  /// An answer with a status; what it says fits the contract.
  record Reply(int status, JsonNode json, HttpResponse<byte[]> raw) {
    JsonNode data() {
      return json.path("data");
    }

    String code() {
      return json.at("/error/code").asText();
    }
  }

  Reply call(String tool, String customerId, String params) {
    return post(
        "/tool/" + tool, "{\"customerId\": \"" + customerId + "\", \"params\": " + params + "}");
  }

  Reply post(String path, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return send("POST", path, bytes, headers(Quimbi.NOW, bytes));
  }

  Map<String, String> headers(Instant at, byte[] body) {
    String time = Long.toString(at.toEpochMilli());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Client", client);
    headers.put("X-Timestamp", time);
    headers.put("X-Signature", Signature.v1(SigningSecret.of(secret), time, client, body));
    return headers;
  }

  Map<String, String> v2Headers(String method, String path, String nonce, byte[] body) {
    String time = Long.toString(Quimbi.NOW.toEpochMilli());
    String canonical = Signature.canonical(method, path, "", client, time, nonce, body);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Client", client);
    headers.put("X-Timestamp", time);
    headers.put("X-Nonce", nonce);
    headers.put("X-Signature", Signature.v2(SigningSecret.of(secret), canonical));
    return headers;
  }

  static Reply send(
      String method, String path, byte @Nullable [] body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + Quimbi.platform().port() + path))
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    try {
      HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
      JsonNode json = Quimbi.json(new String(response.body(), StandardCharsets.UTF_8));
      if (path.startsWith("/tool/") && !path.startsWith("/tool/st")) {
        Assertions.assertEquals(List.of(), CONTRACT.faults("ToolEnvelope", json), path + json);
      }
      return new Reply(response.statusCode(), json, response);
    } catch (IOException e) {
      throw new IllegalStateException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(method + " " + path, e);
    }
  }

  /// Fails where the answer is another.
  static void expect(int status, String code, Reply reply) {
    Assertions.assertEquals(
        status + " " + code, reply.status() + " " + reply.code(), reply.json().toString());
  }
}
