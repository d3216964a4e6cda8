package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A newcomer does what a client's README says, in an empty folder with nothing but a clone beside
/// it, and has a first answer of a running server from a program of at most ten lines.
class FirstAnswerTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void through_the_java_client() throws Exception {
    assumeTrue(
        hasJar(ROOT.resolve("client/target")) && hasJar(ROOT.resolve("client/target/lib")),
        "client/target has no jar, which a build up to the package makes: not tested");

    follow(
        "client/README.md", "java", "FirstAnswer.java", System.getProperty("java.home") + "/bin");
  }

  @Test
  void through_the_typescript_client() throws Exception {
    Node.isNeeded();

    follow("sdk/typescript/README.md", "ts", "first.mjs", "");
  }

  @Test
  void through_the_python_client() throws Exception {
    // Debian's own, which has its httpx.
    String first = Files.exists(Path.of("/usr/bin/python3")) ? "/usr/bin" : "";
    assumeTrue(
        shell("python3 -c 'import httpx'", first).code() == 0,
        "no Python with httpx (Debian: python3-httpx): not tested");

    follow("sdk/python/README.md", "python", "first.py", first);
  }

  @Test
  void the_java_client_has_the_coordinates_that_its_readme_tells() throws Exception {
    String pom = Files.readString(ROOT.resolve("client/pom.xml"));
    String told =
        "`%s:%s:%s`".formatted(first(pom, "groupId"), "quimbi-client", first(pom, "version"));

    assertTrue(pom.contains("<artifactId>quimbi-client</artifactId>"), pom);
    assertTrue(Files.readString(ROOT.resolve("client/README.md")).contains(told), told);
  }

  private static String first(String xml, String element) {
    return xml.substring(xml.indexOf("<" + element + ">") + element.length() + 2)
        .replaceFirst("(?s)<.*", "");
  }

  // Without fetching anything: what it needs is the machine's own.
  @Test
  void the_python_client_is_installed_as_its_readme_says() throws Exception {
    String first = Files.exists(Path.of("/usr/bin/python3")) ? "/usr/bin" : "";
    assumeTrue(
        shell("python3 -m pip --version && python3 -c 'import setuptools, wheel'", first).code()
            == 0,
        "no Python with pip, setuptools and wheel: not tested");
    String line = "pip install ./quimbi/sdk/python";
    assertTrue(Files.readString(ROOT.resolve("sdk/python/README.md")).contains("`" + line + "`"));
    // A build writes beside what it builds.
    Path copy = folder.resolve("quimbi/sdk/python");
    for (String part : List.of("pyproject.toml", "README.md", "quimbi_client")) {
      copyAll(ROOT.resolve("sdk/python").resolve(part), copy.resolve(part));
    }

    Program installed =
        shell(
            "python3 -m "
                + line
                + " --quiet --no-index --no-deps --no-build-isolation --target installed\n"
                + "ls installed/quimbi_client/py.typed",
            first);

    assertEquals(0, installed.code(), installed.said());
  }

  private static void copyAll(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        Files.copy(file, target);
      }
    }
  }

  private void follow(String readme, String language, String program, String firstOnPath)
      throws Exception {
    String page = Files.readString(ROOT.resolve(readme));
    String code = block(page, language);
    assertTrue(code.lines().count() <= 10, code);
    assertTrue(page.contains("`" + program + "`"), "the README does not say how to call the file");
    String url = "http://127.0.0.1:" + Quimbi.platform().port();
    String key = Objects.requireNonNull(Quimbi.tenant().caller().key());

    long start = System.nanoTime();
    Files.createSymbolicLink(folder.resolve("quimbi"), ROOT);
    Files.writeString(
        folder.resolve(program),
        code.replace("http://localhost:8080", url).replace("test_key_12345", key));
    Program ran = shell(block(page, "sh"), firstOnPath);
    double seconds = (System.nanoTime() - start) / 1e9;

    assertEquals(0, ran.code(), ran.said());
    String answer = ran.said().strip().lines().reduce((before, last) -> last).orElse("");
    assertTrue(answer.matches("arch_\\w+ low"), ran.said());
    System.out.printf(
        "First answer through the client for %s: %.1f s from an empty folder, %d lines (%s)%n",
        language, seconds, code.lines().count(), answer);
  }

  private static String block(String page, String language) {
    List<MatchResult> blocks = BLOCK.matcher(page).results().toList();
    return blocks.stream()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .findFirst()
        .orElseThrow();
  }

  private Program shell(String code, String firstOnPath) throws IOException, InterruptedException {
    Map<String, String> environment =
        firstOnPath.isEmpty()
            ? Map.of()
            : Map.of("PATH", firstOnPath + File.pathSeparator + System.getenv("PATH"));
    return Program.run(folder, environment, "sh", "-e", "-c", code);
  }

  private static boolean hasJar(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return false;
    }
    try (Stream<Path> files = Files.list(place)) {
      return files.anyMatch(file -> file.toString().endsWith(".jar"));
    }
  }
}
