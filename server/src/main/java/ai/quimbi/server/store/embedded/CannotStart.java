package ai.quimbi.server.store.embedded;

import org.jspecify.annotations.Nullable;

/// The embedded database cannot run here; the message says why and what to do, in words for the
/// person who typed the command.
public final class CannotStart extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotStart(String message) {
    this(message, null);
  }

  CannotStart(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
