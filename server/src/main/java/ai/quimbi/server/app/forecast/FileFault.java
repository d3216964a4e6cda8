package ai.quimbi.server.app.forecast;

/// A file that cannot be used, and why: names the line where there is one.
final class FileFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FileFault(String message) {
    super(message);
  }

  static FileFault at(long line, String reason) {
    return new FileFault("line " + line + ": " + reason);
  }
}
