package ai.quimbi.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Spoils JSON in every way a client might: the seed decides how and where.
public final class Mutations {
  /// What a value is replaced by, written as it stands; the last ones are no valid JSON text.
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e400",
          "1e999999999",
          "-0.0000000000001",
          "9".repeat(80),
          "9".repeat(5000),
          "123456789012345678901234567890.123",
          "\"\"",
          "\" \"",
          "\"12\"",
          "\"2024-03-15T14:30:00\"",
          "\"2024-03-15\"",
          "\"0000-01-01T00:00:00Z\"",
          "\"9999-12-31T23:59:59+18:00\"",
          "\"2024-02-30T00:00:00Z\"",
          "\"2024-03-15T23:59:60Z\"",
          "\"\\u0000\"",
          "\"a\\u0000b\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\ud83e\\uddf5\"",
          "\"a\\nb\"",
          "\"" + "x".repeat(129) + "\"",
          "\"" + "x".repeat(30_000) + "\"",
          "[]",
          "{}",
          "[[[]]]",
          "[null]",
          "[1, \"a\", {}]",
          "[".repeat(100) + "]".repeat(100),
          "{\"a\":".repeat(70) + "1" + "}".repeat(70),
          "[".repeat(20_000),
          "{\"a\": 1, \"a\": 2}",
          "{\"\": {\"\": null}}",
          "NaN",
          "Infinity",
          "01",
          "1.",
          "'a'",
          "\"\\x\"",
          "\"a\tb\"",
          "/* */ 1",
          "undefined");

  private Mutations() {}

  /// A spoilt copy of the request, as bytes.
  public static byte[] of(JsonNode request, Random random) {
    JsonNode copy = request.deepCopy();
    List<Runnable> changes = new ArrayList<>();
    collect(copy, VALUES.get(random.nextInt(VALUES.size())), random.nextInt(4), changes);
    changes.get(random.nextInt(changes.size())).run();
    byte[] bytes = copy.toString().getBytes(StandardCharsets.UTF_8);
    return random.nextInt(4) == 0 ? damaged(bytes, random) : bytes;
  }

  /// Every place where `value` can be put, or a member be taken away, renamed or given twice.
  private static void collect(JsonNode node, String value, int kind, List<Runnable> changes) {
    RawValue raw = new RawValue(value);
    switch (node) {
      case ObjectNode object -> {
        for (String name : List.copyOf(fieldNames(object))) {
          changes.add(
              switch (kind) {
                case 0 -> () -> object.remove(name);
                case 1 -> () -> object.putRawValue("\u0000" + name, raw);
                default -> () -> object.putRawValue(name, raw);
              });
          collect(object.get(name), value, kind, changes);
        }
      }
      case ArrayNode array -> {
        changes.add(() -> array.addRawValue(raw));
        for (int i = 0; i < array.size(); i++) {
          int at = i;
          changes.add(() -> array.setRawValue(at, raw));
          collect(array.get(i), value, kind, changes);
        }
      }
      default -> {
        // a leaf is replaced by its parent
      }
    }
  }

  private static List<String> fieldNames(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static byte[] damaged(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> with(bytes, at, (byte) 0xff);
      case 2 -> with(bytes, at, (byte) 0);
      case 3 -> with(bytes, at, (byte) 0xc0);
      default -> with(bytes, at, (byte) random.nextInt(256));
    };
  }

  private static byte[] with(byte[] bytes, int at, byte value) {
    byte[] copy = bytes.clone();
    copy[at] = value;
    return copy;
  }
}
