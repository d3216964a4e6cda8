package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Filters of customers, saved under a name. Got from [QuimbiClient#segments]. Their ids are given
/// as `saved_segment` to lists, exports and campaigns.
public final class Segments {
  private static final String PATH = "/api/segments";

  private final Connection connection;

  Segments(Connection connection) {
    this.connection = connection;
  }

  /// `filter` as the wire has it; `customers` is how many it means now, null where that was not
  /// asked.
  public record Saved(
      String segmentId, String name, JsonNode filter, @Nullable Integer customers, JsonNode raw) {
    static Saved of(JsonNode answer) {
      Fields fields = Fields.of(answer);
      return new Saved(
          fields.text("segment_id"),
          fields.text("name"),
          fields.object("filter").json(),
          fields.integerOrNull("customers"),
          answer);
    }
  }

  public List<Saved> list() {
    return Fields.of(connection.send(Call.get(PATH)))
        .objects("data", segment -> Saved.of(segment.json()));
  }

  /// Saves a filter with the parameters of [QuimbiClient#listCustomers], in place of what was saved
  /// under the id before.
  public Saved put(String segmentId, String name, Map<String, ?> filter) {
    ObjectNode body = Json.object().put("name", Arguments.text("name", name));
    body.set("filter", Json.tree("filter", filter));
    return Saved.of(connection.send(new Call("PUT", path(segmentId), body, Map.of(), true)));
  }

  public Saved get(String segmentId) {
    return Saved.of(connection.send(Call.get(path(segmentId))));
  }

  public JsonNode delete(String segmentId) {
    return connection.send(Call.delete(path(segmentId)));
  }

  private static String path(String segmentId) {
    return PATH + "/" + Call.segment(Arguments.id("segmentId", segmentId));
  }
}
