package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The TypeScript and Python clients run their own suites against a server of ours, in which every
/// operation of the contract is answered.
class SdkTest {
  private static final Path SDK = Path.of("../sdk").toAbsolutePath().normalize();

  @Test
  void the_typescript_client_passes_its_suite_against_this_server() throws Exception {
    Node.isNeeded();

    try (SdkStage stage = new SdkStage()) {
      Node.passes(SDK.resolve("typescript"), stage.environment());
      assertEquals(Set.of(), stage.neverAnswered());
    }
  }

  @Test
  void the_python_client_passes_its_suite_against_this_server() throws Exception {
    String python = pythonWithHttpx();

    try (SdkStage stage = new SdkStage()) {
      Program suite =
          Program.run(SDK.resolve("python"), stage.environment(), python, "-m", "unittest");
      assertEquals(0, suite.code(), suite.said());
      assertEquals(Set.of(), stage.neverAnswered());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"typescript", "python"})
  void the_clients_pass_their_types_and_their_style(String client) throws Exception {
    Node.isNeeded();
    Map<String, String> python =
        client.equals("python") ? Map.of("PYTHON", pythonWithHttpx()) : Map.of();

    Node.isTidy(SDK.resolve(client), python);
  }

  /// Debian's own where it is there. Skips the test, and says why, where it has no httpx.
  private static String pythonWithHttpx() throws IOException, InterruptedException {
    String python = Files.exists(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
    assumeTrue(
        Program.run(SDK.resolve("python"), Map.of(), python, "-c", "import httpx").code() == 0,
        "no Python with httpx (Debian: python3-httpx): not tested");
    return python;
  }
}
