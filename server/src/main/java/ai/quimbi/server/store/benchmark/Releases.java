package ai.quimbi.server.store.benchmark;

import ai.quimbi.core.benchmark.Benchmark.Reason;
import ai.quimbi.core.benchmark.Figures;
import ai.quimbi.core.benchmark.Range;
import ai.quimbi.core.benchmark.Released;
import ai.quimbi.server.store.AcrossTenants;
import ai.quimbi.server.store.ControlDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What was released of each industry, month by month. A row is never changed, except that a month
/// of which nothing could be said may still be given a release.
@AcrossTenants("a release is everybody's")
public final class Releases {
  private final ControlDatabase control;

  public Releases(ControlDatabase control) {
    this.control = control;
  }

  /// Figures and the month they were made in; what they were made of; up to where a
  /// customer's value counted; the bounds that companies' figures were clipped to.
  public record Made(
      LocalDate month,
      Instant at,
      Released released,
      Set<String> owners,
      double valueCap,
      Range ltvRange,
      Range churnRange) {
    public Made {
      owners = Set.copyOf(owners);
    }
  }

  /// A month of an industry's ledger. `basis` is the month whose figures it shows, `null` where it
  /// shows none; `reason` says why they are no new ones.
  public record Entry(
      LocalDate month,
      Instant madeAt,
      @Nullable LocalDate basis,
      @Nullable Reason reason,
      Released.@Nullable Method method,
      int companies,
      double epsilon) {}

  /// Stores new figures of a month, unless it has some.
  public boolean add(String industry, Made made) {
    Released released = made.released();
    String sql =
        """
        INSERT INTO benchmark_release (industry, month, made_at, basis, method, companies, epsilon,
          ltv, churn, value_cap, ltv_range, churn_range, owners)
        VALUES (:industry, :month, :at, :month, :method, :companies, :epsilon, :ltv, :churn,
          :value_cap, :ltv_range, :churn_range, :owners)
        ON CONFLICT (industry, month) DO UPDATE
           SET made_at = excluded.made_at, basis = excluded.basis, reason = NULL,
               method = excluded.method, companies = excluded.companies,
               epsilon = excluded.epsilon, ltv = excluded.ltv, churn = excluded.churn,
               value_cap = excluded.value_cap,
               ltv_range = excluded.ltv_range, churn_range = excluded.churn_range,
               owners = excluded.owners
         WHERE benchmark_release.basis IS NULL
        """;
    // Who was in an earlier release is nobody's business any more.
    String forget = "UPDATE benchmark_release SET owners = NULL WHERE industry = ? AND month < ?";
    return control.inTransaction(
        handle -> {
          boolean isNew =
              handle
                      .createUpdate(sql)
                      .bind("industry", industry)
                      .bind("month", made.month())
                      .bind("at", made.at())
                      .bind("method", released.method().name())
                      .bind("companies", released.companies())
                      .bind("epsilon", released.method().epsilon())
                      .bind("ltv", numbers(released.ltv()))
                      .bind("churn", numbers(released.churn()))
                      .bind("value_cap", made.valueCap())
                      .bind("ltv_range", numbers(made.ltvRange()))
                      .bind("churn_range", numbers(made.churnRange()))
                      .bind("owners", made.owners().stream().sorted().toArray(String[]::new))
                      .execute()
                  > 0;
          if (isNew) {
            handle.execute(forget, industry, made.month());
          }
          return isNew;
        });
  }

  /// Notes that a month has no figures of its own: those of `basis` stay, or there are none.
  public void note(
      String industry, LocalDate month, Instant at, @Nullable LocalDate basis, Reason reason) {
    String sql =
        """
        INSERT INTO benchmark_release (industry, month, made_at, basis, reason)
        VALUES (:industry, :month, :at, :basis, :reason)
        ON CONFLICT (industry, month) DO UPDATE
           SET basis = excluded.basis, reason = excluded.reason
         WHERE benchmark_release.basis IS NULL
        """;
    control.inTransaction(
        handle ->
            handle
                .createUpdate(sql)
                .bind("industry", industry)
                .bind("month", month)
                .bind("at", at)
                .bindByType("basis", basis, LocalDate.class)
                .bind("reason", reason.name())
                .execute());
  }

  /// The newest figures that were ever made of an industry.
  public Optional<Made> newest(String industry) {
    return control.read(
        handle ->
            made(
                handle,
                "SELECT * FROM benchmark_release WHERE industry = :industry"
                    + " AND basis = month ORDER BY month DESC LIMIT 1",
                industry));
  }

  /// The figures that are shown now; empty where the last month has none.
  public Optional<Made> shown(String industry) {
    String sql =
        """
        SELECT b.* FROM (SELECT * FROM benchmark_release WHERE industry = :industry
                          ORDER BY month DESC LIMIT 1) l
          JOIN benchmark_release b ON b.industry = l.industry AND b.month = l.basis
        """;
    return control.read(handle -> made(handle, sql, industry));
  }

  /// Every month, the newest first.
  public List<Entry> ledger(String industry) {
    String sql =
        """
        SELECT month, made_at, basis, reason, method, coalesce(companies, 0), epsilon
          FROM benchmark_release WHERE industry = :industry ORDER BY month DESC
        """;
    return control.read(
        handle ->
            handle
                .createQuery(sql)
                .bind("industry", industry)
                .map((row, context) -> entry(row))
                .list());
  }

  /// The industries that figures are shown of.
  public List<String> industries() {
    String sql =
        """
        SELECT industry FROM (SELECT DISTINCT ON (industry) industry, basis FROM benchmark_release
                               ORDER BY industry, month DESC) l
         WHERE basis IS NOT NULL ORDER BY industry
        """;
    return control.read(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  private static Optional<Made> made(Handle handle, String sql, String industry) {
    return handle
        .createQuery(sql)
        .bind("industry", industry)
        .map((row, context) -> made(row))
        .findOne();
  }

  private static Made made(ResultSet row) throws SQLException {
    Released released =
        new Released(
            row.getInt("companies"),
            Released.Method.valueOf(row.getString("method")),
            figures(row, "ltv"),
            figures(row, "churn"));
    java.sql.Array owners = row.getArray("owners");
    return new Made(
        row.getObject("month", LocalDate.class),
        row.getTimestamp("made_at").toInstant(),
        released,
        owners == null ? Set.of() : Set.of((String[]) owners.getArray()),
        row.getDouble("value_cap"),
        range(row, "ltv_range"),
        range(row, "churn_range"));
  }

  private static Entry entry(ResultSet row) throws SQLException {
    String reason = row.getString(4);
    String method = row.getString(5);
    return new Entry(
        row.getObject(1, LocalDate.class),
        row.getTimestamp(2).toInstant(),
        row.getObject(3, LocalDate.class),
        reason == null ? null : Reason.valueOf(reason),
        method == null ? null : Released.Method.valueOf(method),
        row.getInt(6),
        row.getDouble(7));
  }

  private static double[] numbers(Figures figures) {
    return new double[] {
      figures.mean(), figures.p25(), figures.p50(), figures.p75(), figures.uncertainty()
    };
  }

  private static double[] numbers(Range range) {
    return new double[] {range.low(), range.high()};
  }

  private static Figures figures(ResultSet row, String column) throws SQLException {
    Double[] n = (Double[]) row.getArray(column).getArray();
    return new Figures(n[0], n[1], n[2], n[3], n[4]);
  }

  private static Range range(ResultSet row, String column) throws SQLException {
    Double[] n = (Double[]) row.getArray(column).getArray();
    return new Range(n[0], n[1]);
  }
}
