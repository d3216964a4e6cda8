package ai.quimbi.server.jobs;

import ai.quimbi.server.jobs.JobHandler.Ending;
import ai.quimbi.server.store.Unavailable;
import ai.quimbi.server.store.jobs.Job;
import ai.quimbi.server.store.jobs.Jobs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes jobs from the queue and works on them, each on a virtual thread. While it works it keeps
/// the leases alive; when it dies, they end, and another takes the jobs up. Failed attempts are
/// repeated after 1, 2, 4, … seconds (at most a minute), as often as the job allows.
public final class Workers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  /// Ended jobs can be asked for so long.
  private static final Duration REMEMBERED = Duration.ofDays(7);

  private static final long FORGET_EVERY_ROUNDS = 720;

  private final Jobs jobs;
  private final Feed feed;
  private final Map<String, JobHandler> handlers;
  private final Settings settings;
  private final Semaphore slots;
  private final Map<Job, Attempt> running = new ConcurrentHashMap<>();
  private final Thread dispatcher;
  private final Thread keeper;
  private volatile boolean isOpen = true;

  /// `atOnce` jobs are worked on at one time; an idle worker looks every `pause`; a job whose
  /// worker has been silent for `lease` is taken up by another.
  public record Settings(int atOnce, Duration pause, Duration lease) {
    public static final Settings DEFAULT =
        new Settings(4, Duration.ofMillis(250), Duration.ofSeconds(15));
  }

  private record Attempt(Thread thread, AtomicInteger progress) {}

  private Workers(Jobs jobs, Feed feed, Map<String, JobHandler> handlers, Settings settings) {
    this.jobs = jobs;
    this.feed = feed;
    this.handlers = Map.copyOf(handlers);
    this.settings = settings;
    this.slots = new Semaphore(settings.atOnce());
    this.dispatcher = Thread.ofVirtual().name("jobs").unstarted(this::dispatch);
    this.keeper = Thread.ofVirtual().name("leases").unstarted(this::keepLeases);
  }

  /// Starts working on jobs of these kinds, which are looked for in PostgreSQL itself.
  public static Workers start(Jobs jobs, Map<String, JobHandler> handlers, Settings settings) {
    return start(jobs, new PostgresFeed(jobs, settings.pause()), handlers, settings);
  }

  /// Starts working on jobs of these kinds as the feed brings them; it is nobody else's to take
  /// from.
  public static Workers start(
      Jobs jobs, Feed feed, Map<String, JobHandler> handlers, Settings settings) {
    Workers workers = new Workers(jobs, feed, handlers, settings);
    workers.dispatcher.start();
    workers.keeper.start();
    return workers;
  }

  private void dispatch() {
    List<String> kinds = List.copyOf(handlers.keySet());
    while (isOpen) {
      try {
        if (!slots.tryAcquire(settings.pause().toMillis(), TimeUnit.MILLISECONDS)) {
          continue;
        }
        int free = 1 + slots.drainPermits();
        List<Job> taken = taken(kinds, free);
        slots.release(free - taken.size());
        taken.forEach(this::begin);
      } catch (InterruptedException stopping) {
        return;
      }
    }
  }

  private List<Job> taken(List<String> kinds, int most) throws InterruptedException {
    try {
      return feed.take(kinds, most, settings.lease());
    } catch (Unavailable away) {
      // PostgreSQL is away: the jobs wait with it.
      Thread.sleep(settings.pause());
      return List.of();
    } catch (RuntimeException fault) {
      LOG.warn("cannot take jobs: {}", fault.getClass().getName());
      Thread.sleep(settings.pause());
      return List.of();
    }
  }

  private void begin(Job job) {
    AtomicInteger progress = new AtomicInteger(job.progress());
    Thread thread = Thread.ofVirtual().name("job").unstarted(() -> work(job, progress));
    running.put(job, new Attempt(thread, progress));
    thread.start();
  }

  private void work(Job job, AtomicInteger progress) {
    try {
      settle(job, attempt(job, progress));
    } catch (RuntimeException unavailable) {
      // Not settled: the lease ends, and the job is taken up again.
      LOG.warn("job {} was not settled: {}", job.id(), unavailable.getClass().getName());
    } finally {
      running.remove(job);
      slots.release();
    }
  }

  private Ending attempt(Job job, AtomicInteger progress) {
    JobHandler handler = handlers.get(job.kind());
    if (handler == null || job.lease() > job.maxAttempts()) {
      return new Ending.Failed("null");
    }
    try {
      return handler.run(job, percent -> progress.set(Math.clamp(percent, 0, 100)));
    } catch (Exception fault) {
      LOG.warn(
          "job {} failed in attempt {}: {}", job.id(), job.lease(), fault.getClass().getName());
      return new Ending.TryAgain("null");
    }
  }

  private void settle(Job job, Ending ending) {
    boolean isHeld =
        switch (ending) {
          case Ending.Succeeded done -> jobs.finish(job, true, done.result());
          case Ending.Failed failed -> jobs.finish(job, false, failed.result());
          case Ending.TryAgain again ->
              job.lease() >= job.maxAttempts()
                  ? jobs.finish(job, false, again.result())
                  : postpone(job, waitAfter(job.lease()));
        };
    if (!isHeld) {
      LOG.info("job {} was taken up by another in the meantime", job.id());
    }
  }

  private boolean postpone(Job job, Duration wait) {
    boolean isHeld = jobs.postpone(job, wait);
    if (isHeld) {
      feed.announce(job.id(), wait);
    }
    return isHeld;
  }

  static Duration waitAfter(int attempts) {
    Duration wait = Duration.ofSeconds(1L << Math.min(attempts - 1, 6));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }

  private void keepLeases() {
    for (long round = 1; isOpen; round++) {
      try {
        Thread.sleep(settings.lease().dividedBy(3));
        keep(new ArrayList<>(running.keySet()));
        feed.lookForOverlooked(List.copyOf(handlers.keySet()));
        if (round % FORGET_EVERY_ROUNDS == 0) {
          jobs.forgetOlderThan(REMEMBERED);
        }
      } catch (InterruptedException stopping) {
        return;
      } catch (RuntimeException away) {
        LOG.warn("cannot keep leases: {}", away.getClass().getName());
      }
    }
  }

  /// What is no longer held is given up: another works on it.
  private void keep(List<Job> held) {
    if (held.isEmpty()) {
      return;
    }
    List<Integer> progress = new ArrayList<>();
    for (Job job : held) {
      Attempt attempt = running.get(job);
      progress.add(attempt == null ? job.progress() : attempt.progress().get());
    }
    Set<String> kept = new HashSet<>(jobs.keep(held, progress, settings.lease()));
    for (Job job : held) {
      Attempt attempt = running.get(job);
      if (attempt != null && !kept.contains(job.id())) {
        attempt.thread().interrupt();
      }
    }
  }

  /// Takes no more jobs and gives those at work a moment to end; what does not end is taken up by
  /// another worker when its lease is over.
  @Override
  public void close() {
    isOpen = false;
    try {
      // Not interrupted: that would cut its connection in the middle of a statement.
      dispatcher.join(Duration.ofSeconds(2));
      for (Attempt attempt : List.copyOf(running.values())) {
        attempt.thread().join(Duration.ofSeconds(2));
        attempt.thread().interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    dispatcher.interrupt();
    keeper.interrupt();
  }
}
