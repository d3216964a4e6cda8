package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/// The company's own customers at a glance: the answer of `GET /api/insights/overview`. `raw` has
/// the distribution of the risk, percentiles, and the trend against the period before.
public record Overview(
    LocalDate from,
    LocalDate to,
    Customers customers,
    Revenue revenue,
    double averageChurn,
    Levels levels,
    BigDecimal expectedValue,
    List<Archetype> archetypes,
    String currency,
    LocalDate scoredOn,
    JsonNode raw) {

  /// `active` ordered in the period, `fresh` ordered for the first time in it.
  public record Customers(int total, int withOrders, int active, int fresh) {}

  /// `total` from the first order on, `period` and its `orders` within the period.
  public record Revenue(BigDecimal total, BigDecimal period, int orders) {}

  /// How many customers are at which risk.
  public record Levels(int low, int medium, int high) {}

  /// The largest archetypes come first, at most ten.
  public record Archetype(
      String archetypeId, int customers, double averageChurn, BigDecimal medianLtv) {}

  static Overview of(JsonNode answer) {
    Fields fields = Fields.of(answer);
    Fields period = fields.object("period");
    Fields customers = fields.object("customers");
    Fields revenue = fields.object("revenue");
    Fields levels = fields.object("churn").object("levels");
    return new Overview(
        period.day("from"),
        period.day("to"),
        new Customers(
            customers.integer("total"),
            customers.integer("with_orders"),
            customers.integer("active"),
            customers.integer("new")),
        new Revenue(revenue.decimal("total"), revenue.decimal("period"), revenue.integer("orders")),
        fields.object("churn").number("average"),
        new Levels(levels.integer("low"), levels.integer("medium"), levels.integer("high")),
        fields.object("ltv").decimal("total"),
        fields.objects(
            "archetypes",
            archetype ->
                new Archetype(
                    archetype.text("archetype_id"),
                    archetype.integer("customers"),
                    archetype.number("avg_churn_risk"),
                    archetype.decimal("median_ltv_12mo"))),
        fields.text("currency"),
        fields.day("scored_on"),
        answer);
  }
}
