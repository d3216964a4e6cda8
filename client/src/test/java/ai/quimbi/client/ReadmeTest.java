package ai.quimbi.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The README's example is compiled and run; only the address is another one.
final class ReadmeTest {
  @Test
  void the_example_runs_and_has_at_most_ten_lines(@TempDir Path folder) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assumeTrue(compiler != null, "no Java compiler in this runtime");
    Matcher block =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("README.md")));
    assertTrue(block.find(), "README.md has no Java example");
    assertTrue(block.group(1).lines().count() <= 10, "the example has more than ten lines");

    try (FaultyServer server = new FaultyServer()) {
      server.answers(200, Examples.ANALYSIS);
      Path source = folder.resolve("FirstAnswer.java");
      Files.writeString(source, block.group(1).replace("http://localhost:8080", server.url()));
      String classPath = System.getProperty("java.class.path");
      assertEquals(
          0, compiler.run(null, null, null, "-cp", classPath, "-d", folder + "", source + ""));

      PrintStream console = System.out;
      ByteArrayOutputStream printed = new ByteArrayOutputStream();
      try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        loader
            .loadClass("FirstAnswer")
            .getMethod("main", String[].class)
            .invoke(null, (Object) new String[0]);
      } finally {
        System.setOut(console);
      }

      assertEquals(
          "arch_premium_deal_hunter low", printed.toString(StandardCharsets.UTF_8).strip());
    }
  }
}
