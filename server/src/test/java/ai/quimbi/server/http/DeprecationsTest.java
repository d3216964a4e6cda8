package ai.quimbi.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Scope;
import ai.quimbi.server.http.Deprecations.Notice;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What goes away is announced in every answer that touches it, and 60 days before.
class DeprecationsTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      paths:
        /api/old:
          get:
            operationId: old
            deprecated: true
            x-deprecated-since: 2026-11-21
            x-sunset: 2027-03-01
            responses: {'200': {description: ok}}
        /api/partly:
          post:
            operationId: partly
            parameters:
              - {name: colour, in: query, deprecated: true, x-deprecated-since: 2026-11-22, x-sunset: 2027-06-01, schema: {type: string}}
            requestBody:
              content: {application/json: {schema: {$ref: '#/components/schemas/Asked'}}}
            responses: {'200': {description: ok}}
      components:
        schemas:
          Asked:
            type: object
            properties:
              size: {type: integer}
              width: {type: integer, deprecated: true, x-deprecated-since: 2026-11-20, x-sunset: 2027-05-01}
      """;

  private static TestDoor door() {
    Access read = Access.scope(Scope.INTELLIGENCE_READ);
    return new TestDoor(
        Contract.of(CONTRACT),
        DoorSettings.on("127.0.0.1", 0),
        List.of(
            Route.get("/api/old", read, call -> Answer.ok(Map.of())),
            Route.post("/api/partly", read, Body.json("Asked"), call -> Answer.ok(Map.of()))),
        null,
        null);
  }

  private static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void a_deprecated_operation_says_since_when_and_until_when() {
    try (TestDoor door = door()) {
      HttpResponse<byte[]> response = door.get(TestDoor.FULL, "/api/old");

      assertEquals("@1795219200", header(response, "Deprecation"));
      assertEquals("Mon, 01 Mar 2027 00:00:00 GMT", header(response, "Sunset"));
      assertTrue(header(response, "Link").contains("rel=\"deprecation\""));
      assertEquals("1", header(response, "X-API-Version"));
    }
  }

  @Test
  void a_deprecated_parameter_or_member_is_told_to_those_who_use_it_the_earliest_day_first() {
    try (TestDoor door = door()) {
      HttpResponse<byte[]> none = door.post(TestDoor.FULL, "/api/partly", "{\"size\": 1}");
      HttpResponse<byte[]> member = door.post(TestDoor.FULL, "/api/partly", "{\"width\": 1}");
      HttpResponse<byte[]> both =
          door.post(TestDoor.FULL, "/api/partly?colour=red", "{\"width\": 1}");
      HttpResponse<byte[]> parameter = door.post(TestDoor.FULL, "/api/partly?colour=red", "{}");

      assertEquals("", header(none, "Deprecation") + header(none, "Sunset"));
      assertEquals("Sat, 01 May 2027 00:00:00 GMT", header(member, "Sunset"));
      assertEquals("Sat, 01 May 2027 00:00:00 GMT", header(both, "Sunset"));
      assertEquals("@1795132800", header(both, "Deprecation"));
      assertEquals("Tue, 01 Jun 2027 00:00:00 GMT", header(parameter, "Sunset"));
    }
  }

  @Test
  void a_sunset_less_than_60_days_ahead_or_without_its_days_is_refused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Notice("x", LocalDate.parse("2026-11-21"), LocalDate.parse("2027-01-19")));
    new Notice("x", LocalDate.parse("2026-11-21"), LocalDate.parse("2027-01-20"));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Deprecations.all(
                Contract.of(CONTRACT.replace("x-sunset: 2027-03-01", "summary: Old")).document()));
    assertEquals(3, Deprecations.all(Contract.of(CONTRACT).document()).size());
  }

  /// Reading the notices checks their days; the changelog's section for callers must name each.
  @Test
  void what_the_shipped_contract_deprecates_is_announced_in_the_changelog() throws IOException {
    String changelog = Files.readString(Path.of("../CHANGELOG.md"));
    for (Notice notice : Deprecations.all(TestDoor.CONTRACT.document())) {
      assertTrue(changelog.contains(notice.what()), notice.toString());
      assertTrue(changelog.contains(notice.sunset().toString()), notice.toString());
    }
    assertTrue(changelog.contains("### For callers"));
  }
}
