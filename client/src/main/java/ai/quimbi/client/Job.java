package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;

/// Work that outlives a request, as it stands. `status` is `queued`, `running`, `succeeded` or
/// `failed`, `progress` goes from 0 to 100; `result` is what came of it, empty until it has ended.
public record Job(
    String jobId,
    String kind,
    String status,
    int progress,
    int attempts,
    JsonNode result,
    JsonNode raw) {

  static Job of(JsonNode answer) {
    Fields fields = Fields.of(answer);
    return new Job(
        fields.text("job_id"),
        fields.text("kind"),
        fields.text("status"),
        fields.integer("progress"),
        fields.integer("attempts"),
        answer.path("result"),
        answer);
  }

  /// Whether nothing more will happen to it.
  public boolean hasEnded() {
    return status.equals("succeeded") || status.equals("failed");
  }
}
