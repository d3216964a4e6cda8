package ai.quimbi.server.app;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.customer.Ledger;
import ai.quimbi.server.app.imports.CsvOrders;
import ai.quimbi.server.app.imports.ImportReport;
import ai.quimbi.server.app.imports.ImportSpec;
import ai.quimbi.server.app.imports.UnreadableFile;
import ai.quimbi.server.store.Databases;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./quimbi import FILE.csv`: transactions in bulk. Chunks commit; a killed import is resumed by
/// running it again.
@Command(
    name = "import",
    description = "Import transactions from a CSV file.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The header names the columns: customer_id, date, amount, and where there are any order_id,",
      "currency, status, discount_amount, refund_amount, channel, product_id, product_name,",
      "category, quantity, price, updated_at. A bad row does not stop the others; a killed import",
      "is resumed by running it again."
    })
final class ImportCommand implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private Where where;

  @Parameters(paramLabel = "FILE", description = "CSV, plain or gzip.")
  private Path file;

  @Option(names = "--tenant", required = true, paramLabel = "ID")
  private String tenantId;

  @Option(
      names = "--source",
      required = true,
      description = "The system the orders come from; with the order id it tells orders apart.")
  private String source;

  @Option(names = "--dry-run", description = "Read and report; store nothing.")
  private boolean dryRun;

  @Option(names = "--strict", description = "Stop at the first bad row.")
  private boolean strict;

  @Option(names = "--quiet", description = "No progress bar.")
  private boolean quiet;

  @Override
  public Integer call() throws IOException, UnreadableFile {
    Instant now = InstantSource.system().instant();
    try (Installation installation = where.open("import")) {
      Tenant tenant = Where.tenant(installation, tenantId);
      Ledger ledger = new Ledger(tenant.zone(), tenant.currency());
      ImportSpec spec = new ImportSpec(source, ledger, now, strict);
      try (CsvOrders rows = CsvOrders.open(file, spec)) {
        ImportReport report =
            dryRun ? read(rows) : store(rows, installation.databases(), tenant, now);
        terminal.answer(report.toMap(), report.toText().stripTrailing());
        return report.rejectedRows() == 0 ? 0 : strict ? 1 : 0;
      }
    }
  }

  private ImportReport read(CsvOrders rows) {
    try (Progress progress = Progress.of(isQuiet(), "Reading", "orders")) {
      long done = 0;
      while (rows.hasNext()) {
        rows.next();
        progress.at(++done, rows.share());
      }
    }
    return rows.report();
  }

  private ImportReport store(CsvOrders rows, Databases databases, Tenant tenant, Instant now) {
    OrderImport orders = new OrderImport(databases, tenant, now);
    try (Progress progress = Progress.of(isQuiet(), "Importing", "orders")) {
      orders.store(rows, done -> progress.at(done, rows.share()));
    }
    try (Progress progress = Progress.of(isQuiet(), "Adding up", "customers")) {
      return orders.settle(rows, count -> progress.at(count, Double.NaN));
    }
  }

  private boolean isQuiet() {
    return quiet || terminal.isJson();
  }
}
