package ai.quimbi.server.app.forecast;

import ai.quimbi.core.forecast.Estimate;
import ai.quimbi.core.forecast.GammaGamma;
import ai.quimbi.core.forecast.SpendFit;
import ai.quimbi.core.stats.Reals;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// The answer of `fit FILE.csv`: the plain maximum likelihood, and beside it the estimate under the
/// weak priors that serving would use.
record FitReport(
    Estimate likeliest,
    Estimate probable,
    Optional<SpendFit.Fitted<GammaGamma>> spend,
    OptionalDouble frequencyValueCorrelation,
    Optional<SpendFit.Comparison> singleValues,
    double readSeconds,
    double fitSeconds) {

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    List<String> names = likeliest.model().family().parameterNames();
    map.put("model", likeliest.model().family().label());
    map.put("customers", likeliest.customers());
    map.put("parameters", named(names, likeliest.model().parameters()));
    map.put("standard_errors", named(names, likeliest.standardErrors()));
    map.put("log_likelihood", likeliest.logLikelihood());
    map.put("bic", likeliest.bic());
    spend.ifPresent(fitted -> map.put("spend", spendMap(fitted)));
    map.put("with_priors", named(names, probable.model().parameters()));
    likeliest.degeneracy().ifPresent(reason -> map.put("degeneracy", reason));
    Map<String, Object> seconds = new LinkedHashMap<>();
    seconds.put("read", readSeconds);
    seconds.put("fit", fitSeconds);
    map.put("seconds", seconds);
    return map;
  }

  private Map<String, Object> spendMap(SpendFit.Fitted<GammaGamma> fitted) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("model", "gamma-gamma");
    map.put("customers", fitted.customers());
    map.put(
        "parameters",
        named(
            List.of("p", "q", "gamma"),
            Reals.of(fitted.model().p(), fitted.model().q(), fitted.model().gamma())));
    map.put("log_likelihood", fitted.logLikelihood());
    frequencyValueCorrelation.ifPresent(r -> map.put("frequency_value_correlation", r));
    singleValues.ifPresent(
        values -> {
          Map<String, Object> single = new LinkedHashMap<>();
          single.put("gamma-gamma", values.gammaGamma());
          single.put("log-normal", values.logNormal());
          single.put("serves", values.better());
          map.put("single_values_log_likelihood", single);
          Map<String, Object> dependence = new LinkedHashMap<>();
          dependence.put("slope", values.dependence().slope());
          dependence.put("standard_error", values.dependence().standardError());
          map.put("frequency_dependence", dependence);
        });
    return map;
  }

  private static Map<String, Object> named(List<String> names, Reals values) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      map.put(names.get(i), values.get(i));
    }
    return map;
  }

  String toText() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s on %,d customers: log-likelihood %.4f, BIC %.2f%n"
            .formatted(
                likeliest.model().family().label(),
                likeliest.customers(),
                likeliest.logLikelihood(),
                likeliest.bic()));
    List<String> names = likeliest.model().family().parameterNames();
    Reals errors = likeliest.standardErrors();
    for (int i = 0; i < names.size(); i++) {
      text.append(
          "  %-6s %12.6f  ± %.6f   with priors %.6f%n"
              .formatted(
                  names.get(i),
                  likeliest.model().parameters().get(i),
                  errors.get(i),
                  probable.model().parameters().get(i)));
    }
    spend.ifPresent(
        fitted ->
            text.append(
                "gamma-gamma on %,d: log-likelihood %.4f, p %.6f, q %.6f, gamma %.6f%n"
                    .formatted(
                        fitted.customers(),
                        fitted.logLikelihood(),
                        fitted.model().p(),
                        fitted.model().q(),
                        fitted.model().gamma())));
    frequencyValueCorrelation.ifPresent(
        r -> text.append("rank correlation of frequency and value: %+.3f%n".formatted(r)));
    singleValues.ifPresent(
        values ->
            text.append(
                "single values: gamma-gamma %.2f, log-normal %.2f; %s would serve%n"
                        .formatted(values.gammaGamma(), values.logNormal(), values.better())
                    + "value of a purchase at the rate λ: ~ λ^%.3f (± %.3f)%n"
                        .formatted(
                            values.dependence().slope(), values.dependence().standardError())));
    likeliest.degeneracy().ifPresent(reason -> text.append("Beware: ").append(reason).append("\n"));
    text.append("Read in %.2f s, fitted in %.3f s%n".formatted(readSeconds, fitSeconds));
    return text.toString();
  }
}
