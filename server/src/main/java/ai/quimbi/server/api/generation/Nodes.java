package ai.quimbi.server.api.generation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what clients write in more than one place: the first of several pointers that is there.
final class Nodes {

  private Nodes() {}

  static JsonNode first(JsonNode root, String... pointers) {
    for (String pointer : pointers) {
      JsonNode found = root.at(pointer);
      if (!found.isMissingNode() && !found.isNull()) {
        return found;
      }
    }
    return MissingNode.getInstance();
  }

  static @Nullable String text(JsonNode root, String... pointers) {
    for (String pointer : pointers) {
      JsonNode found = root.at(pointer);
      if (found.isTextual() && !found.textValue().isBlank()) {
        return found.textValue();
      }
    }
    return null;
  }

  static @Nullable BigDecimal number(JsonNode root, String... pointers) {
    for (String pointer : pointers) {
      JsonNode found = root.at(pointer);
      if (found.isNumber()) {
        return found.decimalValue();
      }
    }
    return null;
  }

  static List<String> texts(JsonNode root, String pointer) {
    List<String> texts = new ArrayList<>();
    for (JsonNode node : root.at(pointer)) {
      if (node.isTextual() && !node.textValue().isBlank()) {
        texts.add(node.textValue());
      }
    }
    return texts;
  }
}
