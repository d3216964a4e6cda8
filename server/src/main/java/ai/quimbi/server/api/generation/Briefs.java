package ai.quimbi.server.api.generation;

import ai.quimbi.core.generation.Brief;
import ai.quimbi.core.generation.Channel;
import ai.quimbi.core.generation.CustomerFacts;
import ai.quimbi.core.generation.Goal;
import ai.quimbi.core.generation.Length;
import ai.quimbi.core.generation.Tone;
import ai.quimbi.core.generation.Turn;
import ai.quimbi.core.generation.Turn.Speaker;
import ai.quimbi.server.http.ApiError;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a brief from the three shapes that requests for messages have in practice.
final class Briefs {
  private static final Set<String> AGENTS =
      Set.of(
          "agent",
          "assistant",
          "support",
          "bot",
          "staff",
          "representative",
          "rep",
          "system",
          "operator",
          "admin",
          "human_agent",
          "us",
          "shop",
          "seller");
  private static final Set<String> CUSTOMERS =
      Set.of("customer", "user", "client", "buyer", "visitor", "human", "lead", "contact", "them");

  private Briefs() {}

  static Brief read(JsonNode body, CustomerFacts customer) {
    return new Brief(
        goal(body),
        Channel.nearest(or(Nodes.text(body, "/context/channel", "/channel"), "email")),
        Tone.nearest(
            or(
                Nodes.text(
                    body,
                    "/context/constraints/tone",
                    "/context/tone",
                    "/constraints/tone",
                    "/tone"),
                "friendly")),
        Length.nearest(
            or(
                Nodes.text(
                    body,
                    "/context/constraints/length",
                    "/context/length",
                    "/constraints/length",
                    "/length"),
                "medium")),
        or(
            Nodes.text(
                body,
                "/context/constraints/language",
                "/context/language",
                "/constraints/language",
                "/language"),
            "en"),
        conversation(body),
        customer);
  }

  private static Goal goal(JsonNode body) {
    JsonNode told = Nodes.first(body, "/context/goal", "/goal");
    if (told.isMissingNode()) {
      return Goal.GENERIC_COMMUNICATION;
    }
    String label = told.isTextual() ? told.textValue() : "";
    return Goal.ofLabel(label)
        .orElseThrow(
            () ->
                ApiError.invalid(
                    body.at("/context/goal").isMissingNode() ? "/goal" : "/context/goal",
                    "enum",
                    "goal must be one of " + String.join(", ", Goal.labels()) + "."));
  }

  static List<Turn> conversation(JsonNode body) {
    List<Turn> turns = new ArrayList<>();
    JsonNode told =
        Nodes.first(
            body,
            "/context/conversation",
            "/context/conversation_history",
            "/conversation",
            "/conversation_history",
            "/context/messages",
            "/messages");
    for (JsonNode node : told) {
      String text = Nodes.text(node, "/content", "/text", "/message", "/body");
      if (text != null) {
        turns.add(turn(node, text));
      } else if (node.isTextual()) {
        turns.add(Turn.customer(node.textValue()));
      }
    }
    return turns;
  }

  private static Turn turn(JsonNode node, String text) {
    JsonNode flag = node.path("from_customer");
    String label = Nodes.text(node, "/from", "/role", "/author", "/sender");
    String word = label == null ? "" : label.strip().toLowerCase(Locale.ROOT);
    boolean isRole = AGENTS.contains(word) || CUSTOMERS.contains(word);
    boolean isAgent = flag.isBoolean() ? !flag.booleanValue() : AGENTS.contains(word);
    return new Turn(
        isAgent ? Speaker.AGENT : Speaker.CUSTOMER,
        label == null || isRole ? Nodes.text(node, "/name") : label,
        text);
  }

  private static String or(@Nullable String told, String usual) {
    return told == null ? usual : told;
  }
}
