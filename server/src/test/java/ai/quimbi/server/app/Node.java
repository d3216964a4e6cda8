package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Node.js as tests use it: to run suites of other languages against a server of ours.
final class Node {
  // What npm says of a package that the registry has not, or that lacks this machine's part.
  private static final Pattern UNFETCHED =
      Pattern.compile("npm error code E[A-Z0-9]+|Cannot find native binding");

  private Node() {}

  /// Skips the test, and says why, where there is no Node.
  static void isNeeded() {
    assumeTrue(isOnPath("node") && isOnPath("npm"), "no Node.js on the PATH: not tested");
  }

  /// Installs what the folder's lock names and runs its `npm test`.
  static void passes(Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    run(folder, environment, "npm", "ci", "--no-audit", "--no-fund");
    run(folder, environment, "npm", "test");
  }

  /// Installs what the folder's lock names and runs its `npm run check`: types and style. Skips the
  /// test, and says why, where the linter, which is not among what is locked, cannot be fetched.
  static void isTidy(Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    run(folder, environment, "npm", "ci", "--no-audit", "--no-fund");
    Program check = Program.run(folder, environment, "npm", "run", "check");
    assumeTrue(
        check.code() == 0 || !UNFETCHED.matcher(check.said()).find(),
        "the linter could not be fetched: not tested");
    assertEquals(0, check.code(), check.said());
  }

  private static void run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Program ran = Program.run(folder, environment, command);
    // What went well is not worth reading.
    String fault = ran.said().substring(Math.max(0, ran.said().indexOf("\nnot ok")));
    assertEquals(0, ran.code(), List.of(command) + "\n" + fault);
  }

  private static boolean isOnPath(String name) {
    String path = System.getenv("PATH");
    return path != null
        && List.of(path.split(File.pathSeparator, -1)).stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }
}
