package ai.quimbi.server.store.events;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.store.Databases;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What came of each attempt to fit a tenant's models, the last fifty of them.
public final class RefitLog {
  private static final int KEPT = 50;

  private final Databases databases;

  public RefitLog(Databases databases) {
    this.databases = databases;
  }

  /// One attempt. `outcome` is `fitted`, `kept` or `failed`; `reason` says why the models from
  /// before stayed; `model` names what was in force afterwards.
  public record Attempt(
      Instant at, String cause, String outcome, @Nullable String reason, String model) {}

  public void add(Tenant tenant, Attempt attempt) {
    String insert =
        """
        INSERT INTO app.refit (at, cause, outcome, reason, model)
        VALUES (:at, :cause, :outcome, :reason, :model)
        """;
    String prune =
        """
        DELETE FROM app.refit WHERE number <= (SELECT max(number) FROM app.refit) - :kept
        """;
    databases.inTransaction(
        tenant.id(),
        handle -> {
          handle
              .createUpdate(insert)
              .bind("at", attempt.at())
              .bind("cause", attempt.cause())
              .bind("outcome", attempt.outcome())
              .bind("reason", attempt.reason())
              .bind("model", attempt.model())
              .execute();
          return handle.createUpdate(prune).bind("kept", KEPT).execute();
        });
  }

  public Optional<Attempt> last(Tenant tenant) {
    return newest(tenant, 1).stream().findFirst();
  }

  /// The newest first.
  public List<Attempt> newest(Tenant tenant, int limit) {
    String sql =
        """
        SELECT at, cause, outcome, reason, model FROM app.refit ORDER BY number DESC LIMIT :limit
        """;
    return databases.read(
        tenant.id(),
        handle ->
            handle
                .createQuery(sql)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Attempt(
                            row.getTimestamp(1).toInstant(),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5)))
                .list());
  }
}
