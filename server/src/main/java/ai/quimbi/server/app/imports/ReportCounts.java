package ai.quimbi.server.app.imports;

import ai.quimbi.server.app.imports.RowResult.Accepted;
import ai.quimbi.server.app.imports.RowResult.Rejected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The running counts behind an [ImportReport].
final class ReportCounts {
  private static final int MOST_EXAMPLES = 100;

  private final List<Rejected> examples = new ArrayList<>();
  private final TreeMap<String, Long> reasons = new TreeMap<>();
  private long rows;
  private long orders;
  private long rejectedRows;
  private boolean hasStopped;
  private @Nullable Instant first;
  private @Nullable Instant last;

  void add(RowResult result) {
    rows += result.rows();
    switch (result) {
      case Accepted accepted -> {
        orders++;
        Instant at = accepted.order().orderedAt();
        first = first == null || at.isBefore(first) ? at : first;
        last = last == null || at.isAfter(last) ? at : last;
      }
      case Rejected rejected -> addRejected(rejected);
    }
  }

  /// Takes an accepted row back.
  void refuse(Accepted row, Rejected instead) {
    orders--;
    addRejected(instead);
  }

  private void addRejected(Rejected rejected) {
    rejectedRows += rejected.rows();
    reasons.merge(
        (rejected.column() + " " + rejected.reason()).strip(), (long) rejected.rows(), Long::sum);
    if (examples.size() < MOST_EXAMPLES) {
      examples.add(rejected);
    }
  }

  void stop() {
    hasStopped = true;
  }

  ImportReport report(Header header, OrderRows orderRows, ImportSpec spec) {
    return new ImportReport(
        rows,
        orders,
        rejectedRows,
        header.meanings(),
        header.ignored(),
        reasons,
        examples,
        first == null ? null : first.atZone(spec.ledger().zone()).toLocalDate(),
        last == null ? null : last.atZone(spec.ledger().zone()).toLocalDate(),
        orderRows.localDates,
        spec.ledger().zone(),
        orderRows.madeIds,
        hasStopped,
        null);
  }
}
