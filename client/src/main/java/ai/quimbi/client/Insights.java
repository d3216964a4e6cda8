package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;

/// How all customers do together, and how far the answers can be relied on. Got from
/// [QuimbiClient#insights].
public final class Insights {
  private static final String CONTRIBUTION = "/api/insights/contribution";

  private final Connection connection;

  Insights(Connection connection) {
    this.connection = connection;
  }

  /// What today's customers will spend together; not `calibrated` where the horizon is longer than
  /// the data can check.
  public record RevenueForecast(
      int horizonMonths,
      int customers,
      BigDecimal expectedRevenue,
      BigDecimal lower,
      BigDecimal upper,
      boolean calibrated,
      String currency,
      JsonNode raw) {}

  /// The model in force; `raw` has its parameters and how well it foretold what is known by now.
  public record ModelReport(
      String status, String modelVersion, int customers, int churnHorizonDays, JsonNode raw) {}

  /// How far the scores behind lists and exports are: `current`, `running` or `waiting`.
  public record ScoringProgress(String state, int customers, int scored, JsonNode raw) {}

  /// Over the next `horizonMonths`, 1 to 60.
  public RevenueForecast revenueForecast(int horizonMonths) {
    int months = Arguments.between("horizonMonths", 1, 60, horizonMonths);
    JsonNode answer = connection.send(Call.get("/api/insights/forecast?horizon_months=" + months));
    Fields fields = Fields.of(answer);
    Fields interval = fields.object("confidence_interval");
    return new RevenueForecast(
        fields.integer("horizon_months"),
        fields.integer("customers"),
        fields.decimal("expected_revenue"),
        interval.decimal("lower"),
        interval.decimal("upper"),
        fields.flag("calibrated"),
        fields.text("currency"),
        answer);
  }

  /// The own customers at a glance; `days` (1 to 365) is how long the period is that ends today.
  public Overview overview(int days) {
    int period = Arguments.between("days", 1, 365, days);
    return Overview.of(connection.send(Call.get("/api/insights/overview?days=" + period)));
  }

  /// What the releases of an industry's benchmark have cost its companies in privacy.
  public BenchmarkLedger benchmarkLedger(String industry) {
    String name = Call.segment(Arguments.text("industry", industry));
    String path = "/api/insights/benchmarks/" + name + "/ledger";
    return BenchmarkLedger.of(connection.send(Call.get(path)));
  }

  /// Whether the company shares its figures, and what is missing.
  public Contribution contribution() {
    return Contribution.of(connection.send(Call.get(CONTRIBUTION)));
  }

  /// Shares the company's figures from the next release on, or stops and deletes what was given.
  public Contribution putContribution(boolean optedIn) {
    ObjectNode body = Json.object().put("opted_in", optedIn);
    return Contribution.of(connection.send(new Call("PUT", CONTRIBUTION, body, Map.of(), true)));
  }

  public ModelReport modelReport() {
    JsonNode answer = connection.send(Call.get("/api/insights/model"));
    Fields fields = Fields.of(answer);
    return new ModelReport(
        fields.text("status"),
        fields.text("model_version"),
        fields.integer("customers"),
        fields.integer("churn_horizon_days"),
        answer);
  }

  public ScoringProgress scoringProgress() {
    JsonNode answer = connection.send(Call.get("/api/insights/scoring"));
    Fields fields = Fields.of(answer);
    return new ScoringProgress(
        fields.text("state"), fields.integer("customers"), fields.integer("scored"), answer);
  }
}
