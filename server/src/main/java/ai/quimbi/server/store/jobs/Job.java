package ai.quimbi.server.store.jobs;

import org.jspecify.annotations.Nullable;

/// A piece of work that outlives the request which asked for it. `input` and `result` are JSON text
/// that the queue does not look into; `progress` is in percent; `lease` numbers the attempt.
public record Job(
    String id,
    String tenantId,
    String kind,
    String startedBy,
    String input,
    Status status,
    int progress,
    int lease,
    int maxAttempts,
    @Nullable String result) {

  public boolean isEnded() {
    return status == Status.SUCCEEDED || status == Status.FAILED;
  }

  /// What became of a job.
  public enum Status {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED
  }
}
