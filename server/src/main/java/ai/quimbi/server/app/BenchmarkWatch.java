package ai.quimbi.server.app;

import ai.quimbi.server.api.benchmark.MonthlyRelease;
import ai.quimbi.server.http.Trace;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the month's benchmarks soon after a month begins: looks every hour whether anything is
/// left to do. Several servers may do so at once.
final class BenchmarkWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BenchmarkWatch.class);
  private static final Duration FIRST = Duration.ofMinutes(2);
  private static final Duration EVERY = Duration.ofHours(1);

  private final MonthlyRelease release;
  private final InstantSource clock;
  private @Nullable Thread worker;

  private BenchmarkWatch(MonthlyRelease release, InstantSource clock) {
    this.release = release;
    this.clock = clock;
  }

  /// Begins, unless it `isWanted` from another server only.
  static BenchmarkWatch of(boolean isWanted, MonthlyRelease release, InstantSource clock) {
    BenchmarkWatch watch = new BenchmarkWatch(release, clock);
    if (isWanted) {
      watch.worker = Thread.ofVirtual().name("benchmarks").start(watch::work);
    }
    return watch;
  }

  private void work() {
    try {
      Thread.sleep(FIRST);
      while (true) {
        look();
        Thread.sleep(EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      for (MonthlyRelease.Line line : release.run(clock.instant())) {
        if (line.isFresh()) {
          LOG.info("benchmark of {}: {}", line.industry(), BenchmarkCommand.words(line.entry()));
        }
      }
    } catch (RuntimeException e) {
      // The next look goes on from there.
      LOG.warn("the month's benchmarks were cut short: {}", Trace.summary(e));
    }
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.interrupt();
    }
  }
}
