package ai.quimbi.server.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import org.jspecify.annotations.Nullable;

/// The one shape that is asked of models with structured output: `{"message": "…"}`.
final class MessageJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  static final ResponseFormat FORMAT =
      ResponseFormat.builder()
          .type(ResponseFormatType.JSON)
          .jsonSchema(
              JsonSchema.builder()
                  .name("message")
                  .rootElement(
                      JsonObjectSchema.builder()
                          .addStringProperty("message", "The message, plain text")
                          .required("message")
                          .additionalProperties(false)
                          .build())
                  .build())
          .build();

  private MessageJson() {}

  /// The message in a model's answer, or `null` when it cannot be read. Servers that do not know
  /// schemas answer with the text itself; that is taken as it is.
  static @Nullable String read(String answer) {
    String text = answer.strip();
    if (text.startsWith("```")) {
      text = text.replaceFirst("^```[a-z]*\\s*", "").replaceFirst("\\s*```$", "");
    }
    if (!text.startsWith("{")) {
      return text.isEmpty() ? null : text;
    }
    try {
      JsonNode message = JSON.readTree(text).get("message");
      return message != null && message.isTextual() && !message.asText().isBlank()
          ? message.asText()
          : null;
    } catch (JsonProcessingException _) {
      return null;
    }
  }
}
