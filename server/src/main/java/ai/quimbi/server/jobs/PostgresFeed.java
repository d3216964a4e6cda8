package ai.quimbi.server.jobs;

import ai.quimbi.server.store.jobs.Job;
import ai.quimbi.server.store.jobs.Jobs;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Looks into the queue itself: at once when a job was queued here, every `pause` for those that
/// were queued elsewhere, are due again, or were left by a worker that died.
public final class PostgresFeed implements Feed {
  private final Jobs jobs;
  private final Duration pause;
  private final Semaphore news = new Semaphore(0);
  private boolean isDrained;

  public PostgresFeed(Jobs jobs, Duration pause) {
    this.jobs = jobs;
    this.pause = pause;
  }

  @Override
  public void announce(String jobId, Duration after) {
    if (after.isZero()) {
      news.release();
    }
  }

  /// By one thread.
  @Override
  public List<Job> take(List<String> kinds, int most, Duration lease) throws InterruptedException {
    if (isDrained) {
      news.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
      news.drainPermits();
    }
    isDrained = true;
    List<Job> taken = jobs.take(kinds, most, lease);
    isDrained = taken.size() < most;
    return taken;
  }
}
