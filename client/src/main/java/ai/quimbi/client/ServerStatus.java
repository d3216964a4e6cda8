package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// How the server is: the answer of `GET /status.json`. `status` is `operational`, `degraded` or
/// `down`.
public record ServerStatus(
    String status, String serverVersion, List<Component> components, JsonNode raw) {

  /// One part of the server: the database, the jobs, the language model.
  public record Component(String name, String status) {}

  static ServerStatus of(JsonNode answer) {
    Fields fields = Fields.of(answer);
    return new ServerStatus(
        fields.text("status"),
        fields.object("versions").text("server"),
        fields.objects("components", c -> new Component(c.text("name"), c.text("status"))),
        answer);
  }
}
