package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A company's part in the benchmarks of its industry. `status` is `off`, `incomplete` (then
/// `missing` says in words what is missing) or `contributing`; `shares` names the figures given.
public record Contribution(
    boolean optedIn,
    String status,
    @Nullable String industry,
    @Nullable String ownerGroup,
    boolean approved,
    List<String> missing,
    List<String> shares,
    JsonNode raw) {

  static Contribution of(JsonNode answer) {
    Fields fields = Fields.of(answer);
    return new Contribution(
        fields.flag("opted_in"),
        fields.text("status"),
        fields.textOrNull("industry"),
        fields.textOrNull("owner_group"),
        fields.flag("approved"),
        fields.texts("missing"),
        fields.texts("shares"),
        answer);
  }
}
