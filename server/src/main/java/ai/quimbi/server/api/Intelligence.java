package ai.quimbi.server.api;

import ai.quimbi.core.behaviour.Archetype;
import ai.quimbi.core.behaviour.Axis;
import ai.quimbi.core.behaviour.Behaviour;
import ai.quimbi.core.behaviour.Guidance;
import ai.quimbi.core.forecast.Churn;
import ai.quimbi.core.forecast.CustomerForecast;
import ai.quimbi.core.forecast.Factor;
import ai.quimbi.core.forecast.LifetimeValue;
import ai.quimbi.core.forecast.RiskLevel;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.Call;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Answers who a customer is and what will happen. Each answer is a function of the customer's
/// events, the tenant's models and the tenant's current day: the same of these, the same bytes.
final class Intelligence {
  private static final Duration ANALYSIS_LASTS = Duration.ofMinutes(15);
  private static final Duration PREDICTION_LASTS = Duration.ofHours(1);
  private static final int YEAR_MONTHS = 12;
  private static final String PERCENTILE = "risk_percentile";

  private final KeptAnswers answers;
  private final RiskRanks ranks;

  Intelligence(KeptAnswers answers, RiskRanks ranks) {
    this.answers = answers;
    this.ranks = ranks;
  }

  Answer analyze(Call call) {
    return answer(call, "support_axes", "analysis", Intelligence::analysis)
        .privatelyFor(ANALYSIS_LASTS);
  }

  /// What says everything of a subject, with or without the part that is given on request.
  private interface Working {
    Map<String, Object> of(Subject subject, boolean withMore);
  }

  /// `more` is what `?include=` may ask of the endpoint beside the percentile, which depends on
  /// everybody's scores of the day; all else depends on the customer, the day and the models.
  private Answer answer(Call call, String more, String kind, Working working) {
    String include = call.queryWord("include", List.of("", more, PERCENTILE), "");
    boolean withMore = include.equals(more);
    return Answer.written(
        include.equals(PERCENTILE)
            ? answers.anew(call, subject -> ranked(subject, working.of(subject, false)))
            : answers.of(
                call, kind + " with " + include, subject -> working.of(subject, withMore)));
  }

  private Map<String, Object> ranked(Subject subject, Map<String, Object> answer) {
    double risk = subject.forecast().churn();
    ranks.percentile(subject, risk).ifPresent(percent -> answer.put(PERCENTILE, percent));
    return answer;
  }

  /// All that analyze says of one customer; the five support axes on request.
  static Map<String, Object> analysis(Subject subject, boolean withSupport) {
    Behaviour behaviour =
        Behaviour.of(subject.profile(), subject.models().behaviour(), subject.today());
    Archetype archetype = Archetype.of(behaviour, Archetype.Level.L2);
    // Only the score: the reasons, which cost most, are the churn endpoint's.
    CustomerForecast forecast = subject.forecast();
    double churn = forecast.churn();
    String riskLevel = RiskLevel.of(churn).label();
    BigDecimal yearAhead = forecast.value(YEAR_MONTHS);
    Metrics metrics = Metrics.of(subject);
    SequencedMap<String, String> segments = labels(behaviour.dominants());

    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("customer_id", subject.customerId());
    answer.put("archetype", archetype(archetype, segments));
    answer.put("behavioral_metrics", metrics);
    answer.put(
        "predictions",
        ordered(
            "churn_risk", probability(churn),
            "churn_risk_level", riskLevel,
            "ltv_12mo", yearAhead));
    answer.put("communication_guidance", Guidance.of(behaviour));

    answer.put("archetype_id", archetype.id());
    answer.put("dominant_segments", segments);
    answer.put(
        "segment_memberships", behaviour.shares(withSupport ? List.of(Axis.values()) : Axis.MAIN));
    if (withSupport) {
      answer.put("support_axes", supportAxes(behaviour));
    }
    answer.put(
        "churn_risk",
        ordered(
            "score", probability(churn),
            "risk_level", riskLevel,
            "churn_risk_score", probability(churn)));
    putOutlook(answer, subject, forecast);
    answer.put(
        "lifetime_value",
        ordered(
            "current", metrics.lifetimeValue(),
            "predicted_12m", yearAhead,
            "tier", behaviour.dominant(Axis.PURCHASE_VALUE)));
    answer.put("business_metrics", metrics);
    answer.put("confidence", probability(behaviour.confidence()));
    answer.put("data_sufficiency", behaviour.sufficiency().label());
    if (!behaviour.missing().isEmpty()) {
      answer.put("would_help", labels(behaviour.missing()));
    }
    answer.put("model_version", subject.models().version());
    return answer;
  }

  // When the customer is expected back, where it can be told.
  private static void putOutlook(
      Map<String, Object> answer, Subject subject, CustomerForecast forecast) {
    forecast
        .nextPurchase()
        .ifPresent(
            next ->
                answer.put(
                    "next_purchase",
                    ordered(
                        "median_days", next.medianDays(),
                        "expected_on", LocalDate.ofEpochDay(subject.today() + next.medianDays()),
                        "probability", probability(next.probability()))));
  }

  private static Map<String, Object> supportAxes(Behaviour behaviour) {
    Map<String, Object> axes = new LinkedHashMap<>();
    for (Axis axis : Axis.SUPPORT) {
      axes.put(
          axis.label(),
          ordered(
              "segment", behaviour.dominant(axis),
              "confidence", probability(behaviour.confidence(axis))));
    }
    return axes;
  }

  Answer churn(Call call) {
    return answer(call, "contributions", "churn", Intelligence::churn)
        .privatelyFor(PREDICTION_LASTS);
  }

  private static Map<String, Object> churn(Subject subject, boolean withNumbers) {
    Churn churn = Churn.of(subject.profile(), subject.models().forecast(), subject.today());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("customer_id", subject.customerId());
    answer.put("churn_risk_score", probability(churn.score()));
    answer.put("risk_level", churn.level().label());
    answer.put("factors", churn.factors().stream().map(one -> factor(one, withNumbers)).toList());
    answer.put("recommendations", churn.recommendations());
    if (withNumbers) {
      putContributions(answer, churn);
    }
    putOutlook(answer, subject, subject.forecast());
    answer.put("horizon_days", churn.horizonDays());
    answer.put("p_alive", probability(churn.pAlive()));
    answer.put("confidence", probability(churn.confidence()));
    answer.put("data_sufficiency", churn.dataSufficiency().label());
    answer.put("model_version", subject.models().version());
    return answer;
  }

  Answer lifetimeValue(Call call) {
    int months = call.body().path("horizon_months").asInt(YEAR_MONTHS);
    return Answer.written(
            answers.of(call, "value of " + months, subject -> lifetimeValue(subject, months)))
        .privatelyFor(PREDICTION_LASTS);
  }

  private static Map<String, Object> lifetimeValue(Subject subject, int months) {
    LifetimeValue value =
        LifetimeValue.of(
            subject.profile(),
            subject.models().forecast(),
            subject.today(),
            months,
            LifetimeValue.seedOf(subject.customerId(), subject.models().forecast()));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("customer_id", subject.customerId());
    answer.put("horizon_months", months);
    answer.put("forecasted_ltv", value.forecast());
    answer.put(
        "confidence_interval",
        ordered(
            "lower", value.lower(),
            "upper", value.upper(),
            "confidence_level", LifetimeValue.CONFIDENCE_LEVEL));
    answer.put("current_ltv", value.current());
    answer.put("incremental_ltv", value.forecast());
    answer.put("calibrated", value.isCalibrated());
    answer.put("currency", subject.tenant().currency().getCurrencyCode());
    answer.put("model_version", subject.models().version());
    return answer;
  }

  private static Map<String, Object> archetype(Archetype archetype, Map<String, String> segments) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", archetype.id());
    answer.put("level", archetype.level().name());
    answer.put("segments", segments);
    answer.put("strength", probability(archetype.strength()));
    answer.put("description", archetype.words());
    return answer;
  }

  private static Map<String, Object> factor(Factor factor, boolean withNumber) {
    Map<String, Object> shown =
        ordered(
            "factor", factor.name(),
            "value", factor.value(),
            "impact", factor.impact().label(),
            "direction", factor.direction().label());
    if (withNumber) {
      shown.put("contribution", logOdds(factor.contribution()));
    }
    return shown;
  }

  // From the rounded parts, so that what is shown adds up to the last digit.
  private static void putContributions(Map<String, Object> answer, Churn churn) {
    BigDecimal reference = logOdds(churn.referenceLogOdds());
    BigDecimal sum = reference;
    for (Factor factor : churn.factors()) {
      sum = sum.add(logOdds(factor.contribution()));
    }
    answer.put("reference_log_odds", reference);
    answer.put("log_odds", sum);
  }

  private static BigDecimal logOdds(double value) {
    return BigDecimal.valueOf(value).setScale(6, RoundingMode.HALF_EVEN);
  }

  private static SequencedMap<String, String> labels(Map<Axis, String> byAxis) {
    SequencedMap<String, String> labels = new LinkedHashMap<>();
    byAxis.forEach((axis, text) -> labels.put(axis.label(), text));
    return labels;
  }

  private static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  private static BigDecimal probability(double value) {
    return Numbers.probability(value);
  }
}
