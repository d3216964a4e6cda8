package ai.quimbi.server.http;

import ai.quimbi.core.access.ApiKey;
import ai.quimbi.core.access.Quota;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.VerboseBucket;
import io.github.bucket4j.VerboseResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.sql.DataSource;

/// Counts the requests of every key in two fixed windows, the wall clock's minute and hour. The
/// request after a window's last is refused and counts in neither.
public final class Limits {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Counts counts;
  private final InstantSource clock;

  private Limits(Counts counts, InstantSource clock) {
    this.counts = counts;
    this.clock = clock;
  }

  /// For a server that is alone.
  public static Limits inMemory(InstantSource clock) {
    TimeMeter meter = meter(clock);
    Cache<Counted, VerboseBucket> known =
        Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(HOUR.plus(MINUTE)).build();
    return new Limits(
        (keyId, quota) ->
            known
                .get(new Counted(keyId, quota), counted -> bucket(quota, clock.instant(), meter))
                .tryConsume(1),
        clock);
  }

  /// For several servers that agree through the table `rate_limit (id text, state bytea, expires_at
  /// bigint)` of a database. Their clocks must agree, too.
  public static Limits shared(DataSource database, InstantSource clock) {
    return new Limits(new SharedCounts(database, meter(clock), clock), clock);
  }

  /// Counts one request of the key, if both of its windows have room for it.
  Verdict count(ApiKey key) {
    Quota quota =
        switch (key) {
          case ApiKey.TenantKey tenantKey -> tenantKey.quota();
          case ApiKey.AdminKey adminKey -> adminKey.quota();
        };
    return count(key.keyId(), quota);
  }

  private Verdict count(String keyId, Quota quota) {
    VerboseResult<Boolean> result = counts.take(keyId, quota);
    long[] left = result.getDiagnostics().getAvailableTokensPerEachBandwidth();
    long now = clock.instant().getEpochSecond();
    Window minute = Window.of("minute", quota.perMinute(), left[0], MINUTE.toSeconds(), now);
    Window hour = Window.of("hour", quota.perHour(), left[1], HOUR.toSeconds(), now);
    return result.getValue()
        ? new Verdict.Allowed(minute, hour)
        : new Verdict.Refused(minute, hour);
  }

  /// Counts one call of a caller without an API key; answers the whole seconds to wait where it has
  /// no room left, 0 where it has.
  public long secondsToWait(String caller, Quota quota) {
    long now = clock.instant().getEpochSecond();
    return switch (count(caller, quota)) {
      case Verdict.Allowed _ -> 0;
      case Verdict.Refused refused -> refused.tightest().secondsLeft(now);
    };
  }

  /// Forgets counts that no longer matter; answers how many. Worth a call every few minutes where
  /// the counts are shared.
  public int sweep() {
    return counts.sweep();
  }

  private static VerboseBucket bucket(Quota quota, Instant now, TimeMeter meter) {
    return Bucket.builder()
        .withCustomTimePrecision(meter)
        .addLimit(window(quota.perMinute(), MINUTE, now))
        .addLimit(window(quota.perHour(), HOUR, now))
        .build()
        .asVerbose();
  }

  /// The two windows of a quota, beginning now.
  static BucketConfiguration configuration(Quota quota, Instant now) {
    return BucketConfiguration.builder()
        .addLimit(window(quota.perMinute(), MINUTE, now))
        .addLimit(window(quota.perHour(), HOUR, now))
        .build();
  }

  /// A window that is full again at the next whole minute or hour of the clock on the wall. A
  /// greedy refill would let 124 calls through in the first quarter of a minute.
  private static Bandwidth window(int requests, Duration length, Instant now) {
    long seconds = length.toSeconds();
    Instant next = Instant.ofEpochSecond((now.getEpochSecond() / seconds + 1) * seconds);
    return Bandwidth.builder()
        .capacity(requests)
        .refillIntervallyAligned(requests, length, next)
        .build();
  }

  private static TimeMeter meter(InstantSource clock) {
    return new TimeMeter() {
      @Override
      public long currentTimeNanos() {
        Instant now = clock.instant();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
      }

      @Override
      public boolean isWallClockBased() {
        return true;
      }
    };
  }

  /// Where the counts are kept.
  @FunctionalInterface
  interface Counts {
    /// Counts one request, if there is room in both windows; minute first, then hour.
    VerboseResult<Boolean> take(String keyId, Quota quota);

    default int sweep() {
      return 0;
    }
  }

  private record Counted(String keyId, Quota quota) {}

  /// One window after a request was counted or refused.
  record Window(
      String name, int limit, long remaining, long lengthSeconds, long resetsAtEpochSecond) {
    private static Window of(String name, int limit, long remaining, long seconds, long now) {
      return new Window(
          name, limit, Math.max(0, remaining), seconds, (now / seconds + 1) * seconds);
    }

    long secondsLeft(long now) {
      return Math.max(1, resetsAtEpochSecond - now);
    }
  }

  /// What became of a request.
  sealed interface Verdict {
    Window minute();

    Window hour();

    record Allowed(Window minute, Window hour) implements Verdict {}

    record Refused(Window minute, Window hour) implements Verdict {}

    /// The window with the least left; of two, the one that takes longer.
    default Window tightest() {
      return minute().remaining() < hour().remaining() ? minute() : hour();
    }
  }
}
