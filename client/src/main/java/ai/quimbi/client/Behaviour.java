package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;

/// Customers beside each other and over time: archetypes, segments, neighbours, history, campaigns.
/// Got from [QuimbiClient#behaviour].
public final class Behaviour {
  private static final String[] GOALS = {"retention", "growth", "win_back"};

  private final Connection connection;

  Behaviour(Connection connection) {
    this.connection = connection;
  }

  /// Analyses of up to 1000 stored customers at once, each answered for itself.
  public JsonNode analyzeBatch(List<String> customerIds) {
    Arguments.between(
        "customerIds.size", 1, 1000, Arguments.present("customerIds", customerIds).size());
    ObjectNode body = Json.object();
    ArrayNode ids = body.putArray("customer_ids");
    customerIds.forEach(id -> ids.add(Arguments.id("customerIds[" + ids.size() + "]", id)));
    return connection.send(Call.ask("/api/intelligence/analyze/batch", body));
  }

  /// What kinds of customers there are. `level` is `L1`, `L2` or `L3`.
  public JsonNode archetypes(String level) {
    return connection.send(Call.get("/api/intelligence/archetypes?level=" + oneLevel(level)));
  }

  /// How customers moved between archetypes from one day to another, the largest moves first.
  public Migration migration(String level, LocalDate from, LocalDate to) {
    String days = "&from=" + Arguments.period(from, to) + "&to=" + to;
    String path = "/api/intelligence/archetypes/migration?level=" + oneLevel(level) + days;
    return Migration.of(connection.send(Call.get(path)));
  }

  /// `arrived` were known at the end only, `left` at the beginning only.
  public record Migration(List<Move> moves, int arrived, int left, JsonNode raw) {
    /// Who stayed has the same archetype twice.
    public record Move(String from, String to, int customers) {}

    static Migration of(JsonNode answer) {
      Fields fields = Fields.of(answer);
      return new Migration(
          fields.objects(
              "data",
              move -> new Move(move.text("from"), move.text("to"), move.integer("customers"))),
          fields.integer("arrived"),
          fields.integer("left"),
          answer);
    }
  }

  /// How many customers each segment has, and what they are like.
  public JsonNode segmentStats() {
    return connection.send(Call.get("/api/intelligence/segments/stats"));
  }

  /// How far the segments can be relied on.
  public JsonNode quality() {
    return connection.send(Call.get("/api/insights/segmentation"));
  }

  /// The customers most like one, 1 to 100 of them.
  public JsonNode similar(String customerId, int limit) {
    String path = "/similar?limit=" + Arguments.between("limit", 1, 100, limit);
    return connection.send(Call.get(customer(customerId) + path));
  }

  /// How the answers about a customer changed. `metric` is `all`, `churn`, `ltv` or `segments`.
  public JsonNode history(String customerId, String metric, LocalDate from, LocalDate to) {
    String asked = Arguments.oneOf("metric", metric, "all", "churn", "ltv", "segments");
    String query = "?metric=" + asked + "&from=" + Arguments.period(from, to) + "&to=" + to;
    return connection.send(Call.get(customer(customerId) + "/history" + query));
  }

  /// Whom to address for a goal (`retention`, `growth`, `win_back`), best first, with the reason.
  public JsonNode campaign(String goal, int limit) {
    ObjectNode body = Json.object().put("goal", Arguments.oneOf("goal", goal, GOALS));
    body.put("limit", Arguments.between("limit", 1, 1000, limit));
    return connection.send(Call.ask("/api/intelligence/campaigns/recommend", body));
  }

  private static String oneLevel(String level) {
    return Arguments.oneOf("level", level, "L1", "L2", "L3");
  }

  private static String customer(String customerId) {
    return "/api/customers/" + Call.segment(Arguments.id("customerId", customerId));
  }
}
