package ai.quimbi.server.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  @Test
  void without_settings_the_defaults_hold() {
    Config config = Settings.read(Map.of());

    assertEquals("127.0.0.1", config.host());
    assertEquals(8080, config.port());
    assertEquals(Path.of("./quimbi-data"), config.data());
    assertEquals(List.of(), config.corsOrigins());
  }

  @Test
  void the_environment_wins_over_the_file(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("quimbi.properties");
    Files.writeString(file, "QUIMBI_PORT=9000\nQUIMBI_HOST=0.0.0.0\n");

    Config config = Settings.read(Map.of("QUIMBI_CONFIG", file.toString(), "QUIMBI_PORT", "9001"));

    assertEquals(9001, config.port());
    assertEquals("0.0.0.0", config.host());
  }

  @Test
  void an_unknown_name_stops_the_start_and_names_the_nearest_known_one() {
    var fault =
        assertThrows(
            Settings.InvalidSetting.class,
            () -> Settings.read(Map.of("QUIMBI_DATABSE_URL", "postgresql://x")));

    assertTrue(
        String.valueOf(fault.getMessage()).contains("QUIMBI_DATABASE_URL"), fault.getMessage());
  }

  @Test
  void an_unknown_name_in_the_file_stops_the_start_too(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("quimbi.properties");
    Files.writeString(file, "PORT=9000\n");

    assertThrows(
        Settings.InvalidSetting.class,
        () -> Settings.read(Map.of("QUIMBI_CONFIG", file.toString())));
  }

  @Test
  void names_of_the_launcher_and_the_clients_are_known() {
    Settings.read(Map.of("QUIMBI_JAVA_HOME", "/x", "QUIMBI_API_KEY", "k", "PATH", "/bin"));
  }

  @Test
  void a_value_that_does_not_fit_says_which_and_why() {
    var number =
        assertThrows(
            Settings.InvalidSetting.class, () -> Settings.read(Map.of("QUIMBI_PORT", "http")));
    var truth =
        assertThrows(
            Settings.InvalidSetting.class, () -> Settings.read(Map.of("QUIMBI_CLUSTER", "maybe")));

    assertTrue(String.valueOf(number.getMessage()).contains("QUIMBI_PORT"));
    assertTrue(String.valueOf(truth.getMessage()).contains("QUIMBI_CLUSTER"));
  }

  @Test
  void secrets_are_never_shown() {
    String secret = "postgresql://role:hunter2@host/db";

    List<Settings.Line> lines = Settings.describe(Map.of("QUIMBI_DATABASE_URL", secret));

    assertFalse(lines.toString().contains("hunter2"));
  }
}
