package ai.quimbi.server.app.imports;

import ai.quimbi.core.customer.Order;

/// What became of one order's rows: `line` is where they start in the file (the header is line 1),
/// `rows` how many there are.
public sealed interface RowResult {
  long line();

  int rows();

  record Accepted(Order order, long line, int rows) implements RowResult {}

  /// `column` is as the file spells it, or empty where the fault is in the row as a whole.
  record Rejected(long line, int rows, String column, String reason) implements RowResult {}
}
