package ai.quimbi.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// In what a contract breaks a released one: what a caller of the released one may send and would
/// be refused now, and what it may read and would miss or not understand now. Additions break
/// nothing: new operations, optional parameters and members, further error statuses, further words
/// in an answer's vocabulary (callers must expect words that they do not know).
final class ContractDiff {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");
  private static final List<String> LOWER_BOUNDS =
      List.of("minimum", "exclusiveMinimum", "minLength", "minItems");
  private static final List<String> UPPER_BOUNDS =
      List.of("maximum", "exclusiveMaximum", "maxLength", "maxItems");
  private static final List<String> EXACT =
      List.of("pattern", "format", "const", "oneOf", "anyOf", "allOf", "not");

  private final JsonNode released;
  private final JsonNode now;
  private final List<String> breaks = new ArrayList<>();
  private final Set<String> compared = new HashSet<>();

  private ContractDiff(JsonNode released, JsonNode now) {
    this.released = released;
    this.now = now;
  }

  /// Every break, named by its place; empty where there is none.
  static List<String> breaks(JsonNode released, JsonNode now) {
    ContractDiff diff = new ContractDiff(released, now);
    diff.paths();
    return diff.breaks;
  }

  private void paths() {
    for (Map.Entry<String, JsonNode> path : released.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (METHODS.contains(method.getKey())) {
          JsonNode item = now.path("paths").path(path.getKey());
          String where = method.getKey() + " " + path.getKey();
          if (item.path(method.getKey()).isMissingNode()) {
            breaks.add(where + ": is gone");
          } else {
            operation(where, path.getValue(), method.getValue(), item, item.path(method.getKey()));
          }
        }
      }
    }
  }

  private void operation(
      String where, JsonNode oldItem, JsonNode old, JsonNode newItem, JsonNode its) {
    for (String same : List.of("operationId", "x-required-scope")) {
      if (!old.path(same).equals(its.path(same))) {
        breaks.add(where + ": " + same + " was " + old.path(same) + ", is " + its.path(same));
      }
    }
    parameters(where, oldItem, old, newItem, its);
    JsonNode oldBody = old.path("requestBody");
    JsonNode newBody = its.path("requestBody");
    if (!oldBody.path("required").asBoolean() && newBody.path("required").asBoolean()) {
      breaks.add(where + ": a body is required");
    }
    JsonNode oldSent = oldBody.at("/content/application~1json/schema");
    if (!oldSent.isMissingNode()) {
      sent(where + " body", oldSent, newBody.at("/content/application~1json/schema"));
    }
    for (Map.Entry<String, JsonNode> response : old.path("responses").properties()) {
      String at = where + " " + response.getKey();
      JsonNode newResponse = its.path("responses").path(response.getKey());
      if (newResponse.isMissingNode()) {
        breaks.add(at + ": is gone");
      } else {
        response(at, followed(released, response.getValue()), followed(now, newResponse));
      }
    }
  }

  private void parameters(
      String where, JsonNode oldItem, JsonNode old, JsonNode newItem, JsonNode its) {
    List<JsonNode> before = parametersOf(released, oldItem, old);
    for (JsonNode parameter : parametersOf(now, newItem, its)) {
      String at = where + " parameter " + parameter.path("name").asText();
      JsonNode known = named(before, parameter);
      boolean isRequired = parameter.path("required").asBoolean();
      if (isRequired && !known.path("required").asBoolean()) {
        breaks.add(at + ": is required");
      }
      if (known.has("schema")) {
        sent(at, known.path("schema"), parameter.path("schema"));
      }
    }
    for (JsonNode parameter : before) {
      if (named(parametersOf(now, newItem, its), parameter).isMissingNode()) {
        breaks.add(where + " parameter " + parameter.path("name").asText() + ": is gone");
      }
    }
  }

  private static List<JsonNode> parametersOf(JsonNode document, JsonNode item, JsonNode operation) {
    List<JsonNode> all = new ArrayList<>();
    item.path("parameters").forEach(each -> all.add(followed(document, each)));
    operation.path("parameters").forEach(each -> all.add(followed(document, each)));
    return all;
  }

  private static JsonNode named(List<JsonNode> parameters, JsonNode like) {
    for (JsonNode each : parameters) {
      if (each.path("name").equals(like.path("name")) && each.path("in").equals(like.path("in"))) {
        return each;
      }
    }
    return like.path("no such member");
  }

  private void response(String at, JsonNode old, JsonNode its) {
    for (Map.Entry<String, JsonNode> header : old.path("headers").properties()) {
      if (!its.path("headers").has(header.getKey())) {
        breaks.add(at + " header " + header.getKey() + ": is gone");
      }
    }
    for (Map.Entry<String, JsonNode> content : old.path("content").properties()) {
      JsonNode newContent = its.path("content").path(content.getKey());
      if (newContent.isMissingNode()) {
        breaks.add(at + " " + content.getKey() + ": is gone");
      } else {
        answered(at, content.getValue().path("schema"), newContent.path("schema"));
      }
    }
  }

  /// What a caller sends: nothing that fitted may be refused.
  private void sent(String at, JsonNode oldRef, JsonNode newRef) {
    if (!compared.add("sent" + at + oldRef + newRef)) {
      return;
    }
    JsonNode old = followed(released, oldRef);
    JsonNode its = followed(now, newRef);
    types(at, old, its, true);
    words(at, old, its, true);
    for (String bound : LOWER_BOUNDS) {
      if (its.has(bound)
          && (!old.has(bound) || its.get(bound).asDouble() > old.get(bound).asDouble())) {
        breaks.add(at + ": " + bound + " is tighter");
      }
    }
    for (String bound : UPPER_BOUNDS) {
      if (its.has(bound)
          && (!old.has(bound) || its.get(bound).asDouble() < old.get(bound).asDouble())) {
        breaks.add(at + ": " + bound + " is tighter");
      }
    }
    for (String rule : EXACT) {
      if (its.has(rule) && !its.get(rule).equals(old.path(rule))) {
        breaks.add(at + ": " + rule + " is another");
      }
    }
    if (isFalse(its.path("additionalProperties")) && !isFalse(old.path("additionalProperties"))) {
      breaks.add(at + ": further members are refused");
    }
    for (String required : texts(its.path("required"))) {
      if (!texts(old.path("required")).contains(required)) {
        breaks.add(at + "/" + required + ": is required");
      }
    }
    for (Map.Entry<String, JsonNode> member : old.path("properties").properties()) {
      JsonNode newMember = its.path("properties").path(member.getKey());
      if (newMember.isMissingNode()) {
        breaks.add(at + "/" + member.getKey() + ": is gone");
      } else {
        sent(at + "/" + member.getKey(), member.getValue(), newMember);
      }
    }
    if (old.has("items")) {
      sent(at + "/*", old.path("items"), its.path("items"));
    }
  }

  /// What a caller reads: what was promised must still be there, and of the same type.
  private void answered(String at, JsonNode oldRef, JsonNode newRef) {
    if (!compared.add("answered" + at + oldRef + newRef)) {
      return;
    }
    JsonNode old = followed(released, oldRef);
    JsonNode its = followed(now, newRef);
    types(at, old, its, false);
    for (String required : texts(old.path("required"))) {
      if (!texts(its.path("required")).contains(required)) {
        breaks.add(at + "/" + required + ": is not promised any more");
      }
    }
    for (Map.Entry<String, JsonNode> member : old.path("properties").properties()) {
      JsonNode newMember = its.path("properties").path(member.getKey());
      if (newMember.isMissingNode()) {
        breaks.add(at + "/" + member.getKey() + ": is gone");
      } else {
        answered(at + "/" + member.getKey(), member.getValue(), newMember);
      }
    }
    if (old.has("items")) {
      answered(at + "/*", old.path("items"), its.path("items"));
    }
    if (old.path("additionalProperties").isObject()) {
      answered(at + "/*", old.path("additionalProperties"), its.path("additionalProperties"));
    }
  }

  private void types(String at, JsonNode old, JsonNode its, boolean isSent) {
    Set<String> before = texts(old.path("type"));
    Set<String> after = texts(its.path("type"));
    Set<String> wide = isSent ? after : before;
    Set<String> narrow = isSent ? before : after;
    // No type means any. An integer is a number.
    boolean fits =
        wide.isEmpty()
            || (!narrow.isEmpty()
                && narrow.stream()
                    .allMatch(
                        type ->
                            wide.contains(type)
                                || (type.equals("integer") && wide.contains("number"))));
    if (!fits && !(before.isEmpty() && !isSent)) {
      breaks.add(at + ": the type was " + before + ", is " + after);
    }
  }

  private void words(String at, JsonNode old, JsonNode its, boolean isSent) {
    if (isSent && its.has("enum")) {
      Set<String> gone = texts(old.path("enum"));
      gone.removeAll(texts(its.path("enum")));
      if (!old.has("enum") || !gone.isEmpty()) {
        breaks.add(at + ": words are refused that were not: " + gone);
      }
    }
  }

  private static boolean isFalse(JsonNode node) {
    return node.isBoolean() && !node.asBoolean();
  }

  private static Set<String> texts(JsonNode node) {
    Set<String> texts = new TreeSet<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  private static JsonNode followed(JsonNode document, JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }
}
