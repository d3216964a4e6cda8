package ai.quimbi.server.app.imports;

/// A file no row of which can be read; the message says what to change.
public final class UnreadableFile extends Exception {
  private static final long serialVersionUID = 1;

  UnreadableFile(String message) {
    super(message);
  }
}
