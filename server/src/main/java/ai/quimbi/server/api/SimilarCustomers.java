package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.Archetype;
import ai.quimbi.core.behaviour.Axis;
import ai.quimbi.core.behaviour.Behaviour;
import ai.quimbi.core.behaviour.Memberships;
import ai.quimbi.core.behaviour.Similarity;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.store.events.Score;
import ai.quimbi.server.store.events.Scores;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The customers most like one. Every tenant that asks has an index in memory, made again when its
/// scores change; the tenants' indexes share room for so many customers.
final class SimilarCustomers {
  private static final int USUAL = 10;
  private static final int MOST = 100;
  private static final int ROOM_FOR_CUSTOMERS = 3_000_000;

  private final Tenancy tenancy;
  private final Subjects subjects;
  private final Scoreboard scoreboard;
  private final Scores scores;
  private final Cache<String, Index> indexes =
      Caffeine.newBuilder()
          .maximumWeight(ROOM_FOR_CUSTOMERS)
          .weigher((String tenant, Index index) -> 1 + index.ids().size())
          .build();

  SimilarCustomers(Tenancy tenancy, Subjects subjects, Scoreboard scoreboard, Scores scores) {
    this.tenancy = tenancy;
    this.subjects = subjects;
    this.scoreboard = scoreboard;
    this.scores = scores;
  }

  private record Index(long edition, List<String> ids, Similarity similarity) {}

  Answer similar(Call call) {
    Tenant tenant = tenancy.of(call);
    int limit = call.queryNumber("limit", 1, MOST, USUAL);
    String id = call.pathParameter("customer_id");
    Subject subject = subjects.stored(tenant, id, call.receivedAt());
    Behaviour behaviour =
        Behaviour.of(subject.profile(), subject.models().behaviour(), subject.today());
    Scoreboard.Standing standing = scoreboard.upToDate(tenant, call.receivedAt());
    Index index = index(tenant, standing.edition());

    // One more than asked for, as the customer is nearest to itself.
    List<String> ids = new ArrayList<>();
    Map<String, Double> distances = new LinkedHashMap<>();
    for (Similarity.Neighbour near :
        index.similarity().nearest(behaviour.memberships(), limit + 1)) {
      String other = index.ids().get(near.place());
      if (!other.equals(id) && ids.size() < limit) {
        ids.add(other);
        distances.put(other, near.distance());
      }
    }
    Ledger ledger = ModelShelf.ledgerOf(tenant);
    List<Map<String, Object>> data = new ArrayList<>();
    for (Score score : scores.of(tenant, ids).values()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("customer_id", score.customerId());
      one.put("distance", Numbers.probability(distances.getOrDefault(score.customerId(), 1.0)));
      one.put("archetype_id", Archetype.of(score.memberships(), Archetype.Level.L2).id());
      one.put("churn_risk", Numbers.probability(score.churnRisk()));
      one.put("ltv_12mo", ledger.amountOf(score.yearAheadMinor()));
      data.add(one);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("customer_id", id);
    answer.put("data", data);
    return Answer.ok(Archetypes.signed(answer, tenant, standing));
  }

  private Index index(Tenant tenant, long edition) {
    Index there = indexes.getIfPresent(tenant.id());
    if (there != null && there.edition() == edition) {
      return there;
    }
    List<String> ids = new ArrayList<>();
    Rows rows = new Rows();
    scores.forEach(
        tenant,
        score -> {
          ids.add(score.customerId());
          rows.add(score.memberships());
        });
    Index made = new Index(edition, ids, Similarity.of(rows.shares(), ids.size()));
    indexes.put(tenant.id(), made);
    return made;
  }

  // Memberships side by side, without an object for each customer.
  private static final class Rows {
    private short[] shares = new short[1024 * Axis.SEGMENTS];
    private int length;

    void add(Memberships memberships) {
      if (length + Axis.SEGMENTS > shares.length) {
        shares = Arrays.copyOf(shares, 2 * shares.length);
      }
      memberships.copyTo(shares, length);
      length += Axis.SEGMENTS;
    }

    short[] shares() {
      return shares;
    }
  }
}
