package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher chooses a JDK by what its folder says of itself. Maven is played by a script that
/// tells which one it was given.
class LauncherTest {
  private static final Path LAUNCHER = Path.of("../quimbi").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @BeforeEach
  void playMaven() throws IOException {
    script(folder.resolve("bin/mvn"), "echo \"maven with $JAVA_HOME: $*\"");
  }

  @Test
  void a_jdk_that_is_too_old_is_skipped() throws Exception {
    Path old = jdk("old", "17.0.15");
    Path young = jdk("young", "99.0.1");

    Said byOwnName =
        launch(Map.of("QUIMBI_JAVA_HOME", young.toString(), "JAVA_HOME", old.toString()), "test");
    Said byJavaHome =
        launch(Map.of("QUIMBI_JAVA_HOME", old.toString(), "JAVA_HOME", young.toString()), "test");

    assertTrue(byOwnName.text().contains("maven with " + young + ":"), byOwnName.text());
    assertTrue(byJavaHome.text().contains("maven with " + young + ":"), byJavaHome.text());
  }

  @Test
  void a_folder_without_a_compiler_is_no_jdk() throws Exception {
    Path runtime = jdk("runtime", "99.0.1");
    Files.delete(runtime.resolve("bin/javac"));
    Path whole = jdk("whole", "98.0.1");

    Said said =
        launch(
            Map.of("QUIMBI_JAVA_HOME", runtime.toString(), "JAVA_HOME", whole.toString()), "test");

    assertTrue(said.text().contains("maven with " + whole + ":"), said.text());
  }

  @Test
  void a_battery_runs_by_its_name_and_an_unknown_one_names_the_known() throws Exception {
    Map<String, String> environment = Map.of("QUIMBI_JAVA_HOME", jdk("jdk", "99.0.1").toString());

    Said known = launch(environment, "test", "--battery", "kill");
    Said unknown = launch(environment, "test", "--battery", "nonsense");

    assertEquals(0, known.code(), known.text());
    assertTrue(known.text().contains("-Dtest.groups=battery-kill"), known.text());
    assertNotEquals(0, unknown.code());
    assertTrue(unknown.text().contains("postgres15") && unknown.text().contains("kill"));
  }

  private record Said(int code, String text) {}

  private Said launch(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", LAUNCHER.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    script(home.resolve("bin/javac"), "exit 0");
    script(home.resolve("bin/java"), "exit 0");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private static void script(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
