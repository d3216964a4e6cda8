package ai.quimbi.core.forecast;

import ai.quimbi.core.customer.Profile;
import ai.quimbi.core.stats.Special;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/// A customer's churn risk on one day: `score` = 1 − P(at least one purchase within the model's
/// horizon), to four decimals. That is not `1 − pAlive`: someone may live on and still not buy.
///
/// `logOdds − referenceLogOdds` is what the factors' contributions add up to.
public record Churn(
    double score,
    RiskLevel level,
    List<Factor> factors,
    List<String> recommendations,
    double confidence,
    DataSufficiency dataSufficiency,
    double pAlive,
    int horizonDays,
    double logOdds,
    double referenceLogOdds) {

  public Churn {
    factors = List.copyOf(factors);
    recommendations = List.copyOf(recommendations);
  }

  public static Churn of(Profile profile, ForecastModel model, int today) {
    Panel.History history = Panel.History.of("", profile, today);
    if (history.days.length == 0) {
      return ofNobody(model);
    }
    Summary summary = Traits.of(history, model, today).summary();
    Explanation why = Explanation.of(history, today, model);
    double score = round(Special.logistic(why.logOdds()));
    RiskLevel level = RiskLevel.of(score);
    return new Churn(
        score,
        level,
        why.factors(),
        Recommendations.of(level, why.factors(), summary),
        round(Confidence.of(summary, model)),
        DataSufficiency.of(summary, model),
        round(model.purchases().pAlive(summary.frequency(), summary.recency(), summary.age())),
        model.horizonDays(),
        why.logOdds(),
        why.referenceLogOdds());
  }

  // Missing evidence is never low risk.
  static double ofPopulation(ForecastModel model) {
    return round(Math.max(RiskLevel.MEDIUM_FROM, model.populationChurn()));
  }

  private static Churn ofNobody(ForecastModel model) {
    double score = ofPopulation(model);
    double logOdds = Special.logit(score);
    return new Churn(
        score,
        RiskLevel.of(score),
        List.of(),
        List.of("Invite to a first purchase: there is no order to judge by yet"),
        0,
        DataSufficiency.NONE,
        round(model.purchases().pAliveNew()),
        model.horizonDays(),
        logOdds,
        logOdds);
  }

  static double round(double probability) {
    return BigDecimal.valueOf(probability).setScale(4, RoundingMode.HALF_EVEN).doubleValue();
  }
}
