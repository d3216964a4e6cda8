package ai.quimbi.server.store.jobs;

import ai.quimbi.server.store.AcrossTenants;
import ai.quimbi.server.store.ControlDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The queue. Workers take jobs under a lease and keep it alive; a job whose lease has ended is
/// taken again by whoever comes next. All times are the database's, so that servers need not agree
/// on theirs.
@AcrossTenants("a worker takes the next job, whose ever it is")
public final class Jobs {
  private static final String COLUMNS =
      "job_id, tenant_id, kind, started_by, input, status, progress, lease, max_attempts, result";

  private static final int MOST_AT_ONCE = 200;

  private final ControlDatabase control;
  private final Together<Wish, Job> starts = new Together<>(MOST_AT_ONCE, this::startAll);
  private final Together<End, Boolean> ends = new Together<>(MOST_AT_ONCE, this::endAll);

  public Jobs(ControlDatabase control) {
    this.control = control;
  }

  /// What shall be done. The same id again is the same job.
  public record Wish(
      String id, String tenantId, String kind, String startedBy, String input, int maxAttempts) {}

  private record End(Job job, boolean isSuccess, String result) {}

  /// Queues the job, unless one of this id is there, and answers it as it stands. Callers at the
  /// same time share a commit.
  public Job start(Wish wish) {
    return starts.of(wish);
  }

  /// A wish that comes twice at once, or whose id is taken, is answered with the job that is there.
  private List<Job> startAll(List<Wish> wishes) {
    return control.read(
        handle -> {
          Map<String, Job> there = new HashMap<>();
          Map<String, Wish> byId = new LinkedHashMap<>();
          wishes.forEach(wish -> byId.putIfAbsent(wish.id(), wish));
          insert(handle, List.copyOf(byId.values())).forEach(job -> there.put(job.id(), job));
          List<Job> started = new ArrayList<>();
          for (Wish wish : wishes) {
            Job job = there.get(wish.id());
            started.add(
                job != null && job.tenantId().equals(wish.tenantId())
                    ? job
                    : find(handle, wish.tenantId(), wish.id()).orElseThrow());
          }
          return started;
        });
  }

  private static List<Job> insert(Handle handle, List<Wish> wishes) {
    return handle
        .createQuery(
            """
            INSERT INTO job
              (job_id, tenant_id, kind, started_by, input, status, max_attempts, due_at)
            SELECT *, now() FROM unnest(:ids, :tenants, :kinds, :starters, :inputs,
              array_fill('queued'::text, ARRAY[:count]), :attempts)
            ON CONFLICT (job_id) DO NOTHING
            RETURNING
            """
                + COLUMNS)
        .bind("ids", texts(wishes, Wish::id))
        .bind("tenants", texts(wishes, Wish::tenantId))
        .bind("kinds", texts(wishes, Wish::kind))
        .bind("starters", texts(wishes, Wish::startedBy))
        .bind("inputs", texts(wishes, Wish::input))
        .bind("count", wishes.size())
        .bind("attempts", wishes.stream().map(Wish::maxAttempts).toArray(Integer[]::new))
        .map((row, context) -> job(row))
        .list();
  }

  private static <T> String[] texts(List<T> rows, Function<T, String> text) {
    return rows.stream().map(text).toArray(String[]::new);
  }

  public Optional<Job> find(String tenantId, String jobId) {
    return control.read(handle -> find(handle, tenantId, jobId));
  }

  /// Takes up to `most` jobs that are due, of these kinds, each under a lease.
  public List<Job> take(List<String> kinds, int most, Duration lease) {
    return control.read(
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

  /// Takes those of the named jobs that are due, of these kinds, each under a lease.
  public List<Job> take(List<String> kinds, List<String> ids, Duration lease) {
    return control.read(
        handle ->
            handle
                .createQuery(
                    """
                    UPDATE job SET status = 'running', lease = lease + 1,
                      due_at = now() + make_interval(secs => :seconds)
                    WHERE job_id IN (
                      SELECT job_id FROM job
                      WHERE status IN ('queued', 'running') AND due_at <= now()
                        AND kind = ANY (:kinds) AND job_id = ANY (:ids)
                      FOR UPDATE SKIP LOCKED)
                    RETURNING
                    """
                        + COLUMNS)
                .bind("seconds", lease.toMillis() / 1000.0)
                .bind("kinds", kinds.toArray(String[]::new))
                .bind("ids", ids.toArray(String[]::new))
                .map((row, context) -> job(row))
                .list());
  }

  /// Names up to `most` jobs of these kinds that have been due for `age` without anybody taking
  /// them, and notes that they were named: they are not named again before another `age` is over.
  public List<String> overlooked(List<String> kinds, int most, Duration age) {
    return control.read(
        handle ->
            handle
                .createQuery(
                    """
                    UPDATE job SET announced_at = now()
                    WHERE job_id IN (
                      SELECT job_id FROM job
                      WHERE status IN ('queued', 'running')
                        AND due_at <= now() - make_interval(secs => :seconds)
                        AND coalesce(announced_at, created_at)
                            <= now() - make_interval(secs => :seconds)
                        AND kind = ANY (:kinds)
                      ORDER BY due_at LIMIT :most FOR UPDATE SKIP LOCKED)
                    RETURNING job_id
                    """)
                .bind("seconds", age.toMillis() / 1000.0)
                .bind("kinds", kinds.toArray(String[]::new))
                .bind("most", most)
                .mapTo(String.class)
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
  /// Workers that end at the same time share a commit.
  public boolean finish(Job job, boolean isSuccess, String result) {
    return ends.of(new End(job, isSuccess, result));
  }

  /// A job that is ended twice at once is ended by one of them alone.
  private List<Boolean> endAll(List<End> all) {
    Set<String> ended =
        control.read(
            handle ->
                new HashSet<>(
                    handle
                        .createQuery(
                            """
                            UPDATE job SET status = told.status, result = told.result,
                              progress = 100, finished_at = now()
                            FROM unnest(:ids, :leases, :statuses, :results)
                              AS told (job_id, lease, status, result)
                            WHERE job.job_id = told.job_id AND job.lease = told.lease
                              AND job.status = 'running'
                            RETURNING job.job_id || ' ' || job.lease
                            """)
                        .bind("ids", texts(all, end -> end.job().id()))
                        .bind(
                            "leases",
                            all.stream().map(end -> end.job().lease()).toArray(Integer[]::new))
                        .bind(
                            "statuses", texts(all, end -> end.isSuccess() ? "succeeded" : "failed"))
                        .bind("results", texts(all, End::result))
                        .mapTo(String.class)
                        .list()));
    return all.stream().map(end -> ended.remove(end.job().id() + ' ' + end.job().lease())).toList();
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
