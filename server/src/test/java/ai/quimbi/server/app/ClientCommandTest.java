package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Signature;
import ai.quimbi.core.access.SigningSecret;
import ai.quimbi.server.http.Wire;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `./quimbi client` and `./quimbi sign` as a person types them.
class ClientCommandTest {
  @TempDir private static Path folder;

  @BeforeAll
  static void add_a_tenant() {
    assertEquals(0, run("tenant", "add", "shop").code());
  }

  @Test
  void a_new_client_is_listed_without_the_secret_that_then_signs_its_calls() throws Exception {
    Typed none = run("client", "list");
    assertTrue(none.out().contains("./quimbi client add NAME --tenant TENANT"), none.out());

    JsonNode made = json("client", "add", "crm", "--tenant", "shop", "--owners", "public,u-7");
    assertEquals(List.of("client", "secret"), names(made));
    String secret = made.path("secret").asText();
    Typed listed = run("client", "list");
    assertTrue(listed.out().matches("crm +tenant shop +owners public,u-7\\s+"), listed.out());

    JsonNode call = json("sign", "calculate_health", "acme-001", "--client", "crm");
    assertEquals(
        Signature.v1(
            SigningSecret.of(secret),
            call.path("timestamp").asText(),
            "crm",
            bytes(call.path("body"))),
        call.path("signature").asText());

    Typed again = run("client", "add", "crm", "--tenant", "shop");
    assertTrue(again.err().contains("./quimbi client rotate crm"), again.err());
    Typed rotated = run("client", "rotate", "crm");
    assertTrue(rotated.out().contains("stays valid until the next rotation"), rotated.out());
    assertTrue(!rotated.out().contains(secret), rotated.out());
  }

  @Test
  void what_is_shown_as_json_is_all_that_has_to_be_sent() throws Exception {
    JsonNode call =
        json(
            "sign",
            "get_customer_usage",
            "o'neil",
            "--client",
            "crm",
            "--secret",
            "s",
            "--v2",
            "--params",
            "{\"periodDays\": 30}",
            "--url",
            "http://quimbi.test:8080/");

    assertEquals(List.of("url", "client", "timestamp", "nonce", "signature", "body"), names(call));
    assertEquals("http://quimbi.test:8080/tool/get_customer_usage", call.path("url").asText());
    assertEquals(
        "{\"customerId\":\"o'neil\",\"params\":{\"periodDays\":30}}", call.path("body").asText());
    String canonical =
        Signature.canonical(
            "POST",
            "/tool/get_customer_usage",
            "",
            "crm",
            call.path("timestamp").asText(),
            call.path("nonce").asText(),
            bytes(call.path("body")));
    assertEquals(Signature.v2(SigningSecret.of("s"), canonical), call.path("signature").asText());
  }

  @Test
  void a_call_is_a_line_that_a_shell_takes_whole() {
    Typed call = run("sign", "calculate_health", "o'neil", "--client", "crm", "--secret", "s");

    assertEquals(0, call.code(), call.err());
    assertTrue(
        call.out().startsWith("curl -s 'http://127.0.0.1:8080/tool/calculate_health' \\\n"),
        call.out());
    assertTrue(call.out().contains("-H 'X-Client: crm' \\\n"), call.out());
    assertTrue(
        call.out().contains("-d '{\"customerId\":\"o'\\''neil\",\"params\":{}}'"), call.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "client add crm2 --tenant nobody           | ./quimbi tenant add nobody",
        "client add a/b --tenant shop              | it was 'a/b'",
        "client add crm2 --tenant shop --tools fly | 'fly' is no tool. There are: get_customer_usage",
        "client add crm2 --tenant shop --owners a,,b | one is empty",
        "client add crm2 --tenant shop --per-minute 0 | --per-minute must be at least 1",
        "client rotate nobody                      | ./quimbi client list",
        "sign fly acme-001                         | 'fly' is no tool. There are: get_customer_usage",
        "sign calculate_health acme-001            | ./quimbi client add copilot-frontend --tenant",
        "sign calculate_health acme-001 --secret s --params [1]  | one JSON object, such as",
        "sign calculate_health acme-001 --secret s --params {}{} | one JSON object, such as",
        "sign calculate_health acme-001 --secret s --params null | one JSON object, such as",
        "sign calculate_health acme-001 --secret s --url localhost:8080 | http://127.0.0.1:8080",
      })
  void a_wrong_word_is_answered_by_what_would_be_right(String typed, String taught) {
    Typed refused = run(typed.split(" +"));

    assertEquals(1, refused.code(), refused.out());
    assertEquals("", refused.out());
    assertTrue(refused.err().contains(taught), refused.err());
    assertEquals(1, refused.err().strip().lines().count(), refused.err());
  }

  private static Typed run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data", folder.resolve("data").toString()));
    return Typed.run(all.toArray(String[]::new));
  }

  private static JsonNode json(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--json");
    Typed typed = run(all.toArray(String[]::new));
    assertEquals(0, typed.code(), typed.err());
    return Wire.JSON.readTree(typed.out());
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static byte[] bytes(JsonNode text) {
    return text.asText().getBytes(StandardCharsets.UTF_8);
  }
}
