package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.Archetype;
import ai.quimbi.core.behaviour.Axis;
import ai.quimbi.core.behaviour.CustomerFilter;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.core.forecast.RiskLevel;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.store.events.Score;
import ai.quimbi.server.store.events.ScoreQuery;
import ai.quimbi.server.store.events.ScoreQuery.Place;
import ai.quimbi.server.store.events.Scores;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The customers that a query means, from their scores: filtered, sorted, page by page.
final class ScoredCustomers {
  private static final Set<String> PAGING = Set.of("limit", "cursor");
  private static final int USUAL_PAGE = 50;
  private static final int MAX_PAGE = 500;

  private final Tenancy tenancy;
  private final Scoreboard scoreboard;
  private final Scores scores;
  private final SegmentBook book;

  ScoredCustomers(Tenancy tenancy, Scoreboard scoreboard, Scores scores, SegmentBook book) {
    this.book = book;
    this.tenancy = tenancy;
    this.scoreboard = scoreboard;
    this.scores = scores;
  }

  /// Whether a call asks for more than the plain list by id.
  static boolean isMeant(Call call) {
    return !PAGING.containsAll(call.query().keySet());
  }

  Answer list(Call call) {
    Tenant tenant = tenancy.of(call);
    CustomerFilter filter = book.filter(tenant, call.query(), PAGING);
    int limit = call.queryNumber("limit", 1, MAX_PAGE, USUAL_PAGE);
    Ledger ledger = ModelShelf.ledgerOf(tenant);
    ScoreQuery query = new ScoreQuery(filter, ledger.scale());
    Place after = after(call.queryParameter("cursor"), filter);
    Scoreboard.Standing standing = scoreboard.upToDate(tenant, call.receivedAt());

    // One more than asked for tells whether there is a next page.
    List<Score> found = scores.page(tenant, query, limit + 1, after);
    boolean hasMore = found.size() > limit;
    List<Score> page = hasMore ? found.subList(0, limit) : found;
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("data", page.stream().map(score -> row(score, ledger)).toList());
    answer.put("has_more", hasMore);
    if (hasMore) {
      answer.put("next_cursor", cursor(query.placeOf(page.getLast()), filter));
    }
    return Answer.ok(Archetypes.signed(answer, tenant, standing));
  }

  /// A score as lists show it.
  static Map<String, Object> row(Score score, Ledger ledger) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("customer_id", score.customerId());
    row.put("archetype_id", Archetype.of(score.memberships(), Archetype.Level.L2).id());
    Map<String, String> segments = new LinkedHashMap<>();
    for (Axis axis : Axis.MAIN) {
      segments.put(axis.label(), score.memberships().dominant(axis));
    }
    row.put("segments", segments);
    row.put("churn_risk", Numbers.probability(score.churnRisk()));
    row.put("churn_risk_level", RiskLevel.of(score.churnRisk()).label());
    row.put("ltv_12mo", ledger.amountOf(score.yearAheadMinor()));
    row.put("lifetime_value", ledger.amountOf(score.spentMinor()));
    row.put("confidence", Numbers.probability(score.confidence()));
    return row;
  }

  // The cursor holds the order it belongs to, the last value and the last id.
  private static String cursor(Place place, CustomerFilter filter) {
    String text =
        sortName(filter) + ' ' + Double.toHexString(place.value()) + ' ' + place.customerId();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable Place after(@Nullable String cursor, CustomerFilter filter) {
    if (cursor == null) {
      return null;
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      String[] parts = text.split(" ", 3);
      if (parts.length == 3 && parts[0].equals(sortName(filter)) && text.indexOf('\0') < 0) {
        Place place = new Place(Double.parseDouble(parts[1]), parts[2]);
        if (cursor(place, filter).equals(cursor)) {
          return place;
        }
      }
    } catch (IllegalArgumentException notOurs) {
      // said below
    }
    throw ApiError.invalid(
        "?cursor", "format", "cursor must be the next_cursor of an earlier answer to this query.");
  }

  private static String sortName(CustomerFilter filter) {
    return (filter.sort().descending() ? "-" : "")
        + filter.sort().by().map(CustomerFilter.Measure::label).orElse("customer_id");
  }
}
