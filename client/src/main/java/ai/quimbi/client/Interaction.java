package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.OffsetDateTime;
import java.util.Map;

/// A contact with a customer as it is sent. `metadata` is free; a `ticket_id` in it identifies the
/// interaction, so that sending it again changes nothing.
public record Interaction(
    String customerId,
    String interactionType,
    OffsetDateTime timestamp,
    String channel,
    Map<String, ?> metadata) {

  public Interaction {
    Arguments.id("customerId", customerId);
    Arguments.text("interactionType", interactionType);
    Arguments.text("channel", channel);
    Arguments.present("timestamp", timestamp);
    metadata = Arguments.map("metadata", metadata);
  }

  JsonNode json() {
    ObjectNode interaction = Json.object();
    interaction.put("customer_id", customerId);
    interaction.put("interaction_type", interactionType);
    interaction.put("timestamp", Json.time(timestamp));
    interaction.put("channel", channel);
    interaction.set("metadata", Json.tree("metadata", metadata));
    return interaction;
  }
}
