package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What became of messages and actions, and the rules that actions come from. Got from
/// [QuimbiClient#generation].
public final class Generation {
  private static final String PLAYBOOK = "/api/generation/playbook";

  private final Connection connection;

  Generation(Connection connection) {
    this.connection = connection;
  }

  /// What was stored about a message; `editDistance` is 0 unless it was edited.
  public record Feedback(String messageId, String verdict, int editDistance, JsonNode raw) {}

  /// How often the action's play was taken, and how often it worked.
  public record Effect(
      String play, int accepted, int rejected, int succeeded, int failed, JsonNode raw) {}

  /// What became of the messages for one goal. `meanEditDistance` is null where none was edited.
  public record GoalInsight(
      String goal,
      int generated,
      int byLanguageModel,
      int sent,
      int edited,
      int rejected,
      @Nullable Double meanEditDistance) {}

  /// One rule. `more`: `all_of`, `any_of`, `none_of`, `group`, `plain_reasoning`, `moves_churn`,
  /// `prior`, under their wire names.
  public record Play(
      String id, String scenario, String action, String reasoning, Map<String, ?> more) {
    public Play {
      Arguments.text("id", id);
      Arguments.text("scenario", scenario);
      Arguments.text("action", action);
      Arguments.present("reasoning", reasoning);
      more = Arguments.map("more", more);
    }
  }

  /// The rules in force; `plays` and `thresholds` as the wire has them.
  public record Playbook(String version, List<JsonNode> plays, JsonNode thresholds, JsonNode raw) {
    static Playbook of(JsonNode answer) {
      Fields fields = Fields.of(answer);
      return new Playbook(
          fields.text("version"),
          fields.objects("plays", Fields::json),
          answer.path("thresholds"),
          answer);
    }
  }

  /// Tells what became of a message: `sent`, `edited` (then `finalText` is what was sent) or
  /// `rejected`.
  public Feedback messageFeedback(String messageId, String verdict, Optional<String> finalText) {
    ObjectNode body = Json.object().put("message_id", Arguments.id("messageId", messageId));
    body.put("verdict", Arguments.oneOf("verdict", verdict, "sent", "edited", "rejected"));
    if (verdict.equals("edited") && Arguments.present("finalText", finalText).isEmpty()) {
      throw new InvalidArgumentException("finalText", "is needed for an edited message");
    }
    Arguments.present("finalText", finalText).ifPresent(text -> body.put("final_text", text));
    JsonNode answer = connection.send(Call.ask("/api/generation/feedback", body));
    Fields said = Fields.of(answer);
    return new Feedback(
        said.text("message_id"), said.text("verdict"), said.integer("edit_distance"), answer);
  }

  /// Tells what became of an action: `accepted` or `rejected`, and once it is known whether it was
  /// a `success` or a `failure`.
  public Effect actionOutcome(String actionId, String decision, Optional<String> result) {
    ObjectNode body = Json.object();
    body.put("decision", Arguments.oneOf("decision", decision, "accepted", "rejected"));
    Arguments.present("result", result)
        .ifPresent(
            known -> body.put("result", Arguments.oneOf("result", known, "success", "failure")));
    String id = Call.segment(Arguments.id("actionId", actionId));
    JsonNode answer = connection.send(Call.ask("/api/generation/actions/" + id + "/outcome", body));
    Fields effect = Fields.of(answer).object("effect");
    return new Effect(
        effect.text("play"),
        effect.integer("accepted"),
        effect.integer("rejected"),
        effect.integer("succeeded"),
        effect.integer("failed"),
        answer);
  }

  /// What became of generated messages, by goal.
  public List<GoalInsight> insights() {
    JsonNode answer = connection.send(Call.get("/api/insights/generation"));
    return Fields.of(answer)
        .objects(
            "goals",
            goal ->
                new GoalInsight(
                    goal.text("goal"),
                    goal.integer("generated"),
                    goal.integer("by_language_model"),
                    goal.integer("sent"),
                    goal.integer("edited"),
                    goal.integer("rejected"),
                    goal.numberOrNull("mean_edit_distance")));
  }

  public Playbook playbook() {
    return Playbook.of(connection.send(Call.get(PLAYBOOK)));
  }

  /// Adds rules beside the standard ones; one with a standard rule's id takes its place. What the
  /// tenant added before is replaced. `thresholds` (`high_value`, `vip`, `lapsed_days`) may be
  /// empty.
  public Playbook putPlaybook(List<Play> plays, Map<String, ?> thresholds) {
    ObjectNode body = Json.object();
    if (!Arguments.present("thresholds", thresholds).isEmpty()) {
      body.set("thresholds", Json.tree("thresholds", thresholds));
    }
    ArrayNode rows = body.putArray("plays");
    for (Play play : Arguments.list("plays", plays)) {
      ObjectNode row = Json.object().setAll((ObjectNode) Json.tree("more", play.more()));
      rows.add(
          row.put("id", play.id())
              .put("scenario", play.scenario())
              .put("action", play.action())
              .put("reasoning", play.reasoning()));
    }
    return Playbook.of(connection.send(new Call("PUT", PLAYBOOK, body, Map.of(), true)));
  }
}
