package ai.quimbi.server.api.copilot;

import ai.quimbi.core.copilot.Subject;
import ai.quimbi.core.copilot.Tool;
import ai.quimbi.core.copilot.ToolFailure;
import ai.quimbi.core.copilot.ToolFailure.Code;
import ai.quimbi.core.copilot.ToolName;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Fault;
import ai.quimbi.server.http.Visit;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// Reads a tool's call from a body.
final class ToolRequests {
  private final ToolSchemas schemas;

  ToolRequests(ToolSchemas schemas) {
    this.schemas = schemas;
  }

  /// What a body turned out to be.
  sealed interface Read {
    record Call(Tool tool) implements Read {}

    record Refused(ToolFailure failure) implements Read {}
  }

  Read read(ToolName name, byte[] body) {
    try {
      return read(name, Visit.json(body));
    } catch (ApiError notJson) {
      return refused(notJson.sentence());
    }
  }

  Read read(ToolName name, JsonNode envelope) {
    List<Fault> faults = schemas.inputFaults(name, envelope);
    if (!faults.isEmpty()) {
      Fault first = faults.getFirst();
      String where = first.path().isEmpty() ? "the body" : first.path();
      return refused(where + ": " + first.message());
    }
    JsonNode params = envelope.path("params");
    Subject subject =
        new Subject(
            envelope.path("customerId").textValue(),
            params.path("ownerUserId").asText(Subject.PUBLIC),
            params.path("lenient").asBoolean());
    int period = params.path("periodDays").asInt(Tool.DEFAULT_PERIOD_DAYS);
    return new Read.Call(
        switch (name) {
          case GET_CUSTOMER_USAGE -> new Tool.GetCustomerUsage(subject, period);
          case GET_RECENT_TICKETS -> new Tool.GetRecentTickets(subject);
          case GET_CONTRACT_INFO -> new Tool.GetContractInfo(subject);
          case CALCULATE_HEALTH ->
              new Tool.CalculateHealth(subject, period, !params.path("include").isEmpty());
          case GENERATE_EMAIL -> new Tool.GenerateEmail(subject, period);
          case GENERATE_QBR_OUTLINE -> new Tool.GenerateQbrOutline(subject, period);
        });
  }

  private static Read refused(String message) {
    return new Read.Refused(new ToolFailure(Code.INVALID_INPUT, message));
  }
}
