package ai.quimbi.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Ids are opaque: what is percent-encoded in a path arrives as it was meant.
class PathIdTest {
  private static final List<String> IDS =
      List.of(
          "cust_12345",
          "5971333382399",
          "a/b",
          "..",
          ".",
          "../..",
          "50%",
          "%2e",
          "export",
          "a b",
          "a+b",
          "a;b=c",
          "a?b#c",
          "a&b=c",
          "\u00e9",
          "\u65e5\u672c",
          "\ud83e\uddf5",
          "'; DROP",
          "\\",
          "~",
          "a//b",
          "\"",
          "{id}",
          "*",
          "test@example.com",
          "x".repeat(128));

  private static TestDoor door;

  @BeforeAll
  static void open() {
    door = new TestDoor(new SampleRoutes().all());
  }

  @AfterAll
  static void close() {
    door.close();
  }

  @TestFactory
  List<DynamicTest> ids_arrive_as_they_were_meant() {
    return IDS.stream().map(id -> DynamicTest.dynamicTest(id, () -> arrives(id))).toList();
  }

  private static void arrives(String id) throws IOException {
    RawHttp.Reply reply =
        RawHttp.say(
            door.door.port(),
            "GET /api/customers/"
                + encoded(id)
                + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-API-Key: "
                + TestDoor.FULL
                + "\r\n\r\n");

    JsonNode json =
        TestDoor.CHECK.check(
            "GET",
            "/api/customers/{customer_id}",
            reply.status(),
            reply.headers(),
            reply.body().getBytes(StandardCharsets.UTF_8));
    assertEquals(200, reply.status(), reply.toString());
    assertEquals(id, json.path("customer_id").asText());
  }

  /// Everything but letters and digits as percents: the strictest client there is.
  private static String encoded(String id) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
      encoded.append(plain ? "" + (char) b : String.format("%%%02X", b));
    }
    return encoded.toString();
  }
}
