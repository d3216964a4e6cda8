package ai.quimbi.client;

/// The connection failed: refused, reset, cut in the middle of an answer, or the waiting thread was
/// interrupted. The server may or may not have done what was asked.
public final class TransportException extends QuimbiException {
  private static final long serialVersionUID = 1L;

  TransportException(String message, Throwable cause) {
    super(message, cause);
  }
}
