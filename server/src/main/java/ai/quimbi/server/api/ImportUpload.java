package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.store.documents.DocumentKey.Kind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Keeps a file that was sent to be imported until its job has read it.
final class ImportUpload {
  private static final int PART_BYTES = 1024 * 1024;

  private final DocumentParts parts;

  ImportUpload(DocumentParts parts) {
    this.parts = parts;
  }

  /// Keeps the file before there is a job that could look for it; answers the job's input.
  ObjectNode keep(Tenant tenant, String jobId, JsonNode body) {
    byte[] csv = body.path("csv").textValue().getBytes(StandardCharsets.UTF_8);
    int count = Math.ceilDiv(csv.length, PART_BYTES);
    for (int part = 0; part < count; part++) {
      int from = part * PART_BYTES;
      byte[] content = Arrays.copyOfRange(csv, from, Math.min(csv.length, from + PART_BYTES));
      parts.put(tenant, Kind.IMPORT, jobId, part, content);
    }
    return Wire.JSON
        .createObjectNode()
        .put("source", body.path("source").textValue())
        .put("strict", body.path("strict").asBoolean())
        .put("parts", count)
        .put("bytes", csv.length);
  }
}
