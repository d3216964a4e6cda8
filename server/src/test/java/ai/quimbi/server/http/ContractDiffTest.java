package ai.quimbi.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A released contract stays kept. `docs/api/openapi-1.0.yaml` is what was promised last; each rule
/// of the comparison is shown to bite.
class ContractDiffTest {
  private static final Path RELEASED = Path.of("../docs/api/openapi-1.0.yaml");

  private static final String SMALL =
      """
      openapi: 3.1.0
      paths:
        /a/{id}:
          parameters:
            - {name: id, in: path, required: true, schema: {type: string, maxLength: 128}}
          post:
            operationId: doA
            x-required-scope: data:write
            parameters:
              - {name: how, in: query, schema: {type: string, enum: [fast, slow]}}
            requestBody:
              content: {application/json: {schema: {$ref: '#/components/schemas/Asked'}}}
            responses:
              '200':
                headers: {X-Request-Id: {schema: {type: string}}}
                content:
                  application/json: {schema: {$ref: '#/components/schemas/Answered'}}
                  text/csv: {schema: {type: string}}
              '404': {description: none}
      components:
        schemas:
          Asked:
            type: object
            required: [name]
            properties:
              name: {type: string, maxLength: 10}
              size: {type: [integer, 'null'], minimum: 1}
              rows: {type: array, maxItems: 5, items: {type: number}}
          Answered:
            type: object
            required: [id, amount]
            properties:
              id: {type: string}
              amount: {type: number}
              more: {type: object, additionalProperties: {type: integer}}
              rows: {type: array, items: {type: object, required: [x], properties: {x: {type: string}}}}
      """;

  private static List<String> breaks(String before, String after) {
    JsonNode released = Contract.of(before).document();
    return ContractDiff.breaks(released, Contract.of(after).document());
  }

  @Test
  void the_released_contract_is_kept() throws IOException {
    JsonNode released = Contract.of(Files.readString(RELEASED)).document();
    assertTrue(released.path("paths").size() > 40, "the released contract is not there");

    assertEquals(List.of(), ContractDiff.breaks(released, TestDoor.CONTRACT.document()));
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "/a/{id}:| /b/{id}:| is gone",
        "operationId: doA| operationId: doB| operationId",
        "data:write| admin| x-required-scope",
        "schema: {type: string, enum: [fast, slow]}| required: true, schema: {type: string, enum: [fast, slow]}| how: is required",
        "name: how| name: kind| how: is gone",
        "enum: [fast, slow]| enum: [fast]| words are refused that were not: [slow]",
        "maxLength: 128| maxLength: 64| id: maxLength is tighter",
        "requestBody:| requestBody: {required: true, x:| a body is required",
        "required: [name]| required: [name, size]| /size: is required",
        "maxLength: 10| maxLength: 9| /name: maxLength is tighter",
        "maxLength: 10| maxLength: 10, pattern: x| /name: pattern is another",
        "minimum: 1| minimum: 2| /size: minimum is tighter",
        "type: [integer, 'null']| type: integer| /size: the type was [integer, null], is [integer]",
        "maxItems: 5| maxItems: 4| /rows: maxItems is tighter",
        "items: {type: number}| items: {type: integer}| /rows/*: the type was",
        "size: {| sizes: {| /size: is gone",
        "Asked:| Asked: {additionalProperties: false, x: 1, y:| is gone",
        "X-Request-Id:| X-Other:| header X-Request-Id: is gone",
        "text/csv: {| text/plain: {| text/csv: is gone",
        "'404': {| '410': {| 404: is gone",
        "required: [id, amount]| required: [id]| /amount: is not promised any more",
        "amount: {| sum: {| /amount: is gone",
        "amount: {type: number}| amount: {type: [number, 'null']}| /amount: the type was [number], is [null, number]",
        "id: {type: string}| id: {type: integer}| /id: the type was [string], is [integer]",
        "additionalProperties: {type: integer}| additionalProperties: {type: string}| /more/*: the type was",
        "{x: {type: string}}| {y: {type: string}}| /rows/*/x: is gone"
      })
  void each_of_these_breaks_callers(String before, String after, String told) {
    String changed = SMALL.replace(before, after);
    if (after.endsWith("x:") || after.endsWith("y:")) {
      changed = opened(after);
    }

    List<String> breaks = breaks(SMALL, changed);

    assertTrue(breaks.stream().anyMatch(each -> each.contains(told)), told + " not in " + breaks);
  }

  /// Two changes that cannot be made by replacing words.
  private static String opened(String after) {
    return after.startsWith("requestBody")
        ? SMALL.replace("requestBody:\n", "requestBody:\n        required: true\n")
        : SMALL.replace("        name: {type: string, maxLength: 10}\n", "");
  }

  @Test
  void a_further_optional_member_breaks_nobody() {
    String more = "        amount: {type: number}\n        tax: {type: number}\n";
    assertEquals(List.of(), breaks(SMALL, SMALL.replace("        amount: {type: number}\n", more)));
  }

  @Test
  void further_members_that_are_refused_break_callers() {
    String closed =
        SMALL.replace(
            "required: [name]\n", "required: [name]\n      additionalProperties: false\n");

    assertEquals(List.of("post /a/{id} body: further members are refused"), breaks(SMALL, closed));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "maxLength: 10| maxLength: 20",
        "enum: [fast, slow]| enum: [fast, slow, other]",
        "required: [name]| required: []",
        "items: {type: number}| items: {type: [number, string]}",
        "amount: {type: number}| amount: {type: integer}",
        "required: [id, amount]| required: [id, amount, more]",
        "'404': {description: none}| '404': {description: none, x-also: 1}",
        "id: {type: string}| id: {type: string, description: More}"
      })
  void none_of_these_breaks_anybody(String before, String after) {
    assertEquals(List.of(), breaks(SMALL, SMALL.replace(before, after)));
  }
}
