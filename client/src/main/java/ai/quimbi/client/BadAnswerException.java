package ai.quimbi.client;

import org.jspecify.annotations.Nullable;

/// An answer came, but not one of Quimbi's: an HTML page, broken JSON, a redirect, or a field that
/// the contract promises is missing. Usually something between the client and Quimbi spoke.
public final class BadAnswerException extends QuimbiException {
  private static final long serialVersionUID = 1L;

  private final int status;

  BadAnswerException(int status, String message, @Nullable Throwable cause) {
    super(message + " (HTTP " + status + ")", cause);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
