package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// What became of a batch. `ingestedCount` counts rows that changed something, `duplicateCount`
/// those already stored unchanged; `customerProfilesUpdated` is empty for interactions.
public record Ingestion(
    int ingestedCount,
    String status,
    int duplicateCount,
    List<String> customerProfilesUpdated,
    JsonNode raw) {

  static Ingestion of(JsonNode answer) {
    Fields fields = Fields.of(answer);
    return new Ingestion(
        fields.integer("ingested_count"),
        fields.text("status"),
        fields.integerOr("duplicate_count", 0),
        fields.textsOrNone("customer_profiles_updated"),
        answer);
  }
}
