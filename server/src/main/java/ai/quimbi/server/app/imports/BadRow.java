package ai.quimbi.server.app.imports;

/// Why a row cannot be taken: the column's name and the kind of fault, never the value. It has no
/// stack trace, since a file may hold millions of them.
final class BadRow extends Exception {
  private static final long serialVersionUID = 1;

  private final String column;
  private final String reason;

  BadRow(String column, String reason) {
    super(column + " " + reason, null, false, false);
    this.column = column;
    this.reason = reason;
  }

  String column() {
    return column;
  }

  String reason() {
    return reason;
  }
}
