package ai.quimbi.server.store.events;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.Databases;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Counts and medians over the scores.
public final class ScoreStatistics {
  private final Databases databases;

  public ScoreStatistics(Databases databases) {
    this.databases = databases;
  }

  /// The customers that share `segments` ("purchase_value=whale", …): how many, the medians of what
  /// they spent and will spend (minor units), the mean churn risk and confidence.
  public record Group(
      List<String> segments,
      long customers,
      long medianSpentMinor,
      long medianYearAheadMinor,
      double meanChurnRisk,
      double meanConfidence) {
    public Group {
      segments = List.copyOf(segments);
    }
  }

  /// How many customers of a group also have a segment of another axis.
  public record Trait(List<String> segments, String trait, long customers) {
    public Trait {
      segments = List.copyOf(segments);
    }
  }

  public long customers(Tenant tenant) {
    return databases.read(
        tenant.id(),
        handle -> handle.createQuery("SELECT count(*) FROM app.score").mapTo(Long.class).one());
  }

  /// By the dominant segments of the first `axes` axes, the largest group first.
  public List<Group> archetypes(Tenant tenant, int axes) {
    String sql =
        """
        SELECT segments[1:?::integer], count(*),
               percentile_disc(0.5) WITHIN GROUP (ORDER BY lifetime_value),
               percentile_disc(0.5) WITHIN GROUP (ORDER BY ltv_12mo),
               avg(churn_risk), avg(confidence)
          FROM app.score GROUP BY 1 ORDER BY 2 DESC, 1
        """;
    return groups(tenant, sql, axes);
  }

  /// By each segment of the first `axes` axes for itself.
  public List<Group> segments(Tenant tenant, int axes) {
    String sql =
        """
        SELECT ARRAY[segment], count(*),
               percentile_disc(0.5) WITHIN GROUP (ORDER BY lifetime_value),
               percentile_disc(0.5) WITHIN GROUP (ORDER BY ltv_12mo),
               avg(churn_risk), avg(confidence)
          FROM app.score, unnest(segments[1:?::integer]) AS segment
         GROUP BY segment ORDER BY segment
        """;
    return groups(tenant, sql, axes);
  }

  private List<Group> groups(Tenant tenant, String sql, int axes) {
    return databases.read(
        tenant.id(),
        Jdbc.of(
            connection -> {
              List<Group> groups = new ArrayList<>();
              try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setInt(1, axes);
                try (ResultSet row = select.executeQuery()) {
                  while (row.next()) {
                    groups.add(group(row));
                  }
                }
              }
              return groups;
            }));
  }

  /// The segments of the other main axes within each archetype of the first `axes` axes.
  public List<Trait> traits(Tenant tenant, int axes) {
    String sql =
        """
        SELECT segments[1:?::integer], trait, count(*)
          FROM app.score, unnest(segments[?::integer + 1:8]) AS trait
         GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2
        """;
    return databases.read(
        tenant.id(),
        Jdbc.of(
            connection -> {
              List<Trait> traits = new ArrayList<>();
              try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setInt(1, axes);
                select.setInt(2, axes);
                try (ResultSet row = select.executeQuery()) {
                  while (row.next()) {
                    traits.add(new Trait(texts(row, 1), row.getString(2), row.getLong(3)));
                  }
                }
              }
              return traits;
            }));
  }

  private static Group group(ResultSet row) throws SQLException {
    return new Group(
        texts(row, 1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getDouble(5),
        row.getDouble(6));
  }

  private static List<String> texts(ResultSet row, int column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }
}
