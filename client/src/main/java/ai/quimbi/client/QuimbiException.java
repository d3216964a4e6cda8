package ai.quimbi.client;

import org.jspecify.annotations.Nullable;

/// Why a call has no answer. The four cases are all there are, so a caller can treat each of them.
/// A wrong argument is none of them: it is an [InvalidArgumentException], and nothing was sent.
public abstract sealed class QuimbiException extends RuntimeException
    permits ApiException, TransportException, DeadlineException, BadAnswerException {

  private static final long serialVersionUID = 1L;

  QuimbiException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// Never null: each case says what happened.
  @Override
  public final String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
