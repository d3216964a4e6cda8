package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.quimbi.server.app.demo.DemoAccounts;
import ai.quimbi.server.store.TestDatabase;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The TypeScript and Python clients run their own suites against this server.
class SdkTest {
  private static final Path SDK = Path.of("../sdk").toAbsolutePath().normalize();
  private static Platform platform;

  /// At the real time: the clients' suites ask their own clock.
  @BeforeAll
  static void open() {
    platform =
        Platform.open(
            TestDatabase.databases(),
            Settings.read(Map.of("QUIMBI_PORT", "0")),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            InstantSource.system());
  }

  @AfterAll
  static void close() {
    platform.close();
  }

  @Test
  void the_typescript_client_passes_its_suite_against_this_server() throws Exception {
    Node.isNeeded();

    Node.passes(SDK.resolve("typescript"), environment());
  }

  @Test
  void the_python_client_passes_its_suite_against_this_server() throws Exception {
    String python = Files.exists(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
    assumeTrue(
        run(SDK.resolve("python"), python, "-c", "import httpx").code() == 0,
        "no Python with httpx (Debian: python3-httpx): not tested");

    passes(SDK.resolve("python"), python, "-m", "unittest");
  }

  /// A tenant with the demo's accounts, a key and a copilot's client of it.
  private static Map<String, String> environment() {
    Quimbi.Customer customer = Quimbi.tenant();
    new DemoAccounts(TestDatabase.databases())
        .tell(customer.tenant(), InstantSource.system().instant());
    SignedCaller copilot = SignedCaller.of(customer.tenant());
    return Map.of(
        "QUIMBI_TEST_URL",
        "http://127.0.0.1:" + platform.port(),
        "QUIMBI_TEST_KEY",
        Objects.requireNonNull(customer.caller().key()),
        "QUIMBI_TEST_CLIENT",
        copilot.client(),
        "QUIMBI_TEST_SECRET",
        copilot.secret());
  }

  private record Result(int code, String said) {}

  private static void passes(Path folder, String... command)
      throws IOException, InterruptedException {
    Result result = run(folder, command);
    assertEquals(0, result.code(), List.of(command) + "\n" + result.said());
  }

  private static Result run(Path folder, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(5, TimeUnit.MINUTES), said);
    return new Result(process.exitValue(), said);
  }
}
