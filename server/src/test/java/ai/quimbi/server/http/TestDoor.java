package ai.quimbi.server.http;

import ai.quimbi.core.access.ApiKey;
import ai.quimbi.core.access.ApiKey.AdminKey;
import ai.quimbi.core.access.ApiKey.Mode;
import ai.quimbi.core.access.ApiKey.TenantKey;
import ai.quimbi.core.access.Quota;
import ai.quimbi.core.access.Scope;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A real door on a free port, with keys in memory, a clock that stands still, and a client.
final class TestDoor implements AutoCloseable {
  static final Contract CONTRACT = Contract.load();
  static final ContractCheck CHECK = new ContractCheck(CONTRACT);
  static final Quota PLENTY = new Quota(1_000_000, 10_000_000);

  static final String FULL = "qk_test_full";
  static final String NARROW = "qk_test_narrow";
  static final String ADMIN = "qk_admin_test";
  static final String EXPIRED = "qk_test_expired";
  static final String SMALL = "qk_test_small";

  final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:30Z"));
  final AtomicBoolean ready = new AtomicBoolean(true);
  final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final Map<String, ApiKey> keys = new HashMap<>();
  final Door door;
  private final HttpClient client = HttpClient.newHttpClient();

  TestDoor(List<Route> routes) {
    this(DoorSettings.on("127.0.0.1", 0), routes, null, null);
  }

  TestDoor(
      DoorSettings settings,
      List<Route> routes,
      @Nullable Limits limits,
      @Nullable Replies replies) {
    this(CONTRACT, settings, routes, limits, replies);
  }

  TestDoor(
      Contract contract,
      DoorSettings settings,
      List<Route> routes,
      @Nullable Limits limits,
      @Nullable Replies replies) {
    Set<Scope> all = EnumSet.allOf(Scope.class);
    put(FULL, new TenantKey("key_full", "acme", all, Mode.TEST, PLENTY, null));
    put(
        NARROW,
        new TenantKey("key_narrow", "acme", Set.of(Scope.TOOLS_INVOKE), Mode.TEST, PLENTY, null));
    put(SMALL, new TenantKey("key_small", "acme", all, Mode.TEST, Quota.DEFAULT, null));
    put(
        EXPIRED,
        new TenantKey(
            "key_old", "acme", all, Mode.TEST, PLENTY, Instant.parse("2026-11-21T12:00:30Z")));
    put(ADMIN, new AdminKey("key_admin", PLENTY, null));
    Backing backing =
        new Backing(
            contract,
            hash -> keys.get(HexFormat.of().formatHex(hash)),
            limits == null ? Limits.inMemory(now::get) : limits,
            thrown ->
                thrown instanceof UnsupportedOperationException
                    ? ApiError.of(ErrorCode.CUSTOMER_NOT_FOUND, "Customer not found")
                    : null,
            ready::get,
            metrics,
            replies,
            now::get);
    this.door = Door.open(settings, backing, routes);
  }

  void put(String secret, ApiKey key) {
    keys.put(HexFormat.of().formatHex(Authentication.sha256(secret)), key);
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + door.port() + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path));
  }

  HttpResponse<byte[]> get(String key, String path) {
    return send(request(path).header("X-API-Key", key));
  }

  HttpResponse<byte[]> post(String key, String path, String json) {
    return send(
        request(path)
            .header("X-API-Key", key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new IllegalStateException("the door did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
    door.close();
  }
}
