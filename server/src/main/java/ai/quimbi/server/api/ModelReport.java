package ai.quimbi.server.api;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.forecast.Adjustment;
import ai.quimbi.core.forecast.Drift;
import ai.quimbi.core.forecast.ForecastModel;
import ai.quimbi.core.forecast.FrequencyDependence;
import ai.quimbi.core.forecast.GammaGamma;
import ai.quimbi.core.forecast.LogNormalSpend;
import ai.quimbi.core.forecast.Quality;
import ai.quimbi.core.forecast.SpendByFrequency;
import ai.quimbi.core.forecast.SpendModel;
import ai.quimbi.core.stats.Covariance;
import ai.quimbi.core.stats.Scores;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.store.events.RefitLog;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How good a tenant's forecasts are, by what can be checked: earlier origins when the model was
/// fitted, and what has happened since.
public final class ModelReport {
  private static final MathContext SIX_DIGITS = new MathContext(6);

  private final ModelShelf shelf;
  private final Refit refit;
  private final RefitLog log;

  public ModelReport(ModelShelf shelf, Refit refit, RefitLog log) {
    this.shelf = shelf;
    this.refit = refit;
    this.log = log;
  }

  Answer of(Call call, Tenancy tenancy) {
    return Answer.ok(of(tenancy.of(call)));
  }

  /// The report as the API gives it.
  public Map<String, Object> of(Tenant tenant) {
    TenantModels models = shelf.of(tenant);
    ForecastModel model = models.forecast();
    ForecastModel.Provenance from = model.provenance();
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("status", model.isFitted() ? "fitted" : "shipped");
    report.put("model_version", models.version());
    Optional<Instant> fittedAt = shelf.fittedAt(tenant);
    fittedAt.ifPresent(at -> report.put("fitted_at", at));
    if (model.isFitted()) {
      report.put("fitted_on", LocalDate.ofEpochDay(from.day()));
      report.put("fingerprint", from.fingerprint());
    }
    report.put("customers", from.customers());
    report.put("repeat_customers", from.repeatCustomers());
    report.put("churn_horizon_days", model.horizonDays());
    report.put("purchases", purchases(model));
    report.put("spend", spend(model.spend(), model.spendSpread()));
    report.put("correction", correction(model.adjustment()));
    model.quality().ifPresent(quality -> report.put("quality", quality(quality)));
    refit.drift(tenant).ifPresent(drift -> report.put("drift", drift(drift)));
    log.last(tenant).ifPresent(attempt -> report.put("last_refit", attempt(attempt)));
    return report;
  }

  private static Map<String, Object> purchases(ForecastModel model) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    Map<String, Object> errors = new LinkedHashMap<>();
    List<String> names = model.purchases().family().parameterNames();
    for (int i = 0; i < names.size(); i++) {
      double parameter = model.purchases().parameters().get(i);
      parameters.put(names.get(i), number(parameter));
      // The covariance is that of the logarithms: the delta method.
      errors.put(names.get(i), number(parameter * model.purchaseSpread().standardError(i)));
    }
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("model", model.purchases().family().label());
    shown.put("parameters", parameters);
    shown.put("standard_errors", errors);
    return shown;
  }

  // The covariances are those of (ln p, ln(q − 1), ln γ) and of (m, ln σ, ln τ).
  private static Map<String, Object> spend(SpendModel model, Covariance spread) {
    return switch (model) {
      case GammaGamma(double p, double q, double gamma) ->
          spend(
              model,
              List.of("p", "q", "gamma"),
              new double[] {
                p * spread.standardError(0),
                (q - 1) * spread.standardError(1),
                gamma * spread.standardError(2)
              });
      case LogNormalSpend(double _, double sigma, double tau) ->
          spend(
              model,
              List.of("m", "sigma", "tau"),
              new double[] {
                spread.standardError(0),
                sigma * spread.standardError(1),
                tau * spread.standardError(2)
              });
      case SpendByFrequency(SpendModel base, FrequencyDependence dependence) -> {
        Map<String, Object> shown = spend(base, spread);
        Map<String, Object> slope = new LinkedHashMap<>();
        slope.put("slope", number(dependence.slope()));
        slope.put("standard_error", number(dependence.standardError()));
        shown.put("frequency_dependence", slope);
        yield shown;
      }
    };
  }

  private static Map<String, Object> spend(
      SpendModel model, List<String> names, double[] standardErrors) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    Map<String, Object> errors = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      parameters.put(names.get(i), number(model.parameters().get(i)));
      errors.put(names.get(i), number(standardErrors[i]));
    }
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("model", model.label());
    shown.put("parameters", parameters);
    shown.put("standard_errors", errors);
    return shown;
  }

  private static Map<String, Object> correction(Adjustment adjustment) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("second_stage", adjustment.hasSecondStage());
    shown.put("orders_level", number(adjustment.level()));
    shown.put("value_level", number(adjustment.valueLevel()));
    shown.put("period_spread", number(adjustment.period().spread()));
    shown.put("checked_days", adjustment.checkedDays());
    return shown;
  }

  private static Map<String, Object> quality(Quality quality) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("origins", quality.origins());
    shown.put("forecasts", quality.rows());
    shown.put("horizon_days", quality.horizonDays());
    shown.put("log_score", number(quality.logScore()));
    shown.put("naive_log_score", number(quality.naiveLogScore()));
    shown.put("brier", number(quality.brier()));
    shown.put("coverage_95", Numbers.probability(quality.coverage()));
    List<Map<String, Object>> bins = new ArrayList<>();
    for (Scores.Bin bin : quality.calibration()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("forecasts", bin.rows());
      one.put("p_purchase", Numbers.probability(bin.meanProbability()));
      one.put("bought", Numbers.probability(bin.frequency()));
      bins.add(one);
    }
    shown.put("calibration", bins);
    return shown;
  }

  private static Map<String, Object> drift(Drift drift) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("days", drift.days());
    shown.put("customers", drift.customers());
    shown.put("log_score", number(drift.logScore()));
    shown.put("expected_log_score", number(drift.expectedLogScore()));
    shown.put("standard_score", number(drift.standardScore()));
    shown.put("buyers", drift.buyers());
    shown.put("expected_buyers", number(drift.expectedBuyers()));
    shown.put("is_drifting", drift.isDrifting());
    return shown;
  }

  private static Map<String, Object> attempt(RefitLog.Attempt attempt) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("at", attempt.at());
    shown.put("cause", attempt.cause());
    shown.put("outcome", attempt.outcome());
    if (attempt.reason() != null) {
      shown.put("reason", attempt.reason());
    }
    shown.put("model_version", attempt.model());
    return shown;
  }

  private static BigDecimal number(double value) {
    return new BigDecimal(value).round(SIX_DIGITS).stripTrailingZeros();
  }
}
