package ai.quimbi.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a body that a stranger sent. One pass makes the tree and finds everything that JSON allows
/// but no honest client sends: members twice, U+0000, halves of surrogate pairs, numbers that take
/// gigabytes to write out. Jackson's own byte parser lets malformed UTF-8 and UTF-16 through, so
/// the bytes are looked at first.
///
/// Members that are `null` are left out: to the platform, `null` and absent are the same.
final class StrictJson {
  static final int MAX_DEPTH = 64;
  static final int MAX_STRING = 20_000;
  static final int MAX_ELEMENTS = 50_000;

  /// More digits than any amount has; the exponent is bounded likewise.
  static final int MAX_DIGITS = 60;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .recyclerPool(Wire.BUFFERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH + 2)
                  .maxNumberLength(1000)
                  .maxNameLength(1000)
                  .maxTokenCount(4_000_000)
                  .build())
          .build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final JsonParser parser;
  private final boolean hasEscapedUnicode;
  private final List<Fault> faults = new ArrayList<>();

  private final boolean keepsNulls;

  // Where a text may be as long as the body; `null` where nowhere.
  private final @Nullable String longText;

  private StrictJson(
      JsonParser parser, boolean hasEscapedUnicode, boolean keepsNulls, @Nullable String longText) {
    this.parser = parser;
    this.hasEscapedUnicode = hasEscapedUnicode;
    this.keepsNulls = keepsNulls;
    this.longText = longText;
  }

  /// The tree of a body and what is wrong with it. With faults the tree still stands in, so that a
  /// schema can add its own; it is missing where the bytes are no JSON at all.
  record Read(JsonNode tree, List<Fault> faults) {
    private static Read refused(String code, String message) {
      return new Read(MissingNode.getInstance(), List.of(new Fault("", code, message)));
    }
  }

  static Read read(byte[] bytes) {
    return read(bytes, false, null);
  }

  /// `file` names the member of the body whose text may be as long as the body.
  static Read read(byte[] bytes, @Nullable String file) {
    return read(bytes, false, file == null ? null : "/" + file);
  }

  /// With `keepsNulls` a member that is `null` stays, for callers to whom it is not absent.
  static Read read(byte[] bytes, boolean keepsNulls) {
    return read(bytes, keepsNulls, null);
  }

  private static Read read(byte[] bytes, boolean keepsNulls, @Nullable String longText) {
    if (bytes.length == 0) {
      return Read.refused("empty_body", "The body is empty; a JSON object is expected.");
    }
    boolean ascii = true;
    boolean escapes = false;
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b < 0) {
        ascii = false;
      } else if (b == '\\') {
        escapes |= i + 1 < bytes.length && bytes[i + 1] == 'u';
      } else if (b == 0) {
        return Read.refused("invalid_encoding", "The body is not UTF-8 text without U+0000.");
      }
    }
    if (!ascii && !isUtf8(bytes)) {
      return Read.refused("invalid_encoding", "The body is not valid UTF-8.");
    }
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      return new StrictJson(parser, escapes, keepsNulls, longText).document();
    } catch (TooDeep e) {
      return Read.refused("too_deep", "The JSON is nested deeper than " + MAX_DEPTH + " levels.");
    } catch (StreamConstraintsException e) {
      return Read.refused("limit_exceeded", "The JSON has too long a name, number or list.");
    } catch (JsonProcessingException e) {
      var where = e.getLocation();
      return Read.refused(
          "malformed_json",
          where == null
              ? "The body is not valid JSON."
              : "The body is not valid JSON: line "
                  + where.getLineNr()
                  + ", column "
                  + where.getColumnNr()
                  + ".");
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private Read document() throws IOException {
    if (parser.nextToken() == null) {
      return Read.refused("empty_body", "The body is empty; a JSON object is expected.");
    }
    JsonNode tree = value(1);
    if (parser.nextToken() != null) {
      return Read.refused("malformed_json", "Something follows the end of the JSON.");
    }
    return new Read(tree, faults);
  }

  private JsonNode value(int depth) throws IOException {
    if (depth > MAX_DEPTH + 1) {
      throw new TooDeep();
    }
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> object(depth);
      case START_ARRAY -> array(depth);
      case VALUE_STRING -> new TextNode(checked(parser.getText()));
      case VALUE_NUMBER_INT -> integer();
      case VALUE_NUMBER_FLOAT -> decimal();
      case VALUE_TRUE -> BooleanNode.TRUE;
      case VALUE_FALSE -> BooleanNode.FALSE;
      case VALUE_NULL -> NullNode.getInstance();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("the parser gave " + token + " where a value starts");
    };
  }

  private ObjectNode object(int depth) throws IOException {
    ObjectNode object = new ObjectNode(NODES);
    boolean hasNull = false;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      checked(name);
      String place = null;
      if (object.has(name)) {
        place = here();
      }
      JsonNode value = value(depth + 1);
      hasNull |= value.isNull();
      object.set(name, value);
      if (place != null) {
        faults.add(new Fault(place, "duplicate_member", "This member is given twice."));
      }
      if (object.size() > MAX_ELEMENTS) {
        throw new TooLong();
      }
    }
    if (hasNull && !keepsNulls) {
      object.removeNulls();
    }
    return object;
  }

  private ArrayNode array(int depth) throws IOException {
    ArrayNode array = new ArrayNode(NODES);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonNode value = value(depth + 1);
      if (array.size() < MAX_ELEMENTS) {
        array.add(value);
      } else if (array.size() == MAX_ELEMENTS) {
        throw new TooLong();
      }
    }
    return array;
  }

  private JsonNode integer() throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default ->
          parser.getTextLength() <= MAX_DIGITS
              ? NODES.numberNode(parser.getBigIntegerValue())
              : outOfRange();
    };
  }

  private JsonNode decimal() throws IOException {
    String text = parser.getText();
    int exponentAt = Math.max(text.indexOf('e'), text.indexOf('E'));
    int digits = exponentAt < 0 ? text.length() : exponentAt;
    if (digits > MAX_DIGITS || (exponentAt >= 0 && !isSmall(text.substring(exponentAt + 1)))) {
      return outOfRange();
    }
    return DecimalNode.valueOf(parser.getDecimalValue());
  }

  private static boolean isSmall(String exponent) {
    return exponent.length() <= 4 && Math.abs(Integer.parseInt(exponent)) <= MAX_DIGITS;
  }

  private JsonNode outOfRange() {
    faults.add(new Fault(here(), "number_out_of_range", "This number is too large or too long."));
    return IntNode.valueOf(0);
  }

  private String checked(String text) {
    if (text.length() > MAX_STRING && !here().equals(longText)) {
      faults.add(
          new Fault(
              here(), "string_too_long", "Texts have at most " + MAX_STRING + " characters."));
      return "";
    }
    if (hasEscapedUnicode && !Text.isClean(text)) {
      faults.add(
          new Fault(here(), "invalid_text", "U+0000 and halves of surrogate pairs are no text."));
    }
    return text;
  }

  private String here() {
    return parser.getParsingContext().pathAsPointer().toString();
  }

  private static final class TooDeep extends JsonProcessingException {
    private static final long serialVersionUID = 1L;

    TooDeep() {
      super("too deep");
    }
  }

  private static final class TooLong extends StreamConstraintsException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super("too long");
    }
  }
}
