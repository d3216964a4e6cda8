package ai.quimbi.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrictJsonTest {
  @Test
  void what_json_allows_and_no_honest_client_sends_is_found_with_its_place() {
    Map<String, String> faults =
        Map.ofEntries(
            Map.entry("{\"a\": 1, \"a\": 2}", "/a duplicate_member"),
            Map.entry("{\"a\": {\"b\": 1, \"b\": null}}", "/a/b duplicate_member"),
            Map.entry("{\"a\": null, \"a\": null}", "/a duplicate_member"),
            Map.entry("[\"\\u0000\"]", "/0 invalid_text"),
            Map.entry("{\"a\\u0000\": 1}", "/a\0 invalid_text"),
            Map.entry("[\"\\ud800\"]", "/0 invalid_text"),
            Map.entry("[\"\\udc00\\ud800\"]", "/0 invalid_text"),
            Map.entry("[1e999999999]", "/0 number_out_of_range"),
            Map.entry("[1e9999999999]", "/0 number_out_of_range"),
            Map.entry("[1E-99999]", "/0 number_out_of_range"),
            Map.entry("[" + "1".repeat(61) + "]", "/0 number_out_of_range"),
            Map.entry("[0." + "1".repeat(61) + "]", "/0 number_out_of_range"),
            Map.entry("[" + "1".repeat(5000) + "]", " limit_exceeded"),
            Map.entry("[\"" + "x".repeat(20_001) + "\"]", "/0 string_too_long"),
            Map.entry("{\"" + "x".repeat(2000) + "\": 1}", " limit_exceeded"),
            Map.entry("[" + "1,".repeat(50_000) + "1]", " limit_exceeded"),
            Map.entry("[".repeat(66) + "]".repeat(66), " too_deep"),
            Map.entry("[".repeat(100_000), " too_deep"),
            Map.entry("[1] 2", " malformed_json"),
            Map.entry("[1,]", " malformed_json"),
            Map.entry("{'a': 1}", " malformed_json"),
            Map.entry("[NaN]", " malformed_json"),
            Map.entry("[01]", " malformed_json"),
            Map.entry("// hello\n1", " malformed_json"),
            Map.entry("\"a\tb\"", " malformed_json"),
            Map.entry("", " empty_body"),
            Map.entry(" \n ", " empty_body"));
    faults.forEach(
        (text, expected) ->
            assertEquals(List.of(expected), found(text.getBytes(StandardCharsets.UTF_8)), text));
  }

  @Test
  void several_faults_come_at_once() {
    String text = "{\"a\": [1e999999, \"\\ud800\"], \"b\": 1, \"b\": 2}";
    assertEquals(
        List.of("/a/0 number_out_of_range", "/a/1 invalid_text", "/b duplicate_member"),
        found(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void what_is_not_utf_8_is_refused() {
    for (String hex : List.of("22c0af22", "22ff22", "22eda08022", "22e282", "22f490808022")) {
      assertEquals(List.of(" invalid_encoding"), found(HexFormat.of().parseHex(hex)), hex);
    }
    for (Charset utf16 : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      assertEquals(List.of(" invalid_encoding"), found("{\"a\": 1}".getBytes(utf16)));
    }
  }

  @Test
  void what_is_right_is_kept_to_the_last_digit() {
    String text =
        "{\"total\": 892.50, \"large\": 123456789012345678901234567890, \"small\": 1e-7,"
            + " \"text\": \"\u65e5\u672c \\ud83e\\uddf5 \\u00e9\", \"none\": null, \"list\": [null]}";

    StrictJson.Read read = StrictJson.read(text.getBytes(StandardCharsets.UTF_8));

    assertEquals(List.of(), read.faults());
    JsonNode tree = read.tree();
    assertEquals("892.50", tree.path("total").decimalValue().toPlainString());
    assertEquals("123456789012345678901234567890", tree.path("large").bigIntegerValue().toString());
    assertEquals("0.0000001", tree.path("small").decimalValue().toPlainString());
    assertEquals("\u65e5\u672c \ud83e\uddf5 \u00e9", tree.path("text").textValue());
    assertTrue(tree.path("none").isMissingNode(), "null and absent are the same");
    assertTrue(tree.path("list").path(0).isNull(), "but a list keeps its places");
    assertEquals(64, depth("[".repeat(64) + "1" + "]".repeat(64)));
  }

  private static int depth(String text) {
    JsonNode node = StrictJson.read(text.getBytes(StandardCharsets.UTF_8)).tree();
    int depth = 0;
    for (; node.isArray(); node = node.get(0)) {
      depth++;
    }
    return depth;
  }

  private static List<String> found(byte[] bytes) {
    return StrictJson.read(bytes).faults().stream()
        .map(fault -> fault.path() + " " + fault.code())
        .toList();
  }

  @Test
  void only_a_file_is_a_long_text() {
    String file = "x".repeat(StrictJson.MAX_STRING + 1);
    byte[] body = ("{\"csv\": \"" + file + "\"}").getBytes(StandardCharsets.UTF_8);
    byte[] other = ("{\"source\": \"" + file + "\"}").getBytes(StandardCharsets.UTF_8);

    StrictJson.Read read = StrictJson.read(body, "csv");
    assertEquals(List.of(), read.faults());
    assertEquals(file, read.tree().path("csv").textValue());
    assertEquals("string_too_long", StrictJson.read(body).faults().getFirst().code());
    assertEquals("string_too_long", StrictJson.read(other, "csv").faults().getFirst().code());
    byte[] name = ("{\"" + file + "\": 1}").getBytes(StandardCharsets.UTF_8);
    assertFalse(StrictJson.read(name, "csv").faults().isEmpty());
  }
}
