package ai.quimbi.server.api.copilot;

import ai.quimbi.core.copilot.Contract;
import ai.quimbi.core.copilot.EmailDraft;
import ai.quimbi.core.copilot.Health;
import ai.quimbi.core.copilot.HealthWeights;
import ai.quimbi.core.copilot.QbrOutline;
import ai.quimbi.core.copilot.Tickets;
import ai.quimbi.core.copilot.Tool;
import ai.quimbi.core.copilot.Tool.CalculateHealth;
import ai.quimbi.core.copilot.ToolFailure;
import ai.quimbi.core.copilot.ToolOutcome;
import ai.quimbi.core.copilot.ToolResult;
import ai.quimbi.core.copilot.Usage;
import ai.quimbi.server.http.Wire;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Writes outcomes as the copilot's contract has them: `{"ok", "data", "error"}`.
final class ToolJson {
  private ToolJson() {}

  /// The envelope of what a tool's call came to.
  static ObjectNode envelope(Tool tool, ToolOutcome outcome, HealthWeights weights) {
    return switch (outcome) {
      case ToolFailure failure -> envelope(failure);
      case ToolOutcome.Incomplete incomplete -> {
        ObjectNode data = data(tool, incomplete.result(), weights);
        data.put("missingData", true);
        yield success(data);
      }
      case ToolResult result -> success(data(tool, result, weights));
    };
  }

  static ObjectNode envelope(ToolFailure failure) {
    ObjectNode envelope = Wire.JSON.createObjectNode().put("ok", false).putNull("data");
    envelope
        .putObject("error")
        .put("code", failure.code().name())
        .put("message", failure.message());
    return envelope;
  }

  static ObjectNode success(ObjectNode data) {
    ObjectNode envelope = Wire.JSON.createObjectNode().put("ok", true);
    envelope.set("data", data);
    return envelope.putNull("error");
  }

  static ObjectNode data(@Nullable Tool tool, ToolResult result, HealthWeights weights) {
    ObjectNode data = Wire.JSON.createObjectNode();
    switch (result) {
      case Usage usage -> {
        data.put("trend", usage.trend().label()).put("avgDailyUsers", usage.avgDailyUsers());
        ArrayNode sparkline = data.putArray("sparkline");
        usage.sparkline().forEach(sparkline::add);
      }
      case Tickets tickets -> {
        data.put("openTickets", tickets.openTickets());
        ArrayNode recent = data.putArray("recentTickets");
        tickets
            .recentTickets()
            .forEach(
                one ->
                    recent.addObject().put("id", one.id()).put("severity", one.severity().label()));
      }
      case Contract contract ->
          data.put("renewalDate", contract.renewal().told()).put("arr", contract.arr());
      case Health health -> {
        data.put("score", health.score()).put("riskLevel", health.risk().label());
        ArrayNode signals = data.putArray("signals");
        health.signals().forEach(signals::add);
        if (tool instanceof CalculateHealth asked && asked.isExplained()) {
          explain(data, health, weights);
        }
      }
      case EmailDraft email -> data.put("subject", email.subject()).put("body", email.body());
      case QbrOutline outline -> {
        ArrayNode sections = data.putArray("sections");
        outline.sections().forEach(sections::add);
      }
    }
    return data;
  }

  private static void explain(ObjectNode data, Health health, HealthWeights weights) {
    ArrayNode components = data.putArray("components");
    for (Health.Component part : health.components()) {
      components
          .addObject()
          .put("name", part.name())
          .put("score", part.score())
          .put("weight", decimal(part.weight()));
    }
    data.put("weightsVersion", weights.version());
  }

  static BigDecimal decimal(int tenThousandths) {
    return BigDecimal.valueOf(tenThousandths, 4).stripTrailingZeros();
  }
}
