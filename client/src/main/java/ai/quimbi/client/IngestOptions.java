package ai.quimbi.client;

import java.util.UUID;

/// How a batch is taken in. The key makes the batch safe to send again: the client's own retries
/// repeat it, and so may a caller who stored it.
public record IngestOptions(String idempotencyKey, boolean continueOnError) {
  public IngestOptions {
    Arguments.headerValue("idempotencyKey", idempotencyKey);
  }

  /// All or nothing, under a fresh key.
  public static IngestOptions fresh() {
    return new IngestOptions(UUID.randomUUID().toString(), false);
  }

  /// The same under the caller's own key.
  public IngestOptions withKey(String key) {
    return new IngestOptions(key, continueOnError);
  }

  /// Take the good rows and report the bad ones, instead of all or nothing.
  public IngestOptions continuingOnError() {
    return new IngestOptions(idempotencyKey, true);
  }
}
