package ai.quimbi.server.store;

import java.time.Duration;

/// Too many want the database at once: this caller waited its share and was turned away before
/// anything was done.
public final class Overloaded extends Unavailable {
  private static final long serialVersionUID = 1L;

  public Overloaded(String message) {
    super(message, null);
  }

  @Override
  public Duration retryAfter() {
    return Duration.ofSeconds(1);
  }
}
