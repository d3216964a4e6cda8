package ai.quimbi.server.store.benchmark;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.benchmark.Contribution;
import ai.quimbi.core.benchmark.Mask;
import ai.quimbi.server.store.AcrossTenants;
import ai.quimbi.server.store.ControlDatabase;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What tenants gave, frozen for its month, and the masks of their owners.
public final class Contributions {
  private final ControlDatabase control;

  public Contributions(ControlDatabase control) {
    this.control = control;
  }

  /// Freezes a tenant's contribution to a month. `false`, and nothing is stored, where one was
  /// drawn for it before or the tenant takes no part any more: two draws could be averaged.
  public boolean freeze(Tenant tenant, LocalDate month, String industry, Contribution given) {
    String first =
        """
        UPDATE benchmark_participation SET contributed = ?
         WHERE tenant_id = ? AND opted_in AND (contributed IS NULL OR contributed < ?)
        """;
    String store =
        """
        INSERT INTO benchmark_contribution (tenant_id, month, industry, owner_group, ltv, churn)
        VALUES (?, ?, ?, ?, ?, ?)
        """;
    return control.inTransaction(
        handle -> {
          boolean isFirst = handle.execute(first, month, tenant.id(), month) > 0;
          if (isFirst) {
            handle.execute(
                store, tenant.id(), month, industry, given.owner(), given.ltv(), given.churn());
          }
          return isFirst;
        });
  }

  /// An industry's contributions to a month, of those who still share and whose owner is still
  /// approved.
  @AcrossTenants("a release is made of all who share")
  public List<Contribution> of(String industry, LocalDate month) {
    String sql =
        """
        SELECT c.owner_group, c.ltv, c.churn
          FROM benchmark_contribution c JOIN benchmark_participation p USING (tenant_id)
         WHERE c.industry = :industry AND c.month = :month
           AND p.opted_in AND p.approved AND p.owner_group = c.owner_group
         ORDER BY tenant_id
        """;
    return control.read(
        handle ->
            handle
                .createQuery(sql)
                .bind("industry", industry)
                .bind("month", month)
                .map(
                    (row, context) ->
                        new Contribution(row.getString(1), row.getDouble(2), row.getDouble(3)))
                .list());
  }

  /// The industries that anything was given to or released of.
  @AcrossTenants("a release is made of all who share")
  public List<String> industries() {
    String sql =
        """
        SELECT industry FROM benchmark_contribution UNION SELECT industry FROM benchmark_release
        ORDER BY industry
        """;
    return control.read(handle -> handle.createQuery(sql).mapTo(String.class).list());
  }

  /// An owner's mask. Where there is none yet, `drawn` becomes it, for good.
  @AcrossTenants("an owner may have several tenants, and outlives them")
  public Mask mask(String ownerGroup, Mask drawn) {
    return control.inTransaction(
        handle -> {
          handle.execute(
              """
              INSERT INTO benchmark_mask (owner_group, ltv, churn) VALUES (?, ?, ?)
              ON CONFLICT (owner_group) DO NOTHING
              """,
              ownerGroup,
              drawn.ltv(),
              drawn.churn());
          return maskOf(handle, ownerGroup).orElseThrow();
        });
  }

  private static Optional<Mask> maskOf(Handle handle, String ownerGroup) {
    return handle
        .createQuery("SELECT ltv, churn FROM benchmark_mask WHERE owner_group = :owner")
        .bind("owner", ownerGroup)
        .map((row, context) -> new Mask(row.getDouble(1), row.getDouble(2)))
        .findOne();
  }

  /// Deletes what neither the month nor a release in force needs.
  @AcrossTenants("a release is made of all who share")
  public void prune(LocalDate month) {
    String sql =
        """
        DELETE FROM benchmark_contribution c
         WHERE c.month < ?
           AND c.month IS DISTINCT FROM (SELECT max(r.month) FROM benchmark_release r
                                          WHERE r.industry = c.industry AND r.basis = r.month)
        """;
    control.inTransaction(handle -> handle.execute(sql, month));
  }
}
