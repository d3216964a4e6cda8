package ai.quimbi.server.jobs;

import ai.quimbi.server.store.jobs.Job;
import ai.quimbi.server.store.jobs.Jobs;
import java.time.Duration;
import java.util.List;

/// How workers come by jobs. The jobs themselves, and who works on which, are in PostgreSQL: a feed
/// may lose, repeat or reorder what it carries, and every job is still done.
public interface Feed extends AutoCloseable {
  /// Tells that this job can be taken after a while. Never fails and never waits: who hears it, if
  /// nobody does now, is the feed's affair.
  void announce(String jobId, Duration after);

  /// Takes up to `most` jobs of these kinds, each under a lease; waits for a moment where there are
  /// none.
  List<Job> take(List<String> kinds, int most, Duration lease) throws InterruptedException;

  /// Looks now and then for jobs that were announced in vain.
  default void lookForOverlooked(List<String> kinds) {}

  @Override
  default void close() {}

  /// Queues a job and announces it.
  default Job start(Jobs rows, Jobs.Wish wish) {
    Job job = rows.start(wish);
    if (job.status() == Job.Status.QUEUED) {
      announce(job.id(), Duration.ZERO);
    }
    return job;
  }
}
