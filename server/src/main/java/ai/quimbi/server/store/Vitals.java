package ai.quimbi.server.store;

import java.time.Duration;

/// What can be told of the whole installation without naming a tenant.
public final class Vitals {
  private final ControlDatabase control;

  public Vitals(ControlDatabase control) {
    this.control = control;
  }

  /// `longestWait` is how long the job has waited that could have been taken first.
  public record Reading(String databaseVersion, long queued, long running, Duration longestWait) {}

  /// Throws [Unavailable] where the database does not answer.
  @AcrossTenants("how much work waits tells nothing of whose it is")
  public Reading read() {
    String sql =
        """
        SELECT split_part(current_setting('server_version'), ' ', 1) AS version,
               count(*) FILTER (WHERE status = 'queued') AS queued,
               count(*) FILTER (WHERE status = 'running') AS running,
               coalesce(extract(epoch FROM now() - min(due_at) FILTER (WHERE status = 'queued')), 0)
                 AS waited
          FROM job WHERE status IN ('queued', 'running')
        """;
    return control.read(
        handle ->
            handle
                .createQuery(sql)
                .map(
                    (row, context) ->
                        new Reading(
                            row.getString("version"),
                            row.getLong("queued"),
                            row.getLong("running"),
                            Duration.ofSeconds(Math.max(0, row.getLong("waited")))))
                .one());
  }
}
