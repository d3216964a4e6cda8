package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.behaviour.Campaign;
import ai.quimbi.core.behaviour.Campaign.Candidate;
import ai.quimbi.core.behaviour.Campaign.Goal;
import ai.quimbi.core.behaviour.CustomerFilter;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.store.events.Score;
import ai.quimbi.server.store.events.Scores;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Recommends whom to address for a goal.
final class Campaigns {
  private static final int USUAL = 50;

  private final Tenancy tenancy;
  private final Scoreboard scoreboard;
  private final Scores scores;
  private final SegmentBook book;

  Campaigns(Tenancy tenancy, Scoreboard scoreboard, Scores scores, SegmentBook book) {
    this.book = book;
    this.tenancy = tenancy;
    this.scoreboard = scoreboard;
    this.scores = scores;
  }

  Answer recommend(Call call) {
    Tenant tenant = tenancy.of(call);
    Goal goal =
        Goal.ofLabel(call.body().path("goal").asText())
            .orElseThrow(
                () ->
                    ApiError.invalid(
                        "/goal", "enum", "goal must be one of retention, growth, win_back."));
    int limit = call.body().path("limit").asInt(USUAL);
    double effect = call.body().path("effect").asDouble(goal.usualEffect());
    String segment = call.body().path("saved_segment").asText("");
    Optional<CustomerFilter> among =
        segment.isEmpty() ? Optional.empty() : Optional.of(book.filter(tenant, segment));
    Scoreboard.Standing standing = scoreboard.upToDate(tenant, call.receivedAt());
    Ledger ledger = ModelShelf.ledgerOf(tenant);
    List<Candidate> candidates = new ArrayList<>();
    scores.forEach(
        tenant,
        score -> {
          if (among.isEmpty() || admits(among.get(), score, ledger)) {
            candidates.add(
                new Candidate(
                    score.customerId(),
                    score.churnRisk(),
                    amount(score.yearAheadMinor(), ledger),
                    amount(score.perYearMinor(), ledger)));
          }
        });

    List<Map<String, Object>> data = new ArrayList<>();
    for (Campaign.Target target : Campaign.rank(goal, effect, candidates, limit)) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("customer_id", target.candidate().customerId());
      one.put("expected_value", money(target.expectedValue(), ledger));
      one.put("churn_risk", Numbers.probability(target.candidate().churnRisk()));
      one.put("ltv_12mo", money(target.candidate().yearAhead(), ledger));
      one.put("reason", target.reason());
      data.add(one);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("goal", goal.label());
    if (!segment.isEmpty()) {
      answer.put("saved_segment", segment);
    }
    answer.put("assumed_effect", Numbers.probability(effect));
    answer.put(
        "note",
        "expected_value rests on assumed_effect, which is an assumption and not a measurement;"
            + " send effect to use your own.");
    answer.put("data", data);
    return Answer.ok(Archetypes.signed(answer, tenant, standing));
  }

  private static boolean admits(CustomerFilter filter, Score score, Ledger ledger) {
    return filter.admits(
        axis -> score.memberships().dominant(axis),
        measure ->
            switch (measure) {
              case CHURN_RISK -> score.churnRisk();
              case LTV_12MO -> ledger.amountOf(score.yearAheadMinor()).doubleValue();
              case LIFETIME_VALUE -> ledger.amountOf(score.spentMinor()).doubleValue();
              case CONFIDENCE -> score.confidence();
            });
  }

  private static double amount(long minor, Ledger ledger) {
    return Math.max(0, ledger.amountOf(minor).doubleValue());
  }

  private static BigDecimal money(double amount, Ledger ledger) {
    return BigDecimal.valueOf(amount).setScale(ledger.scale(), RoundingMode.HALF_EVEN);
  }
}
