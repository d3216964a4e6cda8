package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the promised fields of an answer. A missing or wrongly typed one is a [BadAnswerException]
/// that names it; fields beyond the promised ones are none of its business.
record Fields(String at, JsonNode json) {

  static Fields of(JsonNode answer) {
    return new Fields("", answer);
  }

  String text(String name) {
    JsonNode value = json.path(name);
    return expect(value.isTextual(), name, "a string", value).textValue();
  }

  /// A string that need not be there; empty then.
  String textOrEmpty(String name) {
    return json.path(name).asText("");
  }

  @Nullable String textOrNull(String name) {
    return absent(name) ? null : text(name);
  }

  /// A day, as `2026-03-15`.
  LocalDate day(String name) {
    String value = text(name);
    try {
      return LocalDate.parse(value);
    } catch (DateTimeParseException noDay) {
      throw new BadAnswerException(200, "the answer's " + at + name + " is not a day", noDay);
    }
  }

  BigDecimal decimal(String name) {
    JsonNode value = json.path(name);
    return expect(value.isNumber(), name, "a number", value).decimalValue();
  }

  @Nullable BigDecimal decimalOrNull(String name) {
    return absent(name) ? null : decimal(name);
  }

  double number(String name) {
    return decimal(name).doubleValue();
  }

  @Nullable Double numberOrNull(String name) {
    return absent(name) ? null : Double.valueOf(number(name));
  }

  int integer(String name) {
    JsonNode value = json.path(name);
    boolean fits = value.isIntegralNumber() && value.canConvertToInt();
    return expect(fits, name, "an integer", value).intValue();
  }

  int integerOr(String name, int otherwise) {
    return absent(name) ? otherwise : integer(name);
  }

  @Nullable Integer integerOrNull(String name) {
    return absent(name) ? null : Integer.valueOf(integer(name));
  }

  boolean flag(String name) {
    JsonNode value = json.path(name);
    return expect(value.isBoolean(), name, "true or false", value).booleanValue();
  }

  Fields object(String name) {
    JsonNode value = json.path(name);
    return new Fields(at + name + ".", expect(value.isObject(), name, "an object", value));
  }

  @Nullable Fields objectOrNull(String name) {
    return absent(name) ? null : object(name);
  }

  <T> List<T> objects(String name, Function<Fields, T> reader) {
    List<T> all = new ArrayList<>();
    for (JsonNode element : array(name)) {
      String where = at + name + "[" + all.size() + "].";
      expect(element.isObject(), name, "an array of objects", element);
      all.add(reader.apply(new Fields(where, element)));
    }
    return List.copyOf(all);
  }

  List<String> texts(String name) {
    List<String> all = new ArrayList<>();
    for (JsonNode element : array(name)) {
      all.add(expect(element.isTextual(), name, "an array of strings", element).textValue());
    }
    return List.copyOf(all);
  }

  List<String> textsOrNone(String name) {
    return absent(name) ? List.of() : texts(name);
  }

  /// The object's string members, in their order.
  Map<String, String> strings() {
    Map<String, String> all = new LinkedHashMap<>();
    json.properties()
        .forEach(
            member -> {
              if (member.getValue().isTextual()) {
                all.put(member.getKey(), member.getValue().textValue());
              }
            });
    return all;
  }

  /// The object's members, which are all integers.
  Map<String, Integer> integers() {
    Map<String, Integer> all = new LinkedHashMap<>();
    json.fieldNames().forEachRemaining(name -> all.put(name, integer(name)));
    return Collections.unmodifiableMap(all);
  }

  /// The object's members, which are all numbers.
  Map<String, BigDecimal> decimals() {
    Map<String, BigDecimal> all = new LinkedHashMap<>();
    json.fieldNames().forEachRemaining(name -> all.put(name, decimal(name)));
    return Collections.unmodifiableMap(all);
  }

  boolean absent(String name) {
    JsonNode value = json.path(name);
    return value.isMissingNode() || value.isNull();
  }

  private JsonNode array(String name) {
    JsonNode value = json.path(name);
    return expect(value.isArray(), name, "an array", value);
  }

  private JsonNode expect(boolean holds, String name, String expected, JsonNode value) {
    if (!holds) {
      throw new BadAnswerException(200, "the answer's " + at + name + " is not " + expected, null);
    }
    return value;
  }
}
