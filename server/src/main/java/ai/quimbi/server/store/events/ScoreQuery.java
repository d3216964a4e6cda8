package ai.quimbi.server.store.events;

import ai.quimbi.core.behaviour.Axis;
import ai.quimbi.core.behaviour.CustomerFilter;
import ai.quimbi.core.behaviour.CustomerFilter.Measure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A customer filter as SQL over the scores. Bounds on money are given in the currency and compared
/// in minor units of `scale` decimals.
public record ScoreQuery(CustomerFilter filter, int scale) {

  /// A row of the answer: where the next page begins.
  public record Place(double value, String customerId) {}

  /// The place of a score in this query's order.
  public Place placeOf(Score score) {
    double value =
        filter
            .sort()
            .by()
            .map(
                measure ->
                    switch (measure) {
                      case CHURN_RISK -> score.churnRisk();
                      case LTV_12MO -> (double) score.yearAheadMinor();
                      case LIFETIME_VALUE -> (double) score.spentMinor();
                      case CONFIDENCE -> score.confidence();
                    })
            .orElse(0.0);
    return new Place(value, score.customerId());
  }

  PreparedStatement prepare(Connection connection, int limit, @Nullable Place after)
      throws SQLException {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    addConditions(conditions, values);
    Optional<String> by = filter.sort().by().map(ScoreQuery::column);
    String beyond = filter.sort().descending() ? " < ?" : " > ?";
    if (after != null && by.isPresent()) {
      String column = by.get();
      conditions.add("(" + column + beyond + " OR (" + column + " = ? AND customer_id > ?))");
      values.add(after.value());
      values.add(after.value());
      values.add(after.customerId());
    } else if (after != null) {
      conditions.add("customer_id" + beyond);
      values.add(after.customerId());
    }
    String direction = filter.sort().descending() ? " DESC" : "";
    String order =
        by.map(column -> column + direction + ", customer_id").orElse("customer_id" + direction);
    String sql =
        "SELECT "
            + Scores.COLUMNS
            + " FROM app.score"
            + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
            + " ORDER BY "
            + order
            + " LIMIT "
            + limit;
    return prepare(connection, sql, values);
  }

  /// How many rows the query means.
  PreparedStatement prepareCount(Connection connection) throws SQLException {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    addConditions(conditions, values);
    String sql =
        "SELECT count(*) FROM app.score"
            + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions));
    return prepare(connection, sql, values);
  }

  private void addConditions(List<String> conditions, List<Object> values) {
    filter
        .segments()
        .forEach(
            (axis, segments) -> {
              conditions.add("segments && ?::text[]");
              values.add(segments.stream().map(s -> named(axis, s)).toArray(String[]::new));
            });
    filter
        .archetype()
        .ifPresent(
            segments -> {
              conditions.add("segments @> ?::text[]");
              values.add(
                  segments.entrySet().stream()
                      .map(entry -> named(entry.getKey(), entry.getValue()))
                      .toArray(String[]::new));
            });
    filter
        .least()
        .forEach(
            (measure, bound) -> {
              conditions.add(column(measure) + " >= ?::numeric");
              values.add(inUnits(measure, bound));
            });
    filter
        .most()
        .forEach(
            (measure, bound) -> {
              conditions.add(column(measure) + " <= ?::numeric");
              values.add(inUnits(measure, bound));
            });
  }

  private static PreparedStatement prepare(Connection connection, String sql, List<Object> values)
      throws SQLException {
    PreparedStatement select = connection.prepareStatement(sql);
    for (int i = 0; i < values.size(); i++) {
      select.setObject(
          i + 1,
          values.get(i) instanceof String[] texts
              ? connection.createArrayOf("text", texts)
              : values.get(i));
    }
    return select;
  }

  private static String named(Axis axis, String segment) {
    return axis.label() + "=" + segment;
  }

  private static String column(Measure measure) {
    return switch (measure) {
      case CHURN_RISK -> "churn_risk";
      case LTV_12MO -> "ltv_12mo";
      case LIFETIME_VALUE -> "lifetime_value";
      case CONFIDENCE -> "confidence";
    };
  }

  private BigDecimal inUnits(Measure measure, double bound) {
    BigDecimal exact = BigDecimal.valueOf(bound);
    return switch (measure) {
      case CHURN_RISK, CONFIDENCE -> exact;
      case LTV_12MO, LIFETIME_VALUE ->
          exact.movePointRight(scale).setScale(6, RoundingMode.HALF_EVEN);
    };
  }
}
