package ai.quimbi.server.http;

import ai.quimbi.core.access.ApiKey;
import ai.quimbi.core.access.ApiKey.TenantKey;
import ai.quimbi.core.access.Scope;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request to an [Annex]: as it was sent, and the way to answer it.
public final class Visit {
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Threshold threshold;
  private boolean hasReadBody;

  Visit(HttpServletRequest request, HttpServletResponse response, Threshold threshold) {
    this.request = request;
    this.response = response;
    this.threshold = threshold;
    response.setHeader("Cache-Control", "no-store");
  }

  public String requestId() {
    return Threshold.requestId(request);
  }

  public String method() {
    return request.getMethod();
  }

  /// The path as it was sent, percent-encoded.
  public String path() {
    return request.getRequestURI();
  }

  /// The query as it was sent, without `?`; empty where there is none.
  public String rawQuery() {
    String query = request.getQueryString();
    return query == null ? "" : query;
  }

  /// The decoded parameters; throws [ApiError] for what is no text.
  public Map<String, String> query() {
    return Query.parse(request.getQueryString());
  }

  public @Nullable String header(String name) {
    return request.getHeader(name);
  }

  /// The raw body; throws [ApiError] with `PAYLOAD_TOO_LARGE` before it holds more than that.
  public byte[] body(int maxBytes) throws IOException {
    byte[] body = RequestBody.raw(request, maxBytes);
    hasReadBody = true;
    return body;
  }

  /// The tree of a body, members that are `null` included; throws [ApiError] for anything that is
  /// not strict JSON.
  public static JsonNode json(byte[] body) {
    StrictJson.Read read = StrictJson.read(body, true);
    if (!read.faults().isEmpty()) {
      throw ApiError.invalid(read.faults());
    }
    return read.tree();
  }

  /// The tenant's key that the request carries, counted against its limit; throws [ApiError] where
  /// there is none or it lacks the scope.
  public TenantKey keyWith(Scope scope) {
    ApiKey key = threshold.admitted(request, response);
    if (key instanceof TenantKey tenantKey && tenantKey.may(scope)) {
      return tenantKey;
    }
    throw Threshold.lacks(scope);
  }

  public void answer(Answer answer) throws IOException {
    Responses.send(answer, request, response);
    if (!hasReadBody) {
      Responses.flush(response);
      RequestBody.drain(request);
    }
  }

  /// Begins a stream of server-sent events.
  public EventStream stream() throws IOException {
    return EventStream.begin(response);
  }
}
