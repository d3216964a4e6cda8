package ai.quimbi.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContractTest {
  private static final Contract CONTRACT = TestDoor.CONTRACT;
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");

  @Test
  void every_operation_has_a_scope_a_name_and_a_sentence() {
    Set<String> names = new HashSet<>();
    Set<String> scopes =
        Set.of(
            "none",
            "admin",
            "intelligence:read",
            "generation:write",
            "data:write",
            "insights:read",
            "tools:invoke",
            "signed",
            "ticket");
    for (Operation operation : operations()) {
      JsonNode node = operation.node();
      assertTrue(scopes.contains(node.path("x-required-scope").asText()), operation.name());
      assertTrue(names.add(node.path("operationId").asText()), operation.name());
      assertFalse(node.path("summary").asText().isEmpty(), operation.name());
      JsonNode responses = node.path("responses");
      assertTrue(responses.has("200") || responses.has("202"), operation.name());
    }
  }

  @Test
  void every_operation_under_api_documents_the_refusals_it_can_give() {
    for (Operation operation : operations()) {
      if (operation.path().startsWith("/api/")) {
        List<String> statuses = new ArrayList<>(List.of("401", "429", "500", "503"));
        if (!operation.node().path("x-required-scope").asText().equals("signed")) {
          statuses.add("403");
        }
        if (operation.node().has("requestBody")) {
          statuses.addAll(List.of("413", "415", "422"));
        }
        for (String status : statuses) {
          assertTrue(
              operation.node().path("responses").has(status), operation.name() + " " + status);
        }
      }
    }
  }

  @Test
  void every_reference_leads_somewhere() {
    List<String> dead = new ArrayList<>();
    for (JsonNode ref : CONTRACT.document().findValues("$ref")) {
      if (CONTRACT.document().at(ref.asText().substring(1)).isMissingNode()) {
        dead.add(ref.asText());
      }
    }
    assertEquals(List.of(), dead);
  }

  @Test
  void every_example_satisfies_its_schema() {
    int examples = 0;
    for (Operation operation : operations()) {
      String root =
          "/paths/" + operation.path().replace("/", "~1") + "/" + operation.method() + "/";
      List<String> contents = new ArrayList<>(List.of("requestBody"));
      operation
          .node()
          .path("responses")
          .properties()
          .forEach(response -> contents.add("responses/" + response.getKey()));
      for (String content : contents) {
        String media = root + content + "/content/application~1json";
        List<JsonNode> shown = new ArrayList<>();
        CONTRACT.document().at(media + "/examples").forEach(each -> shown.add(each.path("value")));
        if (CONTRACT.document().at(media).has("example")) {
          shown.add(CONTRACT.document().at(media + "/example"));
        }
        for (JsonNode example : shown) {
          examples++;
          assertEquals(
              List.of(), CONTRACT.faultsAt(media + "/schema", example), operation + content);
        }
      }
    }
    assertTrue(examples >= 100, "only " + examples + " examples");
  }

  @Test
  void every_error_example_is_an_envelope_and_every_code_is_listed() {
    for (JsonNode response : CONTRACT.document().at("/components/responses")) {
      JsonNode example = response.at("/content/application~1json/example");
      if (!example.isMissingNode()) {
        assertEquals(List.of(), CONTRACT.faults("Error", example));
      }
    }
    List<String> listed =
        CONTRACT
            .document()
            .at("/components/schemas/Error/properties/error/properties/code/enum")
            .valueStream()
            .map(JsonNode::asText)
            .sorted()
            .toList();
    assertEquals(Arrays.stream(ErrorCode.values()).map(Enum::name).sorted().toList(), listed);
  }

  /// The document's examples, as they are written there.
  @Test
  void the_documents_examples_are_in_the_contract() {
    assertEquals(
        "{\"customer_id\":\"cust_12345\",\"horizon_months\":12}",
        SampleRoutes.requestExample("/api/intelligence/predict/ltv").toString());
    JsonNode analysis = SampleRoutes.answerExample("/api/intelligence/analyze");
    assertEquals("892.5", analysis.at("/behavioral_metrics/lifetime_value").asText());
    assertEquals("arch_premium_deal_hunter", analysis.at("/archetype/id").asText());
    JsonNode orders = SampleRoutes.requestExample("/api/data/ingest_orders");
    assertEquals("26.83", orders.at("/orders/0/items/1/price").asText());
  }

  private record Operation(String path, String method, JsonNode node) {
    String name() {
      return method + " " + path;
    }
  }

  private static List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    CONTRACT
        .document()
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          if (METHODS.contains(method.getKey())) {
                            operations.add(
                                new Operation(path.getKey(), method.getKey(), method.getValue()));
                          }
                        }));
    return operations;
  }
}
