package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.Wire;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Analyses many stored customers at once, each for itself: an unknown one is a result, not an
/// error of the whole.
final class Batch {
  private static final String NDJSON = "application/x-ndjson";
  private static final int PAGE = 100;

  private final Tenancy tenancy;
  private final Subjects subjects;

  Batch(Tenancy tenancy, Subjects subjects) {
    this.tenancy = tenancy;
    this.subjects = subjects;
  }

  Answer analyze(Call call) {
    Tenant tenant = tenancy.of(call);
    boolean asLines = call.queryWord("format", List.of("json", "ndjson"), "json").equals("ndjson");
    boolean withSupport = !call.queryWord("include", List.of("", "support_axes"), "").isEmpty();
    Set<String> ids = new LinkedHashSet<>();
    for (JsonNode id : call.body().path("customer_ids")) {
      ids.add(id.textValue());
    }
    List<String> asked = List.copyOf(ids);
    if (asLines) {
      return Answer.stream(
          NDJSON,
          out -> {
            for (int from = 0; from < asked.size(); from += PAGE) {
              List<String> page = asked.subList(from, Math.min(asked.size(), from + PAGE));
              for (Object result : results(tenant, page, call.receivedAt(), withSupport)) {
                out.write(Wire.JSON.writeValueAsBytes(result));
                out.write('\n');
              }
              out.flush();
            }
          });
    }
    List<Map<String, Object>> results = results(tenant, asked, call.receivedAt(), withSupport);
    long failed = results.stream().filter(result -> result.containsKey("error")).count();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("results", results);
    answer.put("analyzed_count", results.size() - failed);
    answer.put("failed_count", failed);
    return Answer.ok(answer);
  }

  private List<Map<String, Object>> results(
      Tenant tenant, List<String> ids, Instant now, boolean withSupport) {
    Map<String, Subject> found = subjects.stored(tenant, ids, now);
    List<Map<String, Object>> results = new ArrayList<>();
    for (String id : ids) {
      Subject subject = found.get(id);
      results.add(
          subject == null
              ? Map.of(
                  "customer_id",
                  id,
                  "error",
                  Map.of(
                      "code",
                      "CUSTOMER_NOT_FOUND",
                      "message",
                      "Customer with ID '" + id + "' not found"))
              : Intelligence.analysis(subject, withSupport));
    }
    return results;
  }
}
