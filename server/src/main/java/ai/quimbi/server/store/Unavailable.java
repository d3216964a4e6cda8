package ai.quimbi.server.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The store cannot serve this now, through no fault of the caller: the same call may succeed after
/// [#retryAfter]. Outward it is 503 with `Retry-After`.
public abstract sealed class Unavailable extends RuntimeException
    permits Overloaded, DatabaseUnavailable, DocumentsUnavailable {
  private static final long serialVersionUID = 1L;

  Unavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  public abstract Duration retryAfter();
}
