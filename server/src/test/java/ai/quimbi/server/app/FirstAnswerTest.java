package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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
    Said said = shell(block(page, "sh"), firstOnPath);
    double seconds = (System.nanoTime() - start) / 1e9;

    assertEquals(0, said.code(), said.text());
    String answer = said.text().strip().lines().reduce((before, last) -> last).orElse("");
    assertTrue(answer.matches("arch_\\w+ low"), said.text());
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

  private record Said(int code, String text) {}

  private Said shell(String code, String firstOnPath) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-e", "-c", code)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    if (!firstOnPath.isEmpty()) {
      builder
          .environment()
          .merge("PATH", firstOnPath, (all, one) -> one + File.pathSeparator + all);
    }
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), text);
    return new Said(process.exitValue(), text);
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
