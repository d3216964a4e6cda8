package ai.quimbi.server.app;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.api.ModelReport;
import ai.quimbi.server.api.ModelShelf;
import ai.quimbi.server.api.Refit;
import ai.quimbi.server.http.Wire;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.events.Customers;
import ai.quimbi.server.store.events.Models;
import ai.quimbi.server.store.events.RefitLog;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./quimbi model show --tenant T`: how good a tenant's forecasts are.
@Command(
    name = "model",
    description = "Show a tenant's model and how well it foretells.",
    mixinStandardHelpOptions = true,
    subcommands = ModelCommand.Show.class)
final class ModelCommand {

  @Command(
      name = "show",
      description = "Parameters, calibration, coverage, drift since the fit.",
      mixinStandardHelpOptions = true)
  static final class Show implements Callable<Integer> {
    @Mixin private Terminal terminal;
    @Mixin private Where where;

    @Option(names = "--tenant", required = true, paramLabel = "ID", description = "Whose model.")
    private String tenantId;

    @Override
    public Integer call() {
      try (Installation installation = where.open("model show")) {
        Tenant tenant = Where.tenant(installation, tenantId);
        Databases databases = installation.databases();
        ModelShelf shelf = new ModelShelf(new Models(databases));
        RefitLog log = new RefitLog(databases);
        Refit refit = new Refit(new Customers(databases), shelf, log, InstantSource.system());
        Map<String, Object> report = new ModelReport(shelf, refit, log).of(tenant);
        terminal.answer(report, text(Wire.JSON.valueToTree(report)));
        return 0;
      }
    }
  }

  private ModelCommand() {}

  private static String text(JsonNode report) {
    StringBuilder text = new StringBuilder();
    line(text, "Model", report.path("model_version").asText());
    if (report.path("status").asText().equals("shipped")) {
      line(text, "State", "shipped with the program; fit one: ./quimbi fit --tenant ID");
    } else {
      line(
          text,
          "State",
          "fitted on %s to %,d customers, %,d of them with repeat purchases; data %s"
              .formatted(
                  report.path("fitted_on").asText(),
                  report.path("customers").asInt(),
                  report.path("repeat_customers").asInt(),
                  report.path("fingerprint").asText()));
    }
    line(text, "Churn means", "no purchase in " + report.path("churn_horizon_days") + " days");
    for (String part : new String[] {"purchases", "spend"}) {
      JsonNode model = report.path(part);
      StringBuilder parameters = new StringBuilder(model.path("model").asText()).append(": ");
      model
          .path("parameters")
          .properties()
          .forEach(
              one ->
                  parameters.append(
                      "%s %s (± %s)  "
                          .formatted(
                              one.getKey(),
                              one.getValue().asText(),
                              model.path("standard_errors").path(one.getKey()).asText())));
      JsonNode dependence = model.path("frequency_dependence");
      if (!dependence.isMissingNode()) {
        parameters.append(
            "frequency^%s (± %s)"
                .formatted(
                    dependence.path("slope").asText(), dependence.path("standard_error").asText()));
      }
      line(text, part.equals("purchases") ? "Purchases" : "Spend", parameters.toString().strip());
    }
    quality(text, report.path("quality"));
    drift(text, report.path("drift"));
    JsonNode last = report.path("last_refit");
    if (!last.isMissingNode()) {
      String reason = last.has("reason") ? ": " + last.path("reason").asText() : "";
      line(
          text,
          "Last refit",
          "%s, %s (%s)%s"
              .formatted(
                  last.path("at").asText(),
                  last.path("outcome").asText(),
                  last.path("cause").asText(),
                  reason));
    }
    return text.toString().stripTrailing();
  }

  private static void quality(StringBuilder text, JsonNode quality) {
    if (quality.isMissingNode()) {
      line(text, "Quality", "there is not enough history yet to check forecasts against");
      return;
    }
    line(
        text,
        "Quality",
        "%,d forecasts of %d days from %d earlier days; log score %s, of the plain rate %s"
            .formatted(
                quality.path("forecasts").asInt(),
                quality.path("horizon_days").asInt(),
                quality.path("origins").asInt(),
                quality.path("log_score").asText(),
                quality.path("naive_log_score").asText()));
    line(text, "Coverage", quality.path("coverage_95").asText() + " of spends in their 95 % range");
    line(text, "Calibration", "forecasts  said to buy  bought");
    for (JsonNode bin : quality.path("calibration")) {
      line(
          text,
          "",
          String.format(
              Locale.ROOT,
              "%9d  %11.4f  %6.4f",
              bin.path("forecasts").asInt(),
              bin.path("p_purchase").asDouble(),
              bin.path("bought").asDouble()));
    }
  }

  private static void drift(StringBuilder text, JsonNode drift) {
    if (drift.isMissingNode()) {
      line(text, "Drift", "too soon after the fit to tell");
      return;
    }
    line(
        text,
        "Drift",
        "%s: in %d days %d bought, %s were expected; log score %s, expected %s"
            .formatted(
                drift.path("is_drifting").asBoolean() ? "a refit is due" : "none to speak of",
                drift.path("days").asInt(),
                drift.path("buyers").asInt(),
                drift.path("expected_buyers").asText(),
                drift.path("log_score").asText(),
                drift.path("expected_log_score").asText()));
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-12s %s%n".formatted(name, value));
  }
}
