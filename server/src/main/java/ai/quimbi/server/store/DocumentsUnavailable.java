package ai.quimbi.server.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Documents cannot be read or written now: their folder or bucket is not there, not ours, or does
/// not answer. What they would have said stays unknown.
public final class DocumentsUnavailable extends Unavailable {
  private static final long serialVersionUID = 1L;

  public DocumentsUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public Duration retryAfter() {
    return Duration.ofSeconds(5);
  }
}
