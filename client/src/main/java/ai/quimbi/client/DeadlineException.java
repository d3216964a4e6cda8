package ai.quimbi.client;

import java.time.Duration;

/// The call, its retries and the reading of the answer together took longer than the client's
/// timeout.
public final class DeadlineException extends QuimbiException {
  private static final long serialVersionUID = 1L;

  private final Duration timeout;

  DeadlineException(String call, Duration timeout) {
    super(call + ": no complete answer within " + timeout.toMillis() + " ms", null);
    this.timeout = timeout;
  }

  public Duration timeout() {
    return timeout;
  }
}
