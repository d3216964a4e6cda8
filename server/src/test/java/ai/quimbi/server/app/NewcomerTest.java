package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.server.http.Wire;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A newcomer follows the README: the demo of a fresh folder, its curl, the commands beside a
/// running server, and stopping it.
class NewcomerTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("```(\\w*)\\n(.*?)```", Pattern.DOTALL);

  @TempDir static Path folder;
  private static ServerProcess demo;
  private static int port;

  @BeforeAll
  static void start() {
    demo =
        ServerProcess.start(
            folder.resolve("log"),
            Main.class,
            "demo",
            "--port",
            "0",
            "--quiet",
            "--data",
            data().toString());
    port = demo.awaitPort();
    demo.awaitLine(line -> line.startsWith("Ctrl-C"));
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @Test
  void the_curls_of_the_readme_answer_as_it_shows() throws Exception {
    List<MatchResult> blocks = blocks("README.md");
    int run = 0;
    for (int i = 0; i < blocks.size(); i++) {
      String code = blocks.get(i).group(2);
      if (!blocks.get(i).group(1).equals("sh") || !code.startsWith("curl ")) {
        continue;
      }
      run++;
      JsonNode answer = Wire.JSON.readTree(shell(code.replace(":8080/", ":" + port + "/")));
      assertFalse(answer.has("error"), answer.toString());
      if (i + 1 < blocks.size() && blocks.get(i + 1).group(1).equals("json")) {
        JsonNode shown = Wire.JSON.readTree(blocks.get(i + 1).group(2));
        assertEquals(names(shown), names(answer));
      }
    }
    assertTrue(run > 0, "the README shows no curl");
  }

  @Test
  void the_demo_says_a_curl_that_works() throws Exception {
    String said = String.join("\n", demo.said());
    Matcher curl = Pattern.compile("(?s)  curl .*?\\n\\n").matcher(said + "\n\n");
    assertTrue(curl.find(), said);

    JsonNode answer = Wire.JSON.readTree(shell(curl.group().strip()));

    assertEquals("cust_12345", answer.path("customer_id").asText(), answer.toString());
  }

  @Test
  void the_demos_reference_has_its_key_filled_in() throws Exception {
    String page = shell("curl -s http://127.0.0.1:%d/docs".formatted(port));

    assertTrue(page.contains("data-api-key=\"" + DemoCommand.TENANT_KEY + "\""), page);
  }

  @Test
  void every_command_that_the_documents_name_exists() throws IOException {
    Set<String> ofLauncher = Set.of("test", "bench");
    Set<String> missing = new TreeSet<>();
    for (String page :
        List.of("README.md", "CONTRIBUTING.md", "docs/operations.md", "ARCHITECTURE.md")) {
      Matcher named =
          Pattern.compile("\\./quimbi ([a-z]+(?:-[a-z]+)*)")
              .matcher(Files.readString(ROOT.resolve(page), StandardCharsets.UTF_8));
      while (named.find()) {
        String command = named.group(1);
        if (!ofLauncher.contains(command) && run(command, "--help").code() != 0) {
          missing.add(page + ": " + command);
        }
      }
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void commands_work_beside_the_running_server() throws Exception {
    Path csv = folder.resolve("orders.csv");
    Files.writeString(
        csv,
        """
        customer_id,date,amount,order_id
        anna,2026-01-05,20.00,1
        anna,2026-02-05,30.00,2
        ben,2026-02-31,30.00,3
        ben,2026-02-01,10.00,4
        """);

    Said made = run("tenant", "add", "fresh", "--data", data().toString());
    Said again = run("tenant", "add", "fresh", "--data", data().toString());
    Said key = run("key", "add", "--tenant", "fresh", "--json", "--data", data().toString());
    Said imported =
        run(
            "import",
            csv.toString(),
            "--tenant",
            "fresh",
            "--source",
            "csv",
            "--quiet",
            "--json",
            "--data",
            data().toString());
    Said fitted = run("fit", "--tenant", "fresh", "--data", data().toString());

    assertEquals(0, made.code(), made.err());
    assertEquals(1, again.code());
    assertTrue(again.err().contains("exists already"), again.err());
    JsonNode report = Wire.JSON.readTree(imported.out());
    assertEquals(3, report.path("orders").asInt(), imported.out());
    assertEquals(4, report.at("/rejections/0/line").asInt(), imported.out());
    assertEquals(0, fitted.code(), fitted.err());
    String secret = Wire.JSON.readTree(key.out()).path("key").asText();
    String answer =
        shell(
            "curl -s http://127.0.0.1:%d/api/customers/anna -H 'X-API-Key: %s'"
                .formatted(port, secret));
    assertEquals(50.00, Wire.JSON.readTree(answer).path("lifetime_value").asDouble(), answer);
  }

  @Test
  void a_second_server_on_the_folder_is_refused_and_told_by_whom() {
    Said second = run("serve", "--port", "0", "--data", data().toString());

    assertEquals(1, second.code());
    assertTrue(second.err().contains("demo"), second.err());
  }

  @Test
  void a_stopped_server_leaves_nothing_and_starts_again_on_its_data() throws Exception {
    Path own = folder.resolve("own");
    Path log = folder.resolve("own.log");
    String adminKey;
    try (ServerProcess first =
        ServerProcess.start(log, Main.class, "serve", "--port", "0", "--data", own.toString())) {
      first.awaitPort();
      String line = first.awaitLine(l -> l.contains("qk_admin_"));
      adminKey = line.substring(line.indexOf("qk_admin_"));
      long millis = first.stop();
      assertTrue(millis < 10_000, "SIGTERM took " + millis + " ms");
      assertFalse(Files.readString(log).contains("Not everything"), "closed in peace");
      assertFalse(Files.exists(own.resolve("pg/postmaster.pid")), "PostgreSQL was left behind");
    }
    try (ServerProcess second =
        ServerProcess.start(log, Main.class, "serve", "--port", "0", "--data", own.toString())) {
      int secondPort = second.awaitPort();
      String tenants =
          shell(
              "curl -s http://127.0.0.1:%d/api/admin/tenants -H 'X-API-Key: %s'"
                  .formatted(secondPort, adminKey));
      assertEquals("{\"data\":[]}", tenants);
      second.stop();
    }
  }

  @Test
  void backup_and_restore_bring_back_the_same_bytes() throws Exception {
    Path backup = folder.resolve("backup");
    Path restored = folder.resolve("restored");
    String question =
        "curl -s http://127.0.0.1:%d/api/intelligence/analyze -H 'X-API-Key: test_key_12345'"
            + " -H 'Content-Type: application/json' -d '{\"customer_id\": \"cust_12345\"}'";
    String before = shell(question.formatted(port));

    Said saved = run("backup", backup.toString(), "--data", data().toString());
    Said back = run("restore", backup.toString(), "--data", restored.toString());

    assertEquals(0, saved.code(), saved.err());
    assertEquals(0, back.code(), back.err());
    try (ServerProcess other =
        ServerProcess.start(
            folder.resolve("restored.log"),
            Main.class,
            "serve",
            "--port",
            "0",
            "--data",
            restored.toString())) {
      assertEquals(before, shell(question.formatted(other.awaitPort())));
      other.stop();
    }
  }

  private static Path data() {
    return folder.resolve("data");
  }

  private record Said(int code, String out, String err) {}

  /// A command in this process.
  private static Said run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return new Said(line.execute(arguments), out.toString(), err.toString());
  }

  private static String shell(String code) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sh", "-c", code).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), code + "\n" + said);
    return said;
  }

  private static List<MatchResult> blocks(String page) throws IOException {
    return BLOCK.matcher(Files.readString(ROOT.resolve(page))).results().toList();
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      names.add(member.getKey());
    }
    return names;
  }
}
