package ai.quimbi.server.app;

/// What a person who typed a command did not get, and why, in words for them.
final class CommandFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFault(String message) {
    super(message);
  }
}
