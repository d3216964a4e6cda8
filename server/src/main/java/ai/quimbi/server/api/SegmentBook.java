package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.CustomerFilter;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.ErrorCode;
import ai.quimbi.server.http.Fault;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.store.events.SavedSegments;
import ai.quimbi.server.store.events.SavedSegments.Saved;
import ai.quimbi.server.store.events.ScoreQuery;
import ai.quimbi.server.store.events.Scores;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The tenant's saved segments: filters of customers under a name. Lists, exports and campaigns
/// take the name in the place of the filter.
final class SegmentBook {
  /// The parameter that names a saved segment.
  static final String PARAMETER = "saved_segment";

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
  private static final String SORT = "sort";

  private final Tenancy tenancy;
  private final SavedSegments segments;
  private final Scoreboard scoreboard;
  private final Scores scores;

  SegmentBook(Tenancy tenancy, SavedSegments segments, Scoreboard scoreboard, Scores scores) {
    this.tenancy = tenancy;
    this.segments = segments;
    this.scoreboard = scoreboard;
    this.scores = scores;
  }

  Answer put(Call call) {
    Tenant tenant = tenancy.of(call);
    String id = call.pathParameter("segment_id");
    if (!ID.matcher(id).matches()) {
      throw ApiError.invalid(
          "segment_id",
          "pattern",
          "A segment's id is 1 to 64 lower-case letters, digits, - and _.");
    }
    Map<String, String> filter = parameters(call.body().path("filter"));
    read(filter, Set.of(), "/filter/");
    String name = call.body().path("name").asText(id);
    return Answer.ok(shown(segments.put(tenant, id, name, json(filter), call.receivedAt())));
  }

  Answer list(Call call) {
    List<Map<String, Object>> data =
        segments.list(tenancy.of(call)).stream().map(SegmentBook::shown).toList();
    return Answer.ok(Map.of("data", data));
  }

  /// One of them, with how many customers it means now.
  Answer one(Call call) {
    Tenant tenant = tenancy.of(call);
    Saved saved = saved(tenant, call.pathParameter("segment_id"));
    Ledger ledger = ModelShelf.ledgerOf(tenant);
    ScoreQuery query = new ScoreQuery(filter(tenant, saved.segmentId()), ledger.scale());
    Scoreboard.Standing standing = scoreboard.upToDate(tenant, call.receivedAt());
    Map<String, Object> answer = shown(saved);
    answer.put("customers", scores.count(tenant, query));
    return Answer.ok(Archetypes.signed(answer, tenant, standing));
  }

  Answer delete(Call call) {
    String id = call.pathParameter("segment_id");
    if (!segments.delete(tenancy.of(call), id)) {
      throw notFound(id);
    }
    return Answer.ok(Map.of("deleted", true));
  }

  /// What a saved segment means. Throws 422 where there is none.
  CustomerFilter filter(Tenant tenant, String id) {
    return read(parameters(tenant, id, "/" + PARAMETER), Set.of(), "?");
  }

  /// What a query means; with `saved_segment` in it, everything the segment asks as well. Only the
  /// order may be given by both: then the query's own counts. `others` are not for the filter.
  CustomerFilter filter(Tenant tenant, Map<String, String> query, Set<String> others) {
    Map<String, String> all = new TreeMap<>(query);
    String id = all.remove(PARAMETER);
    if (id != null) {
      List<Fault> twice = new ArrayList<>();
      parameters(tenant, id, "?" + PARAMETER)
          .forEach(
              (name, value) -> {
                if (all.putIfAbsent(name, value) != null && !name.equals(SORT)) {
                  twice.add(
                      new Fault("?" + name, "duplicate", "The saved segment asks this already."));
                }
              });
      if (!twice.isEmpty()) {
        throw ApiError.invalid(twice);
      }
    }
    return read(all, others, "?");
  }

  private static CustomerFilter read(Map<String, String> query, Set<String> others, String prefix) {
    return switch (CustomerFilter.read(query, others::contains)) {
      case CustomerFilter.Reading.Read read -> read.filter();
      case CustomerFilter.Reading.Wrong wrong ->
          throw ApiError.invalid(
              wrong.mistakes().stream()
                  .map(m -> new Fault(prefix + m.parameter(), m.code(), m.message()))
                  .toList());
    };
  }

  private Map<String, String> parameters(Tenant tenant, String id, String path) {
    return segments
        .find(tenant, id)
        .map(saved -> parameters(tree(saved.filter())))
        .orElseThrow(
            () ->
                ApiError.invalid(
                    path, "unknown", "There is no saved segment of this id: GET /api/segments."));
  }

  // As a query would say it: several segments of an axis with commas.
  private static Map<String, String> parameters(JsonNode filter) {
    Map<String, String> parameters = new TreeMap<>();
    filter
        .properties()
        .forEach(
            one -> {
              List<String> words = new ArrayList<>();
              one.getValue().forEach(word -> words.add(word.asText()));
              parameters.put(
                  one.getKey(),
                  one.getValue().isArray() ? String.join(",", words) : one.getValue().asText());
            });
    return parameters;
  }

  private Saved saved(Tenant tenant, String id) {
    return segments.find(tenant, id).orElseThrow(() -> notFound(id));
  }

  private static ApiError notFound(String id) {
    return ApiError.of(
        ErrorCode.SEGMENT_NOT_FOUND,
        "There is no saved segment of this id.",
        Map.of("segment_id", id));
  }

  private static Map<String, Object> shown(Saved saved) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("segment_id", saved.segmentId());
    shown.put("name", saved.name());
    shown.put("filter", tree(saved.filter()));
    shown.put("created_at", saved.createdAt());
    shown.put("updated_at", saved.updatedAt());
    return shown;
  }

  private static String json(Map<String, String> filter) {
    try {
      return Wire.JSON.writeValueAsString(filter);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write a filter", e);
    }
  }

  private static JsonNode tree(String filter) {
    try {
      return Wire.JSON.readTree(filter);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored filter is not JSON", e);
    }
  }
}
