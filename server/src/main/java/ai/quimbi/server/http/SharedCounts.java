package ai.quimbi.server.http;

import ai.quimbi.core.access.Quota;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.BucketExceptions;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.VerboseResult;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.ExpiredEntriesCleaner;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts in the table `rate_limit`, where several servers see them. One busy key must not take all
/// connections to that table: its requests queue up here, and once refused, they are refused here
/// until the minute is over.
final class SharedCounts implements Limits.Counts {
  private static final Logger LOG = LoggerFactory.getLogger(SharedCounts.class);
  private static final long PATIENCE_SECONDS = 5;

  private final ProxyManager<String> manager;
  private final ExpiredEntriesCleaner cleaner;
  private final InstantSource clock;
  private final Lock[] queues = new Lock[256];
  private final Cache<Refusal, VerboseResult<Boolean>> refused =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(Duration.ofMinutes(1)).build();

  SharedCounts(DataSource database, TimeMeter meter, InstantSource clock) {
    // Rows are locked by SELECT … FOR UPDATE; the variant with advisory locks wants another column.
    var postgres =
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(database)
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .table("rate_limit")
            .idColumn("id")
            .stateColumn("state")
            .expiresAtColumn("expires_at")
            .clientClock(meter)
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(
                    Duration.ofMinutes(1)))
            .build();
    this.manager = postgres;
    this.cleaner = postgres;
    this.clock = clock;
    for (int i = 0; i < queues.length; i++) {
      queues[i] = new ReentrantLock(true);
    }
  }

  @Override
  public VerboseResult<Boolean> take(String keyId, Quota quota) {
    String id = keyId + ":" + quota.perMinute() + ":" + quota.perHour();
    Refusal now = new Refusal(id, clock.instant().getEpochSecond() / 60);
    VerboseResult<Boolean> known = refused.getIfPresent(now);
    return known != null ? known : queued(id, () -> counted(now, quota));
  }

  private VerboseResult<Boolean> counted(Refusal now, Quota quota) {
    VerboseResult<Boolean> known = refused.getIfPresent(now);
    if (known != null) {
      return known;
    }
    VerboseResult<Boolean> result =
        manager
            .getProxy(now.id(), () -> Limits.configuration(quota, clock.instant()))
            .asVerbose()
            .tryConsume(1);
    if (!result.getValue()) {
      refused.put(now, result);
    }
    return result;
  }

  private VerboseResult<Boolean> queued(String id, Supplier<VerboseResult<Boolean>> count) {
    Lock queue = queues[Math.floorMod(id.hashCode(), queues.length)];
    boolean held = false;
    try {
      held = queue.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (held) {
        return count.get();
      }
    } catch (BucketExceptions.BucketExecutionException e) {
      LOG.warn("the shared counts cannot be reached: {}", Trace.summary(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (held) {
        queue.unlock();
      }
    }
    throw ApiError.unavailable(
        "The service is interrupted for a moment. Try again soon.", Duration.ofSeconds(2));
  }

  @Override
  public int sweep() {
    return cleaner.removeExpired(1000);
  }

  /// A key that has no room left in this minute, nor, until it is over, in the hour.
  private record Refusal(String id, long minute) {}
}
