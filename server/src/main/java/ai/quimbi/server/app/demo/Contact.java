package ai.quimbi.server.app.demo;

import ai.quimbi.core.customer.Interaction;
import java.util.Map;

/// An interaction with its metadata (strings, numbers, booleans).
public record Contact(Interaction interaction, Map<String, Object> metadata) {
  public Contact {
    metadata = Map.copyOf(metadata);
  }
}
