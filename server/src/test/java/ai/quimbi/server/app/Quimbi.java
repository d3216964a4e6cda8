package ai.quimbi.server.app;

import ai.quimbi.core.access.ApiKey.Mode;
import ai.quimbi.core.access.Quota;
import ai.quimbi.core.access.Scope;
import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.http.Contract;
import ai.quimbi.server.http.ContractCheck;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.store.Keys;
import ai.quimbi.server.store.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One running platform for all endpoint tests of a JVM, over the tests' PostgreSQL, at a fixed
/// moment. Every answer it gives is held against the contract.
final class Quimbi {
  /// A Sunday noon; tests tell their stories relative to it.
  static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");

  static final Quota PLENTY = new Quota(10_000_000, 100_000_000);

  private static final AtomicInteger TENANTS = new AtomicInteger();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ContractCheck CHECK = new ContractCheck(Contract.load());

  private Quimbi() {}

  private static final class Shared {
    static final Platform PLATFORM =
        Platform.open(
            TestDatabase.databases(),
            Settings.read(
                Map.of(
                    "QUIMBI_PORT",
                    "0",
                    "QUIMBI_FAILED_KEYS_PER_MINUTE",
                    "1000000",
                    "QUIMBI_BENCHMARK_RELEASES",
                    "false",
                    "QUIMBI_REFIT_AFTER_ORDERS",
                    "1000000000",
                    "QUIMBI_NIGHTLY",
                    "false")),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            () -> NOW);
    static final String ADMIN = adminKey();
  }

  static Platform platform() {
    return Shared.PLATFORM;
  }

  static String adminKey() {
    Keys.Addition added = TestDatabase.databases().keys().addAdmin("", PLENTY, null, NOW);
    return ((Keys.Addition.Added) added).secret();
  }

  /// An administrator's view of the server.
  static Caller admin() {
    return new Caller(Shared.ADMIN);
  }

  /// A caller whose key nobody gave out.
  static Caller stranger(@Nullable String key) {
    return new Caller(key);
  }

  /// A new tenant in UTC and US dollars, and a caller with all scopes.
  static Customer tenant() {
    return tenant("UTC", "USD");
  }

  static Customer tenant(String zone, String currency) {
    Tenant tenant =
        new Tenant(
            "e2e" + TENANTS.incrementAndGet(),
            "Test",
            "retail",
            ZoneId.of(zone),
            Currency.getInstance(currency));
    TestDatabase.databases().tenants().create(tenant);
    return new Customer(tenant, key(tenant.id(), EnumSet.allOf(Scope.class), PLENTY));
  }

  static Caller key(String tenantId, Set<Scope> scopes, Quota quota) {
    Keys.Addition added =
        TestDatabase.databases()
            .keys()
            .add(tenantId, new Keys.Wish("", scopes, Mode.TEST, quota, null), NOW);
    return new Caller(((Keys.Addition.Added) added).secret());
  }

  /// A tenant and a caller who may do everything there.
  record Customer(Tenant tenant, Caller caller) {
    Reply post(String path, String body) {
      return caller.send("POST", path, path, body);
    }

    Reply get(String template, String path) {
      return caller.send("GET", template, path, null);
    }
  }

  /// An answer that fits the contract.
  record Reply(int status, JsonNode json, HttpResponse<byte[]> raw) {
    String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }

    String code() {
      return json.at("/error/code").asText();
    }

    String text() {
      return new String(raw.body(), StandardCharsets.UTF_8);
    }
  }

  /// Somebody with a key, or without one.
  record Caller(@Nullable String key) {
    Reply post(String path, String body) {
      return send("POST", path, path, body);
    }

    Reply get(String template, String path) {
      return send("GET", template, path, null);
    }

    /// `template` is the path as the contract writes it.
    Reply send(
        String method, String template, String path, @Nullable String body, String... headers) {
      byte[] bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
      HttpResponse<byte[]> response = raw(method, path, bytes, headers);
      return new Reply(response.statusCode(), CHECK.check(method, template, response), response);
    }

    HttpResponse<byte[]> raw(
        String method, String path, byte @Nullable [] body, String... headers) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + Shared.PLATFORM.port() + path))
              .method(
                  method,
                  body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
      if (key != null) {
        request.header("X-API-Key", key);
      }
      if (body != null && !Arrays.asList(headers).contains("Content-Type")) {
        request.header("Content-Type", "application/json");
      }
      for (int i = 0; i < headers.length; i += 2) {
        request.header(headers[i], headers[i + 1]);
      }
      try {
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
      } catch (IOException e) {
        throw new IllegalStateException(method + " " + path, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(method + " " + path, e);
      }
    }
  }

  static JsonNode json(String text) {
    try {
      return Wire.JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
