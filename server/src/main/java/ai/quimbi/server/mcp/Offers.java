package ai.quimbi.server.mcp;

import ai.quimbi.core.access.Scope;
import ai.quimbi.core.copilot.ToolName;
import ai.quimbi.server.api.copilot.ToolDesk;
import ai.quimbi.server.http.DirectDoor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/// All that is offered over MCP: the copilot's six tools and a choice from the table of routes.
public final class Offers {
  /// What an operation of `openapi.yaml` is called here, where a model chooses by the name.
  /// Operations that write data into the tenant are not on the list.
  private record Choice(String name, String operationId, boolean isReadOnly) {}

  private static final List<Choice> CHOICES =
      List.of(
          new Choice("analyze_customer", "analyze", true),
          new Choice("predict_churn", "predictChurn", true),
          new Choice("predict_ltv", "predictLtv", true),
          new Choice("write_message", "generateMessage", false),
          new Choice("recommend_actions", "recommendActions", false),
          new Choice("list_customers", "listCustomers", true),
          new Choice("get_customer", "getCustomer", true),
          new Choice("similar_customers", "similarCustomers", true),
          new Choice("customer_history", "customerHistory", true),
          new Choice("list_archetypes", "listArchetypes", true),
          new Choice("segment_stats", "segmentStats", true),
          new Choice("recommend_campaign", "recommendCampaign", true),
          new Choice("archetype_migration", "archetypeMigration", true),
          new Choice("list_segments", "listSegments", true),
          new Choice("my_position", "myPosition", true),
          new Choice("industry_benchmarks", "benchmarks", true),
          new Choice("company_overview", "overview", true),
          new Choice("revenue_forecast", "revenueForecast", true),
          new Choice("get_account", "getAccount", true),
          new Choice("account_health_history", "accountHealth", true),
          new Choice("ask_copilot", "plan", true));

  private final List<Offer> all;

  private Offers(List<Offer> all) {
    this.all = List.copyOf(all);
  }

  public static Offers of(DirectDoor door, JsonNode contract, ToolDesk desk) {
    List<Offer> all = new ArrayList<>();
    for (ToolName tool : ToolName.values()) {
      all.add(tool(tool, desk));
    }
    for (Choice choice : CHOICES) {
      Operation operation = Operation.find(contract, choice.operationId());
      all.add(operation.offer(choice.name(), choice.isReadOnly(), door));
    }
    return new Offers(all);
  }

  List<Offer> all() {
    return all;
  }

  private static Offer tool(ToolName tool, ToolDesk desk) {
    JsonNode published = desk.published(tool);
    return new Offer(
        tool.label(),
        tool.label().replace('_', ' '),
        tool.purpose(),
        Scope.TOOLS_INVOKE,
        true,
        undated(published.path("inputSchema")),
        undated(published.path("outputSchema")),
        (key, arguments) -> {
          ObjectNode envelope = desk.call(key.tenantId(), tool, arguments);
          return envelope.path("ok").asBoolean()
              ? new Offer.Result.Found(envelope.path("data"))
              : new Offer.Result.Failed(envelope);
        });
  }

  /// Without `$schema`: many clients know one dialect, refuse to compile what names another, and
  /// these schemas mean the same in all of them.
  private static JsonNode undated(JsonNode schema) {
    return ((ObjectNode) schema).deepCopy().without("$schema");
  }
}
