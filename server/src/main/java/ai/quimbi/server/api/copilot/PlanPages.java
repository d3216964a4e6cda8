package ai.quimbi.server.api.copilot;

import ai.quimbi.core.access.Scope;
import ai.quimbi.core.copilot.ToolFailure;
import ai.quimbi.core.copilot.ToolFailure.Code;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.api.copilot.Planner.Asker;
import ai.quimbi.server.api.copilot.SignedCallers.Caller;
import ai.quimbi.server.http.Annex;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.ErrorCode;
import ai.quimbi.server.http.EventStream;
import ai.quimbi.server.http.Visit;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.store.copilot.Client;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The planner over HTTP: as a stream of events, as one answer, and the token that lets a browser
/// open the stream.
final class PlanPages implements Annex {
  private static final String STREAM = "/api/copilot/stream";
  private static final String TOKEN = "/api/copilot/token";
  private static final int MAX_MESSAGE = 2_000;

  private final Planner planner;
  private final Tenancy tenancy;
  private final SignedCallers callers;
  private final Tokens tokens;
  private final InstantSource clock;

  PlanPages(
      Planner planner, Tenancy tenancy, SignedCallers callers, Tokens tokens, InstantSource clock) {
    this.planner = planner;
    this.tenancy = tenancy;
    this.callers = callers;
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public boolean owns(String path) {
    return path.equals(STREAM) || path.equals(TOKEN);
  }

  @Override
  public String nameOf(String path) {
    return path;
  }

  @Override
  public void serve(Visit visit) throws IOException {
    String allowed = visit.path().equals(STREAM) ? "GET" : "POST";
    if (!visit.method().equals(allowed)) {
      throw ApiError.of(ErrorCode.METHOD_NOT_ALLOWED, "This endpoint does not have this method.")
          .withHeader("Allow", allowed);
    }
    if (visit.path().equals(STREAM)) {
      stream(visit);
    } else {
      visit.answer(token(visit));
    }
  }

  /// `POST /api/copilot/plan`.
  Answer plan(Call call) {
    String message = call.body().path("message").asText();
    String selected = call.body().path("selectedCustomerId").textValue();
    Asker asker = new Asker(tenancy.of(call), null);
    return Answer.ok(planner.answer(asker, message, selected, (event, data) -> {}))
        .with("Cache-Control", "no-store");
  }

  private Answer token(Visit visit) throws IOException {
    byte[] body = visit.body(ToolDoor.MAX_BODY_BYTES);
    return switch (callers.of(visit, body)) {
      case Caller.Refused refused -> {
        ObjectNode envelope = ToolJson.envelope(refused.failure());
        int status = refused.failure().code().status();
        Answer answer = new Answer(status, envelope, "application/json", Map.of());
        yield refused.retryAfterSeconds() == 0
            ? answer
            : answer.with("Retry-After", Long.toString(refused.retryAfterSeconds()));
      }
      case Caller.Known known ->
          Answer.ok(
              Wire.JSON
                  .createObjectNode()
                  .put("token", Tokens.issue(known.client(), clock.instant()))
                  .put("expiresIn", Tokens.LIFE.toSeconds()));
    };
  }

  private void stream(Visit visit) throws IOException {
    Map<String, String> query = visit.query();
    Asker asker = asker(visit, query.get("token"));
    String message = query.getOrDefault("message", "");
    if (message.isBlank() || message.length() > MAX_MESSAGE) {
      throw ApiError.invalid(
          "?message", "length", "message must have 1 to " + MAX_MESSAGE + " characters.");
    }
    EventStream events = visit.stream();
    try {
      ObjectNode end =
          planner.answer(
              asker,
              message,
              query.get("selectedCustomerId"),
              (event, data) -> send(events, event, data));
      send(events, "final", end);
    } catch (UncheckedIOException callerIsGone) {
      // Nobody is left to be told.
    }
  }

  private static void send(EventStream events, String event, ObjectNode data) {
    try {
      events.send(event, data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Asker asker(Visit visit, @Nullable String token) {
    if (token == null) {
      String tenantId = visit.keyWith(Scope.TOOLS_INVOKE).tenantId();
      return new Asker(tenancy.ofId(tenantId), null);
    }
    Client client =
        tokens
            .clientOf(token, clock.instant())
            .orElseThrow(
                () ->
                    ApiError.of(
                        ErrorCode.INVALID_API_KEY,
                        "The token is wrong or too old. POST /api/copilot/token gives a new one."));
    return new Asker(tenancy.ofId(client.tenantId()), client.owners());
  }

  @Override
  public byte[] refusal(int status) {
    Code code = status >= 500 ? Code.TOOL_FAILURE : Code.INVALID_INPUT;
    ToolFailure failure = new ToolFailure(code, "The request is not well-formed HTTP.");
    return ToolJson.envelope(failure).toString().getBytes(StandardCharsets.UTF_8);
  }
}
