package ai.quimbi.client;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The wire convention: decimals stay decimals, an answer is one whole JSON object.
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /// An instant as RFC 3339 has it; `toString` would leave out seconds that are zero.
  static String time(OffsetDateTime time) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
  }

  /// A caller's maps, lists and values as JSON; what Jackson cannot write is named by its field.
  static JsonNode tree(String field, Map<String, ?> value) {
    try {
      return MAPPER.valueToTree(Arguments.present(field, value));
    } catch (IllegalArgumentException notJson) {
      throw new InvalidArgumentException(
          field, "cannot be written as JSON: " + notJson.getMessage());
    }
  }

  static byte[] bytes(JsonNode json) {
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException notJson) {
      throw new InvalidArgumentException(
          "body", "cannot be written as JSON: " + notJson.getOriginalMessage());
    }
  }

  /// The JSON object of a success; everything else is thrown.
  static JsonNode answer(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status >= 300 && status < 400) {
      throw new BadAnswerException(
          status,
          "the server redirects to "
              + response.headers().firstValue("Location").orElse("nowhere")
              + "; redirects are not followed, give the final address as baseUrl",
          null);
    }
    JsonNode json = parsed(response);
    if (status >= 200 && status < 300) {
      if (json.isObject()) {
        return json;
      }
      throw new BadAnswerException(status, "the answer is not a JSON object", null);
    }
    JsonNode error = json.path("error");
    if (!error.path("code").isTextual()) {
      throw new BadAnswerException(status, "an error without Quimbi's envelope", null);
    }
    throw refused(response, error);
  }

  /// One line of an answer that has a JSON object a line.
  static JsonNode row(String line) {
    try {
      JsonNode row = MAPPER.readTree(line);
      if (row.isObject()) {
        return row;
      }
      throw new BadAnswerException(200, "a line of the answer is not a JSON object", null);
    } catch (JsonProcessingException notJson) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      throw new BadAnswerException(
          200, "a line of the answer is not JSON: " + excerpt(bytes), notJson);
    }
  }

  static ApiException refused(HttpResponse<byte[]> response, JsonNode error) {
    JsonNode details = error.path("details");
    String requestId =
        response.headers().firstValue("X-Request-Id").orElse(details.path("request_id").asText(""));
    return new ApiException(
        response.statusCode(),
        error.path("code").asText(),
        error.path("message").asText(""),
        details.isMissingNode() ? MissingNode.getInstance() : details,
        requestId,
        retryAfter(response));
  }

  private static JsonNode parsed(HttpResponse<byte[]> response) {
    byte[] body = response.body();
    try {
      return MAPPER.readTree(body);
    } catch (IOException notJson) {
      throw new BadAnswerException(
          response.statusCode(), "the answer is not JSON: " + excerpt(body), notJson);
    }
  }

  /// The contract's form only, whole seconds: a date would have to trust this machine's clock.
  private static @Nullable Duration retryAfter(HttpResponse<byte[]> response) {
    String value = response.headers().firstValue("Retry-After").orElse("").strip();
    return value.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(value)) : null;
  }

  private static String excerpt(byte[] body) {
    String text =
        new String(body, 0, Math.min(body.length, 400), StandardCharsets.UTF_8)
            .replaceAll("[\\s\\p{Cntrl}]+", " ")
            .strip();
    if (text.isEmpty()) {
      return "it is empty";
    }
    return text.length() <= 120 ? text : text.substring(0, 120) + " …";
  }
}
