package ai.quimbi.server.api;

import ai.quimbi.core.customer.Interaction;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Reads interactions as the contract writes them; both spellings of the type are accepted in both
/// places. The schema has been checked.
final class InteractionJson {
  private InteractionJson() {}

  /// An interaction of `ingest_interactions`, which names its customer.
  static Interaction ingested(JsonNode interaction, String source) {
    return read(interaction, source, interaction.path("customer_id").textValue());
  }

  /// An interaction of analyze's context, which belongs to the customer asked about.
  static Interaction ofContext(JsonNode interaction, String customerId) {
    return read(interaction, OrderJson.CONTEXT, customerId);
  }

  private static Interaction read(JsonNode node, String source, String customerId) {
    String type = OrderJson.text(node, "interaction_type");
    if (type == null) {
      type = node.path("type").asText();
    }
    JsonNode metadata = node.path("metadata");
    String channel = OrderJson.text(node, "channel");
    Instant at = OrderJson.instant(node.path("timestamp").textValue());
    String identity =
        Interaction.identityOf(
            OrderJson.text(node, "interaction_id"),
            ticketId(metadata),
            customerId,
            type,
            at,
            channel);
    return new Interaction(
        source,
        identity,
        customerId,
        type,
        channel,
        at,
        metadata.isObject() && !metadata.isEmpty() ? metadata.toString() : null);
  }

  // Ticket systems number their tickets; a number is as good an id as its digits.
  private static @Nullable String ticketId(JsonNode metadata) {
    JsonNode id = metadata.path("ticket_id");
    return id.isTextual() || id.isIntegralNumber() ? id.asText() : null;
  }
}
