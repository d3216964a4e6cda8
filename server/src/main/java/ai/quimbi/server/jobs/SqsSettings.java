package ai.quimbi.server.jobs;

import ai.quimbi.server.store.AwsKey;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a queue of SQS is reached. Without a key the usual chain of AWS finds one. An idle worker
/// listens for `listening` at a time (at most 20 seconds); a job that has been due for `overdue`
/// without being taken is announced again.
public record SqsSettings(
    URI queueUrl,
    String region,
    @Nullable URI endpoint,
    @Nullable AwsKey key,
    Duration listening,
    Duration overdue) {
  public static final Duration USUAL_LISTENING = Duration.ofSeconds(10);
  public static final Duration USUAL_OVERDUE = Duration.ofSeconds(30);

  public SqsSettings {
    if (queueUrl.getHost() == null) {
      throw new IllegalArgumentException("a queue's URL names its host, was " + queueUrl);
    }
    if (region.isBlank()) {
      throw new IllegalArgumentException("SQS needs a region");
    }
    if (listening.isNegative() || listening.compareTo(Duration.ofSeconds(20)) > 0) {
      throw new IllegalArgumentException("SQS waits 0 to 20 seconds, not " + listening);
    }
  }
}
