package ai.quimbi.server.api.copilot;

import ai.quimbi.core.copilot.ToolFailure;
import ai.quimbi.core.copilot.ToolFailure.Code;
import ai.quimbi.core.copilot.ToolName;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.api.copilot.ToolRequests.Read;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.jobs.Feed;
import ai.quimbi.server.jobs.JobHandler;
import ai.quimbi.server.store.copilot.Client;
import ai.quimbi.server.store.jobs.Job;
import ai.quimbi.server.store.jobs.Jobs;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/// Tools as jobs: started by a signed request, worked on beside it, asked for until they are done.
final class ToolJobs implements JobHandler {
  static final String KIND = "tool";
  private static final int ATTEMPTS = 3;

  private final Jobs jobs;
  private final Feed feed;
  private final Tenancy tenancy;
  private final ToolRequests requests;
  private final Tools tools;

  ToolJobs(Jobs jobs, Feed feed, Tenancy tenancy, ToolRequests requests, Tools tools) {
    this.jobs = jobs;
    this.feed = feed;
    this.tenancy = tenancy;
    this.requests = requests;
    this.tools = tools;
  }

  /// Queues a call that was read and found right. The same signature again is the same job, as a
  /// repeated request must not do the work twice.
  Job start(Client client, ToolName tool, JsonNode envelope, String signature) {
    ObjectNode input = Wire.JSON.createObjectNode().put("tool", tool.label());
    input.set("call", envelope);
    ArrayNode owners = input.putArray("owners");
    client.owners().stream().sorted().forEach(owners::add);
    String id = "J" + hash(client.id() + '\n' + signature);
    return feed.start(
        jobs, new Jobs.Wish(id, client.tenantId(), KIND, client.id(), input.toString(), ATTEMPTS));
  }

  /// The client's own job; another's is like none.
  Optional<Job> find(Client client, String jobId) {
    return jobs.find(client.tenantId(), jobId)
        .filter(job -> job.kind().equals(KIND) && job.startedBy().equals(client.id()));
  }

  /// `{"jobId", "status", "progress", "result"}`; the result only at the end.
  static ObjectNode shown(Job job) {
    ObjectNode shown =
        Wire.JSON
            .createObjectNode()
            .put("jobId", job.id())
            .put("status", job.status().name().toLowerCase(Locale.ROOT))
            .put("progress", job.progress());
    String result = job.result();
    if (result != null) {
      JsonNode envelope = tree(result);
      shown.set("result", envelope.isObject() ? envelope : gaveUp());
    }
    return shown;
  }

  private static ObjectNode gaveUp() {
    return ToolJson.envelope(
        new ToolFailure(Code.TOOL_FAILURE, "The tool failed in every attempt."));
  }

  @Override
  public Ending run(Job job, IntConsumer progress) {
    JsonNode input = tree(job.input());
    ToolName tool = ToolName.ofLabel(input.path("tool").asText()).orElseThrow();
    Set<String> owners = new HashSet<>();
    input.path("owners").forEach(owner -> owners.add(owner.asText()));
    return switch (requests.read(tool, input.path("call"))) {
      case Read.Refused refused ->
          new Ending.Failed(ToolJson.envelope(refused.failure()).toString());
      case Read.Call call -> {
        progress.accept(10);
        Tools.Ran ran = tools.run(tenancy.ofId(job.tenantId()), owners, call.tool());
        String result = ran.envelope().toString();
        if (ran.status() == 200) {
          yield new Ending.Succeeded(result);
        }
        yield ran.status() >= 500 ? new Ending.TryAgain(result) : new Ending.Failed(result);
      }
    };
  }

  private static JsonNode tree(String json) {
    try {
      return Wire.JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a job holds what is no JSON", e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
