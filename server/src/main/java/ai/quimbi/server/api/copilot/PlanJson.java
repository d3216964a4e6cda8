package ai.quimbi.server.api.copilot;

import ai.quimbi.core.copilot.Conclusion;
import ai.quimbi.core.copilot.EmailDraft;
import ai.quimbi.core.copilot.Health;
import ai.quimbi.core.copilot.HealthWeights;
import ai.quimbi.core.copilot.Plan;
import ai.quimbi.core.copilot.ToolFailure;
import ai.quimbi.core.copilot.ToolName;
import ai.quimbi.core.copilot.ToolOutcome;
import ai.quimbi.server.api.copilot.Planner.Used;
import ai.quimbi.server.http.Wire;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/// Writes plans and what comes of them. Members that say nothing are left out.
final class PlanJson {
  private PlanJson() {}

  static ObjectNode plan(Plan plan) {
    ObjectNode json = Wire.JSON.createObjectNode().put("intent", plan.intent().label());
    if (plan.customerId() != null) {
      json.put("customerId", plan.customerId());
    }
    ArrayNode phases = json.putArray("phases");
    for (Plan.Phase phase : plan.phases()) {
      ArrayNode tools = phases.addObject().put("name", phase.name()).putArray("tools");
      phase.tools().forEach(tool -> tools.add(tool.label()));
    }
    return json.put("planSource", plan.source().label());
  }

  static ObjectNode phase(Plan.Phase phase) {
    return Wire.JSON.createObjectNode().put("phase", phase.name());
  }

  static ObjectNode name(ToolName tool) {
    return Wire.JSON.createObjectNode().put("name", tool.label());
  }

  static ObjectNode complete(Used used, JsonNode data) {
    ObjectNode json = used(used);
    json.set("data", data);
    return json;
  }

  static ObjectNode used(Used used) {
    ObjectNode json =
        Wire.JSON.createObjectNode().put("name", used.name()).put("tookMs", used.tookMillis());
    if (used.outcome() instanceof ToolFailure failure) {
      json.put("error", failure.code().name());
    }
    return json;
  }

  /// What a tool adds to the final answer before the others are done.
  static Optional<ObjectNode> patch(ToolOutcome outcome, JsonNode data) {
    String member =
        switch (outcome) {
          case Health _ -> "health";
          case EmailDraft _ -> "emailDraft";
          default -> null;
        };
    return member == null
        ? Optional.empty()
        : Optional.of(Wire.JSON.createObjectNode().<ObjectNode>set(member, data));
  }

  static ObjectNode conclusion(
      Plan plan, Conclusion conclusion, List<Used> used, List<String> authors) {
    ObjectNode json = Wire.JSON.createObjectNode().put("summary", conclusion.summary());
    if (conclusion.health() != null) {
      json.set("health", ToolJson.data(null, conclusion.health(), HealthWeights.DEFAULT));
    }
    conclusion.actions().forEach(json.putArray("actions")::add);
    if (conclusion.email() != null) {
      json.set("emailDraft", ToolJson.data(null, conclusion.email(), HealthWeights.DEFAULT));
    }
    ArrayNode tools = json.putArray("usedTools");
    used.forEach(one -> tools.add(used(one)));
    json.put("planSource", plan.source().label());
    ArrayNode log = json.putArray("decisionLog");
    plan.decisions().forEach(log::add);
    authors.forEach(log::add);
    conclusion.notes().forEach(json.putArray("notes")::add);
    return json;
  }
}
