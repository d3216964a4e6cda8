package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// A message to send or to edit: the answer of `POST /api/generation/message`.
public record GeneratedMessage(
    String message,
    String tone,
    String channel,
    List<String> personalizationApplied,
    JsonNode raw) {

  /// What [Generation#messageFeedback] is to be told of.
  public String messageId() {
    return raw.path("message_id").asText("");
  }

  static GeneratedMessage of(JsonNode answer) {
    Fields fields = Fields.of(answer);
    return new GeneratedMessage(
        fields.text("message"),
        fields.text("tone"),
        fields.text("channel"),
        fields.texts("personalization_applied"),
        answer);
  }
}
