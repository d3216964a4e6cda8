package ai.quimbi.server.api.copilot;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.ToolFailure;
import ai.quimbi.core.copilot.ToolFailure.Code;
import ai.quimbi.core.copilot.ToolName;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.api.copilot.SignedCallers.Caller;
import ai.quimbi.server.api.copilot.ToolRequests.Read;
import ai.quimbi.server.http.Annex;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Trace;
import ai.quimbi.server.http.Visit;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.store.copilot.Client;
import ai.quimbi.server.store.jobs.Job;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/tool/**` and `/tools`. Checks in the contract's order: size (413), method (405), signature
/// (401), limit (429), tool (404), body (400); whatever happens is answered with an envelope.
final class ToolDoor implements Annex {
  static final int MAX_BODY_BYTES = 1024 * 1024;
  private static final Logger LOG = LoggerFactory.getLogger(ToolDoor.class);
  private static final String TOOLS = "/tools";
  private static final String PREFIX = "/tool/";
  private static final String START = "/tool/start";
  private static final String STATUS = "/tool/status/";

  private final Tenancy tenancy;
  private final SignedCallers callers;
  private final ToolSchemas schemas;
  private final ToolRequests requests;
  private final Tools tools;
  private final ToolJobs jobs;

  ToolDoor(
      Tenancy tenancy, SignedCallers callers, ToolSchemas schemas, Tools tools, ToolJobs jobs) {
    this.tenancy = tenancy;
    this.callers = callers;
    this.schemas = schemas;
    this.requests = new ToolRequests(schemas);
    this.tools = tools;
    this.jobs = jobs;
  }

  @Override
  public boolean owns(String path) {
    return path.equals("/tool") || path.startsWith(PREFIX) || path.equals(TOOLS);
  }

  @Override
  public String nameOf(String path) {
    if (path.equals(TOOLS) || path.equals(START)) {
      return path;
    }
    return path.startsWith(STATUS) ? "/tool/status/{jobId}" : "/tool/{tool}";
  }

  @Override
  public void serve(Visit visit) throws IOException {
    visit.answer(answer(visit));
  }

  private Answer answer(Visit visit) {
    try {
      byte[] body = visit.body(MAX_BODY_BYTES);
      boolean isRead = visit.path().equals(TOOLS) || visit.path().startsWith(STATUS);
      String allowed = isRead ? "GET" : "POST";
      if (!isAllowed(visit.method(), allowed)) {
        return failure(405, invalid("Use " + allowed + " here.")).with("Allow", allowed);
      }
      return visit.path().equals(TOOLS) ? Answer.ok(schemas.published()) : call(visit, body);
    } catch (ApiError refusal) {
      return refused(refusal);
    } catch (IOException cut) {
      return failure(400, invalid("The request ended before its body was complete."));
    } catch (RuntimeException fault) {
      LOG.error("request {} failed\n{}", visit.requestId(), Trace.of(fault));
      return failure(500, new ToolFailure(Code.TOOL_FAILURE, "The tool failed; try again."));
    }
  }

  private static boolean isAllowed(String method, String allowed) {
    return method.equals(allowed) || (allowed.equals("GET") && method.equals("HEAD"));
  }

  private Answer call(Visit visit, byte[] body) {
    return switch (callers.of(visit, body)) {
      case Caller.Refused refused -> {
        Answer answer = failure(refused.failure().code().status(), refused.failure());
        yield refused.retryAfterSeconds() == 0
            ? answer
            : answer.with("Retry-After", Long.toString(refused.retryAfterSeconds()));
      }
      case Caller.Known known -> call(visit, body, known.client());
    };
  }

  private Answer call(Visit visit, byte[] body, Client client) {
    String path = visit.path();
    if (path.equals(START)) {
      return start(visit, body, client);
    }
    if (path.startsWith(STATUS)) {
      return jobs.find(client, path.substring(STATUS.length()))
          .map(job -> json(200, ToolJobs.shown(job)))
          .orElseGet(() -> failure(404, ToolFailure.missing("There is no such job.")));
    }
    Optional<ToolName> tool =
        path.startsWith(PREFIX) ? known(client, path.substring(PREFIX.length())) : Optional.empty();
    if (tool.isEmpty()) {
      return unknownTool();
    }
    return switch (requests.read(tool.get(), body)) {
      case Read.Refused refused -> failure(400, refused.failure());
      case Read.Call call -> {
        Tenant tenant = tenancy.ofId(client.tenantId());
        Tools.Ran ran = tools.run(tenant, client.owners(), call.tool());
        yield json(ran.status(), ran.envelope());
      }
    };
  }

  private Answer start(Visit visit, byte[] body, Client client) {
    JsonNode wish = Visit.json(body);
    if (!wish.isObject() || !wish.path("tool").isTextual()) {
      return failure(400, invalid("Send {\"tool\", \"customerId\", \"params\"}."));
    }
    Optional<ToolName> tool = known(client, wish.path("tool").textValue());
    if (tool.isEmpty()) {
      return unknownTool();
    }
    ObjectNode envelope = ((ObjectNode) wish).without("tool");
    return switch (requests.read(tool.get(), envelope)) {
      case Read.Refused refused -> failure(400, refused.failure());
      case Read.Call _ -> {
        // Checked before: a signed request has the header.
        String signature = String.valueOf(visit.header("X-Signature"));
        Job job = jobs.start(client, tool.get(), envelope, signature);
        String status = job.status().name().toLowerCase(Locale.ROOT);
        yield json(202, Wire.JSON.createObjectNode().put("jobId", job.id()).put("status", status));
      }
    };
  }

  private static Optional<ToolName> known(Client client, String name) {
    return ToolName.ofLabel(name).filter(tool -> client.tools().contains(tool.label()));
  }

  private static Answer unknownTool() {
    return failure(404, new ToolFailure(Code.UNKNOWN_TOOL, "There is no such tool; see /tools."));
  }

  /// What a refusal of the reading means here: too large, too slow, malformed.
  private static Answer refused(ApiError error) {
    int status = error.code().status();
    Answer answer =
        status >= 500
            ? failure(500, new ToolFailure(Code.TOOL_FAILURE, error.sentence()))
            : failure(status == 422 ? 400 : status, invalid(error.sentence()));
    for (Map.Entry<String, String> header : error.headers().entrySet()) {
      answer = answer.with(header.getKey(), header.getValue());
    }
    return answer;
  }

  @Override
  public byte[] refusal(int status) {
    ToolFailure failure =
        status >= 500
            ? new ToolFailure(Code.TOOL_FAILURE, "The server is stopping or overloaded.")
            : invalid("The request is not well-formed HTTP.");
    return ToolJson.envelope(failure).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ToolFailure invalid(String message) {
    return new ToolFailure(Code.INVALID_INPUT, message);
  }

  private static Answer failure(int status, ToolFailure failure) {
    return json(status, ToolJson.envelope(failure));
  }

  private static Answer json(int status, ObjectNode envelope) {
    return new Answer(status, envelope, "application/json", Map.of());
  }
}
