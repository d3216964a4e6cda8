package ai.quimbi.server.store.jobs;

import ai.quimbi.server.store.AcrossTenants;
import ai.quimbi.server.store.ControlDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The queue. Workers take jobs under a lease and keep it alive; a job whose lease has ended is
/// taken again by whoever comes next. All times are the database's, so that servers need not agree
/// on theirs.
@AcrossTenants("a worker takes the next job, whose ever it is")
public final class Jobs {
  private static final String COLUMNS =
      "job_id, tenant_id, kind, started_by, input, status, progress, lease, max_attempts, result";

  private final ControlDatabase control;

  public Jobs(ControlDatabase control) {
    this.control = control;
  }

  /// What shall be done. The same id again is the same job.
  public record Wish(
      String id, String tenantId, String kind, String startedBy, String input, int maxAttempts) {}

  /// Queues the job, unless one of this id is there, and answers it as it stands.
  public Job start(Wish wish) {
    return control.inTransaction(
        handle -> {
          handle.execute(
              """
              INSERT INTO job
                (job_id, tenant_id, kind, started_by, input, status, max_attempts, due_at)
              VALUES (?, ?, ?, ?, ?, 'queued', ?, now()) ON CONFLICT (job_id) DO NOTHING
              """,
              wish.id(),
              wish.tenantId(),
              wish.kind(),
              wish.startedBy(),
              wish.input(),
              wish.maxAttempts());
          return find(handle, wish.tenantId(), wish.id()).orElseThrow();
        });
  }

  public Optional<Job> find(String tenantId, String jobId) {
    return control.read(handle -> find(handle, tenantId, jobId));
  }

  /// Takes up to `most` jobs that are due, of these kinds, each under a lease.
  public List<Job> take(List<String> kinds, int most, Duration lease) {
    return control.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    UPDATE job SET status = 'running', lease = lease + 1,
                      due_at = now() + make_interval(secs => :seconds)
                    WHERE job_id IN (
                      SELECT job_id FROM job
                      WHERE status IN ('queued', 'running') AND due_at <= now()
                        AND kind = ANY (:kinds)
                      ORDER BY due_at LIMIT :most FOR UPDATE SKIP LOCKED)
                    RETURNING
                    """
                        + COLUMNS)
                .bind("seconds", lease.toMillis() / 1000.0)
                .bind("kinds", kinds.toArray(String[]::new))
                .bind("most", most)
                .map((row, context) -> job(row))
                .list());
  }

  /// Keeps the leases alive and notes how far the jobs are. Answers the ids of those still held.
  public List<String> keep(List<Job> held, List<Integer> progress, Duration lease) {
    return control.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    UPDATE job SET due_at = now() + make_interval(secs => :seconds),
                      progress = greatest(job.progress, told.progress)
                    FROM unnest(:ids, :leases, :progress) AS told (job_id, lease, progress)
                    WHERE job.job_id = told.job_id AND job.lease = told.lease
                      AND status = 'running'
                    RETURNING job.job_id
                    """)
                .bind("seconds", lease.toMillis() / 1000.0)
                .bind("ids", held.stream().map(Job::id).toArray(String[]::new))
                .bind("leases", held.stream().map(Job::lease).toArray(Integer[]::new))
                .bind("progress", progress.toArray(Integer[]::new))
                .mapTo(String.class)
                .list());
  }

  /// Ends the job with its result; `false` where the lease is no longer held, and nothing changed.
  public boolean finish(Job job, boolean isSuccess, String result) {
    return control.inTransaction(
        handle ->
            handle.execute(
                    """
                    UPDATE job SET status = ?, result = ?, progress = 100, finished_at = now()
                    WHERE job_id = ? AND lease = ? AND status = 'running'
                    """,
                    isSuccess ? "succeeded" : "failed",
                    result,
                    job.id(),
                    job.lease())
                > 0);
  }

  /// Gives the job back, to be tried again after a while; `false` as with [#finish].
  public boolean postpone(Job job, Duration wait) {
    return control.inTransaction(
        handle ->
            handle.execute(
                    """
                    UPDATE job SET status = 'queued', due_at = now() + make_interval(secs => ?)
                    WHERE job_id = ? AND lease = ? AND status = 'running'
                    """,
                    wait.toMillis() / 1000.0,
                    job.id(),
                    job.lease())
                > 0);
  }

  /// Forgets finished jobs older than that; answers how many.
  public int forgetOlderThan(Duration age) {
    return control.inTransaction(
        handle ->
            handle.execute(
                "DELETE FROM job WHERE finished_at < now() - make_interval(secs => ?)",
                age.toSeconds() * 1.0));
  }

  private static Optional<Job> find(Handle handle, String tenantId, String jobId) {
    return handle
        .createQuery("SELECT " + COLUMNS + " FROM job WHERE job_id = :id AND tenant_id = :tenant")
        .bind("id", jobId)
        .bind("tenant", tenantId)
        .map((row, context) -> job(row))
        .findOne();
  }

  private static Job job(ResultSet row) throws SQLException {
    @Nullable String result = row.getString(10);
    return new Job(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        Job.Status.valueOf(row.getString(6).toUpperCase(Locale.ROOT)),
        row.getInt(7),
        row.getInt(8),
        row.getInt(9),
        result);
  }
}
