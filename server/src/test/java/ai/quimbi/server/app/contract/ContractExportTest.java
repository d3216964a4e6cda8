package ai.quimbi.server.app.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.server.app.contract.Requests.Request;
import ai.quimbi.server.http.Contract;
import ai.quimbi.server.http.Wire;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ContractExportTest {
  private static final JsonNode CONTRACT = Contract.load().document();

  @Test
  void the_files_parse_and_name_every_operation(@TempDir Path folder) throws Exception {
    CommandLine line = new CommandLine(new ContractCommand());
    StringWriter out = new StringWriter();
    line.setOut(new PrintWriter(out, true));

    int code = line.execute("export", "--out", folder.resolve("new/folder").toString());

    assertEquals(0, code);
    assertEquals(3, out.toString().lines().count(), out.toString());
    List<String> all = Requests.of(CONTRACT).stream().map(Request::operationId).sorted().toList();
    assertTrue(all.size() > 50, all.toString());
    Path postman = folder.resolve("new/folder/quimbi.postman_collection.json");
    assertEquals(all, namesOf(Wire.JSON.readTree(Files.readAllBytes(postman))));
    assertEquals(all, blocksOf(Files.readString(folder.resolve("new/folder/quimbi.http"))));
    JsonNode json =
        Wire.JSON.readTree(Files.readAllBytes(folder.resolve("new/folder/openapi.json")));
    assertEquals(names(CONTRACT.path("paths")), names(json.path("paths")));
    assertEquals(CONTRACT.path("components").size(), json.path("components").size());
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  /// Also that each item has what the format 2.1 requires, and that its parts agree.
  private static List<String> namesOf(JsonNode collection) {
    assertTrue(collection.at("/info/schema").asText().endsWith("/v2.1.0/collection.json"));
    List<String> names = new ArrayList<>();
    for (JsonNode folder : collection.path("item")) {
      for (JsonNode item : folder.path("item")) {
        names.add(item.path("name").asText());
        JsonNode url = item.at("/request/url");
        List<String> segments = new ArrayList<>();
        url.path("path").forEach(segment -> segments.add(segment.asText()));
        String path = "{{base_url}}/" + String.join("/", segments);
        assertTrue(url.path("raw").asText().startsWith(path), item.toString());
        assertTrue(item.at("/request/method").isTextual(), item.toString());
        assertTrue(!url.path("raw").asText().contains("/{"), item.toString());
      }
    }
    names.sort(null);
    return names;
  }

  /// A block begins with `### name`, then comments, the request's line, headers, an empty line and
  /// the body, which is JSON where there is one.
  private static List<String> blocksOf(String file) throws Exception {
    Pattern request = Pattern.compile("(GET|POST|PUT|DELETE) \\{\\{base_url\\}\\}/\\S+");
    List<String> names = new ArrayList<>();
    for (String block : file.split("(?m)^### ", -1)) {
      if (block.startsWith("# Quimbi")) {
        continue;
      }
      List<String> lines = block.lines().toList();
      names.add(lines.getFirst());
      String line = lines.stream().skip(1).filter(l -> !l.startsWith("#")).findFirst().orElse("");
      assertTrue(request.matcher(line).matches(), block);
      Matcher body = Pattern.compile("(?s)\n\n(\\{.*)").matcher(block);
      if (body.find()) {
        assertTrue(Wire.JSON.readTree(body.group(1)).isObject(), block);
      }
    }
    names.sort(null);
    return names;
  }

  @Test
  void a_request_carries_the_key_that_its_scope_needs() {
    String http = HttpFile.of(CONTRACT);
    assertTrue(
        http.contains(
            """
            GET {{base_url}}/api/customers/cust_12345
            X-API-Key: {{api_key}}
            """),
        http);
    assertTrue(
        http.contains(
            """
            GET {{base_url}}/api/admin/tenants
            X-API-Key: {{admin_key}}
            """),
        http);
  }
}
