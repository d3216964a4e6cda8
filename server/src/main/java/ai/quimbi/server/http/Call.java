package ai.quimbi.server.http;

import ai.quimbi.core.access.ApiKey;
import ai.quimbi.core.access.ApiKey.TenantKey;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// One request, as far as a handler needs it. The body satisfies the route's schema; members that
/// were `null` in it are absent. The exception are the rows of a batch with `on_error=continue`
/// that are keys of `rowFaults`: they are not to be read, only answered for.
public record Call(
    String requestId,
    @Nullable ApiKey key,
    Map<String, String> path,
    Map<String, String> query,
    JsonNode body,
    Instant receivedAt,
    Instant deadline,
    @Nullable String idempotencyKey,
    SortedMap<Integer, List<Fault>> rowFaults) {

  public Call {
    path = Map.copyOf(path);
    query = Map.copyOf(query);
  }

  /// A call as a test of a handler makes it: no parameters, no body.
  public static Call of(ApiKey key, Instant receivedAt) {
    return new Call(
        "req_test",
        key,
        Map.of(),
        Map.of(),
        MissingNode.getInstance(),
        receivedAt,
        receivedAt.plusSeconds(30),
        null,
        Collections.emptySortedMap());
  }

  /// The tenant the key belongs to. Only routes that need a scope have one.
  public String tenantId() {
    return tenantKey().tenantId();
  }

  /// The tenant's key. Only routes that need a scope have one.
  public TenantKey tenantKey() {
    if (key instanceof TenantKey tenantKey) {
      return tenantKey;
    }
    throw new IllegalStateException("this route is not opened by a tenant's key");
  }

  /// The decoded value of `{name}` in the route's path.
  public String pathParameter(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route's path has no {" + name + "}");
    }
    return value;
  }

  /// The first value of a query parameter, `null` where it was not given.
  public @Nullable String queryParameter(String name) {
    return query.get(name);
  }

  /// A whole number from the query, `absent` where it was not given; outside the bounds is 422.
  public int queryNumber(String name, int min, int max, int absent) {
    String text = query.get(name);
    if (text == null) {
      return absent;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      // said below, in the same words
    }
    throw ApiError.invalid(
        "?" + name, "range", name + " must be a whole number from " + min + " to " + max + ".");
  }

  /// One of the given words from the query, `absent` where it was not given; another is 422.
  public String queryWord(String name, List<String> words, String absent) {
    String given = query.getOrDefault(name, absent);
    if (words.contains(given)) {
      return given;
    }
    throw ApiError.invalid(
        "?" + name, "enum", name + " must be one of " + String.join(", ", words) + ".");
  }

  /// How long the work may still take; zero or negative when it is too late.
  public Duration remaining(Instant now) {
    return Duration.between(now, deadline);
  }
}
