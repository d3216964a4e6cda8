package ai.quimbi.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import java.util.StringJoiner;

/// Says the validator's findings in our words.
final class SchemaFaults {
  private SchemaFaults() {}

  static Fault of(Error error) {
    String path = error.getInstanceLocation().toString();
    String keyword = error.getKeyword();
    Object first =
        error.getArguments() == null || error.getArguments().length == 0
            ? ""
            : error.getArguments()[0];
    JsonNode rule = error.getSchemaNode();
    return switch (keyword) {
      case "required" ->
          new Fault(
              path + "/" + escaped(error.getProperty()),
              keyword,
              error.getProperty() + " is required.");
      case "type" -> new Fault(path, keyword, "This must be " + types(rule) + ".");
      case "enum" -> new Fault(path, keyword, "This must be one of " + choices(rule) + ".");
      case "format" -> new Fault(path, keyword, formatMessage(rule.asText()));
      case "pattern" -> new Fault(path, keyword, patternMessage(rule.asText()));
      case "minimum" -> new Fault(path, keyword, "This must be at least " + first + ".");
      case "maximum" -> new Fault(path, keyword, "This must be at most " + first + ".");
      case "exclusiveMinimum" -> new Fault(path, keyword, "This must be more than " + first + ".");
      case "minLength" -> new Fault(path, keyword, "This must not be shorter than " + first + ".");
      case "maxLength" ->
          new Fault(path, keyword, "This must have at most " + first + " characters.");
      case "maxItems" -> new Fault(path, keyword, "This must have at most " + first + " elements.");
      case "multipleOf" -> new Fault(path, keyword, "This has too many decimals.");
      default -> new Fault(path, keyword, "This " + error.getMessage() + ".");
    };
  }

  /// `null` counts as absent, so it is not offered as a type.
  private static String types(JsonNode rule) {
    String type = rule.isArray() ? rule.get(0).asText() : rule.asText();
    return switch (type) {
      case "integer" -> "a whole number";
      case "object" -> "an object";
      case "array" -> "an array";
      default -> "a " + type;
    };
  }

  private static String choices(JsonNode rule) {
    StringJoiner choices = new StringJoiner(", ");
    rule.forEach(
        choice -> {
          if (!choice.isNull()) {
            choices.add(choice.asText());
          }
        });
    return choices.toString();
  }

  private static String patternMessage(String pattern) {
    return pattern.startsWith("^[^\\u0000")
        ? "Control characters are not allowed."
        : "This must match " + pattern + ".";
  }

  private static String formatMessage(String format) {
    return switch (format) {
      case "date-time" -> "This must be a time with an offset, such as 2024-01-15T10:30:00Z.";
      case "date" -> "This must be a day, such as 2024-01-15.";
      default -> "This must have the format " + format + ".";
    };
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
