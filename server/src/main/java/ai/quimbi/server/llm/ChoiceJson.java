package ai.quimbi.server.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A choice as it is asked of models with structured output: `{"choice": ["…"]}`, each of the words
/// that are allowed.
final class ChoiceJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MEMBER = "choice";

  private ChoiceJson() {}

  static ResponseFormat format(List<String> choices) {
    JsonEnumSchema one = JsonEnumSchema.builder().enumValues(choices).build();
    return ResponseFormat.builder()
        .type(ResponseFormatType.JSON)
        .jsonSchema(
            JsonSchema.builder()
                .name(MEMBER)
                .rootElement(
                    JsonObjectSchema.builder()
                        .addProperty(MEMBER, JsonArraySchema.builder().items(one).build())
                        .required(MEMBER)
                        .additionalProperties(false)
                        .build())
                .build())
        .build();
  }

  /// The chosen words parted by commas; `null` where nothing can be read. Models that were asked
  /// without a schema answer with the words themselves.
  static @Nullable String read(String answer) {
    String text = answer.strip();
    if (!text.startsWith("{")) {
      return MessageJson.read(text);
    }
    try {
      JsonNode told = JSON.readTree(text).path(MEMBER);
      List<String> words = new ArrayList<>();
      told.forEach(word -> words.add(word.asText()));
      return told.isArray() && !words.isEmpty() ? String.join(", ", words) : null;
    } catch (JsonProcessingException _) {
      return null;
    }
  }
}
