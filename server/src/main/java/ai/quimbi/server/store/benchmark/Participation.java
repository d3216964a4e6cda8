package ai.quimbi.server.store.benchmark;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.AcrossTenants;
import ai.quimbi.server.store.ControlDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which tenants share their figures, and who owns them.
public final class Participation {
  private static final String COLUMNS =
      "tenant_id, opted_in, changed_at, owner_group, approved, contributed";

  private final ControlDatabase control;

  public Participation(ControlDatabase control) {
    this.control = control;
  }

  /// One tenant's part. `contributed` is the last month a contribution was drawn for.
  public record Part(
      String tenantId,
      boolean isOptedIn,
      @Nullable Instant changedAt,
      @Nullable String ownerGroup,
      boolean isApproved,
      @Nullable LocalDate contributed) {

    static Part of(ResultSet row) throws SQLException {
      var changed = row.getTimestamp(3);
      return new Part(
          row.getString(1),
          row.getBoolean(2),
          changed == null ? null : changed.toInstant(),
          row.getString(4),
          row.getBoolean(5),
          row.getObject(6, LocalDate.class));
    }
  }

  public Part of(Tenant tenant) {
    String sql = "SELECT " + COLUMNS + " FROM benchmark_participation WHERE tenant_id = :tenant";
    return control
        .read(
            handle ->
                handle
                    .createQuery(sql)
                    .bind("tenant", tenant.id())
                    .map((row, context) -> Part.of(row))
                    .findOne())
        .orElse(new Part(tenant.id(), false, null, null, false, null));
  }

  /// Takes part from the next release on.
  public void join(Tenant tenant, Instant now) {
    String sql =
        """
        INSERT INTO benchmark_participation (tenant_id, opted_in, changed_at)
        VALUES (?, true, ?)
        ON CONFLICT (tenant_id) DO UPDATE SET opted_in = true, changed_at = excluded.changed_at
          WHERE NOT benchmark_participation.opted_in
        """;
    control.inTransaction(handle -> handle.execute(sql, tenant.id(), now));
  }

  /// Takes no part any more, and everything that was given is deleted.
  public void leave(Tenant tenant, Instant now) {
    String sql =
        """
        UPDATE benchmark_participation SET opted_in = false, changed_at = ?
         WHERE tenant_id = ? AND opted_in
        """;
    control.inTransaction(
        handle -> {
          handle.execute("DELETE FROM benchmark_contribution WHERE tenant_id = ?", tenant.id());
          return handle.execute(sql, now, tenant.id());
        });
  }

  /// Who owns the tenant, and whether that was looked into.
  public void own(Tenant tenant, String ownerGroup, boolean isApproved) {
    String sql =
        """
        INSERT INTO benchmark_participation (tenant_id, owner_group, approved) VALUES (?, ?, ?)
        ON CONFLICT (tenant_id) DO UPDATE
          SET owner_group = excluded.owner_group, approved = excluded.approved
        """;
    control.inTransaction(handle -> handle.execute(sql, tenant.id(), ownerGroup, isApproved));
  }

  @AcrossTenants("a release is of all who share and whose owner is approved")
  public List<Part> sharing() {
    String sql =
        "SELECT "
            + COLUMNS
            + " FROM benchmark_participation WHERE opted_in AND approved ORDER BY tenant_id";
    return control.read(
        handle -> handle.createQuery(sql).map((row, context) -> Part.of(row)).list());
  }
}
