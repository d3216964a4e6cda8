package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.quimbi.server.http.Wire;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the documents show is what happens: each page's code runs from its first block to its last,
/// and every link leads somewhere.
class GuidesTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path TYPESCRIPT = ROOT.resolve("sdk/typescript");
  private static final Pattern BLOCK = Pattern.compile("```(\\w*)\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  private static ContractStage stage;

  @BeforeAll
  static void set() {
    stage = new ContractStage();
  }

  /// The demo's address and key, which the pages name, are this server's.
  private static String here(String code) {
    return code.replace("http://127.0.0.1:8080", "http://127.0.0.1:" + Quimbi.platform().port())
        .replace("test_key_12345", stage.fullKey())
        .replace("demo_admin_key", Quimbi.adminKey())
        .replace("/tenants/demo/", "/tenants/" + stage.tenantId() + "/");
  }

  private static List<MatchResult> blocks(String page) throws IOException {
    return BLOCK.matcher(Files.readString(ROOT.resolve(page))).results().toList();
  }

  private static String all(String page, String language) throws IOException {
    StringBuilder code = new StringBuilder();
    for (MatchResult block : blocks(page)) {
      if (block.group(1).equals(language)) {
        code.append(here(block.group(2)));
      }
    }
    assertTrue(!code.isEmpty(), page + " has no " + language);
    return code.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/quickstart.md", "docs/concepts.md", "docs/generation.md"})
  void the_curls_answer_as_shown(String page) throws Exception {
    List<MatchResult> blocks = blocks(page);
    int run = 0;
    for (int i = 0; i < blocks.size(); i++) {
      if (!blocks.get(i).group(1).equals("sh")) {
        continue;
      }
      run++;
      JsonNode answer = Wire.JSON.readTree(run(ROOT, "sh", "-c", here(blocks.get(i).group(2))));
      boolean isShown = i + 1 < blocks.size() && blocks.get(i + 1).group(1).equals("json");
      if (isShown) {
        JsonNode shown = Wire.JSON.readTree(blocks.get(i + 1).group(2));
        assertEquals(names(shown), names(answer), answer.toString());
      } else {
        assertTrue(!answer.has("error"), answer.toString());
      }
    }
    assertTrue(run > 0, page);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docs/quickstart.md",
        "docs/guides/support.md",
        "docs/guides/sales.md",
        "docs/generation.md"
      })
  void the_python_runs(String page, @TempDir Path folder) throws Exception {
    String python = Files.exists(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
    assumeTrue(
        succeeds(folder, python, "-c", "import httpx"),
        "no Python with httpx (Debian: python3-httpx): not tested");
    Path script = folder.resolve("page.py");
    Files.writeString(script, all(page, "python"));

    String said = run(folder, python, script.toString());

    assertTrue(!said.isBlank(), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/quickstart.md", "docs/guides/marketing.md"})
  void the_typescript_runs(String page, @TempDir Path folder) throws Exception {
    assumeTrue(onPath("node") && onPath("npm"), "no Node.js on the PATH: not tested");
    if (!Files.isDirectory(TYPESCRIPT.resolve("node_modules"))) {
      run(TYPESCRIPT, "npm", "ci", "--no-audit", "--no-fund");
    }
    run(TYPESCRIPT, "npm", "run", "-s", "build");
    Path script = folder.resolve("page.mjs");
    String entry = TYPESCRIPT.resolve("dist/index.js").toUri().toString();
    Files.writeString(script, all(page, "ts").replace("@quimbi/client", entry));

    String said = run(folder, "node", script.toString());

    assertTrue(!said.isBlank(), said);
  }

  /// A newcomer's first answer takes no more than ten lines, in whatever language.
  @Test
  void the_quickstarts_programs_have_at_most_ten_lines() throws IOException {
    for (MatchResult block : blocks("docs/quickstart.md")) {
      if (List.of("python", "ts").contains(block.group(1))) {
        assertTrue(block.group(2).lines().count() <= 10, block.group());
      }
    }
  }

  @Test
  void every_link_of_every_page_leads_somewhere() throws IOException {
    TreeSet<String> dead = new TreeSet<>();
    List<Path> pages;
    try (Stream<Path> files = Files.walk(ROOT)) {
      pages = files.filter(GuidesTest::isOurPage).toList();
    }
    assertTrue(pages.size() > 15, pages.toString());
    for (Path page : pages) {
      Matcher link = LINK.matcher(BLOCK.matcher(Files.readString(page)).replaceAll(""));
      while (link.find()) {
        String target = link.group(1);
        if (target.matches("[a-z]+:.*") || target.startsWith("#")) {
          continue;
        }
        Path file = page.resolveSibling(target.replaceAll("#.*", "")).normalize();
        if (!Files.exists(file)) {
          dead.add(ROOT.relativize(page) + " -> " + target);
        }
      }
    }
    assertEquals(new TreeSet<>(), dead);
  }

  private static boolean isOurPage(Path file) {
    String path = ROOT.relativize(file).toString();
    return path.endsWith(".md") && !path.matches(".*(node_modules|target|\\.git)/.*");
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).sorted().toList();
  }

  private static boolean succeeds(Path folder, String... command) throws Exception {
    return process(folder, command).waitFor() == 0;
  }

  private static String run(Path folder, String... command) throws Exception {
    Process process = process(folder, command);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(3, TimeUnit.MINUTES), said);
    assertEquals(0, process.exitValue(), List.of(command) + "\n" + said);
    return said;
  }

  private static Process process(Path folder, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(List.of(command)))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("PYTHONPATH", ROOT.resolve("sdk/python").toString());
    return builder.start();
  }

  private static boolean onPath(String name) {
    String path = System.getenv("PATH");
    return path != null
        && Stream.of(path.split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }
}
