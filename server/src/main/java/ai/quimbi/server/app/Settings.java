package ai.quimbi.server.app;

import ai.quimbi.server.app.Config.Setting;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads a [Config] from environment variables and an optional file of `NAME=value` lines. A
/// `QUIMBI_*` name that nobody knows stops the start: a misspelt setting must not pass for a set
/// one.
public final class Settings {
  private static final String PREFIX = "QUIMBI_";

  /// Names that other parts read: the launcher, the clients, the tests.
  private static final Set<String> NAMES_OF_OTHERS =
      Set.of(
          "QUIMBI_CONFIG",
          "QUIMBI_JAVA_HOME",
          "QUIMBI_JAVA_OPTS",
          "QUIMBI_URL",
          "QUIMBI_BASE_URL",
          "QUIMBI_API_KEY",
          "QUIMBI_ADMIN_KEY",
          "QUIMBI_TEST_DATABASE_URL",
          "QUIMBI_TEST_URL",
          "QUIMBI_TEST_KEY",
          "QUIMBI_TEST_CLIENT",
          "QUIMBI_TEST_SECRET");

  private Settings() {}

  /// One line of `./quimbi config`.
  public record Line(String name, String value, String means, boolean isDefault) {}

  /// Says what is wrong with a setting, in words for whoever set it.
  public static final class InvalidSetting extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidSetting(String message) {
      super(message);
    }
  }

  /// Throws [InvalidSetting] for an unknown name or a value that does not fit.
  public static Config read(Map<String, String> environment) {
    Map<String, String> given = given(environment);
    refuseUnknown(given.keySet());
    RecordComponent[] components = Config.class.getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      types[i] = component.getType();
      String name = nameOf(component);
      values[i] = parse(name, given.getOrDefault(name, setting(component).is()), types[i]);
    }
    try {
      return Config.class.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the configuration record cannot be made", e);
    }
  }

  /// Every setting with its value, secrets hidden, in the record's order.
  public static List<Line> describe(Map<String, String> environment) {
    Map<String, String> given = given(environment);
    refuseUnknown(given.keySet());
    List<Line> lines = new ArrayList<>();
    for (RecordComponent component : Config.class.getRecordComponents()) {
      String name = nameOf(component);
      Setting setting = setting(component);
      String value = given.getOrDefault(name, setting.is());
      String shown = setting.secret() && !value.isEmpty() ? "(set, hidden)" : value;
      lines.add(new Line(name, shown, setting.means(), !given.containsKey(name)));
    }
    return lines;
  }

  private static Map<String, String> given(Map<String, String> environment) {
    Map<String, String> given = new TreeMap<>();
    String file = environment.get("QUIMBI_CONFIG");
    if (file != null && !file.isEmpty()) {
      given.putAll(fromFile(Path.of(file)));
    }
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            given.put(name, value);
          }
        });
    return given;
  }

  private static Map<String, String> fromFile(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("QUIMBI_CONFIG names a file that cannot be read: " + file, e);
    }
    Map<String, String> lines = new LinkedHashMap<>();
    properties.stringPropertyNames().forEach(name -> lines.put(name, properties.getProperty(name)));
    for (String name : lines.keySet()) {
      if (!name.startsWith(PREFIX)) {
        throw new InvalidSetting(file + ": '" + name + "' is not a setting; names start QUIMBI_");
      }
    }
    return lines;
  }

  private static void refuseUnknown(Set<String> names) {
    List<String> known =
        Arrays.stream(Config.class.getRecordComponents()).map(Settings::nameOf).toList();
    for (String name : names) {
      if (!known.contains(name) && !NAMES_OF_OTHERS.contains(name)) {
        String nearest =
            known.stream()
                .min(Comparator.comparingInt(other -> distance(name, other)))
                .orElseThrow();
        throw new InvalidSetting(
            name + " is not a setting. Did you mean " + nearest + "? './quimbi config' lists all.");
      }
    }
  }

  private static Object parse(String name, String text, Class<?> type) {
    try {
      if (type == int.class) {
        return Integer.parseInt(text.strip());
      }
    } catch (NumberFormatException e) {
      throw new InvalidSetting(name + " must be a whole number, was '" + text + "'");
    }
    if (type == boolean.class) {
      return switch (text.strip().toLowerCase(Locale.ROOT)) {
        case "true", "yes", "1" -> true;
        case "false", "no", "0", "" -> false;
        default -> throw new InvalidSetting(name + " must be true or false, was '" + text + "'");
      };
    }
    if (type == List.class) {
      return Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
    }
    return type == Path.class ? Path.of(text) : text;
  }

  private static Setting setting(RecordComponent component) {
    Setting setting = component.getAnnotation(Setting.class);
    if (setting == null) {
      throw new IllegalStateException(component.getName() + " has no @Setting");
    }
    return setting;
  }

  private static String nameOf(RecordComponent component) {
    return PREFIX + component.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
  }

  /// Levenshtein's distance: how many letters must be changed, added or dropped.
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
