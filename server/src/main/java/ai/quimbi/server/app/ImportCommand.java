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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./quimbi import FILE.csv`: transactions in bulk; its subcommands import what is told of
/// accounts and what messages may state. Chunks commit; a killed import is resumed by running it
/// again.
@Command(
    name = "import",
    description = {
      "Import transactions from a CSV file; or accounts, their usage, their tickets; or what",
      "messages may state: products, offers, policies, snippets."
    },
    mixinStandardHelpOptions = true,
    subcommands = {
      ImportTable.Accounts.class,
      ImportTable.Usage.class,
      ImportTable.Tickets.class,
      ImportCatalog.Products.class,
      ImportCatalog.Offers.class,
      ImportCatalog.Policies.class,
      ImportCatalog.Snippets.class
    },
    footer = {
      "",
      "The header names the columns: customer_id, date, amount, and where there are any order_id,",
      "currency, status, discount_amount, refund_amount, channel, product_id, product_name,",
      "category, quantity, price, updated_at. A bad row does not stop the others; a killed import",
      "is resumed by running it again."
    })
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Terminal terminal;
  @Mixin private Where where;

  // Asked for below and not by the parser, which would ask the subcommands' callers, too.
  @Parameters(paramLabel = "FILE", arity = "0..1", description = "CSV, plain or gzip.")
  private @Nullable Path file;

  @Option(names = "--tenant", paramLabel = "ID")
  private @Nullable String tenantId;

  @Option(
      names = "--source",
      description = "The system the orders come from; with the order id it tells orders apart.")
  private @Nullable String source;

  @Option(names = "--dry-run", description = "Read and report; store nothing.")
  private boolean dryRun;

  @Option(names = "--strict", description = "Stop at the first bad row.")
  private boolean strict;

  @Option(names = "--quiet", description = "No progress bar.")
  private boolean quiet;

  @Override
  public Integer call() throws IOException, UnreadableFile {
    Path csv = needed(file, "FILE");
    String tenantName = needed(tenantId, "--tenant ID");
    String system = needed(source, "--source NAME");
    Instant now = InstantSource.system().instant();
    try (Installation installation = where.open("import")) {
      Tenant tenant = Where.tenant(installation, tenantName);
      Ledger ledger = new Ledger(tenant.zone(), tenant.currency());
      ImportSpec read = new ImportSpec(system, ledger, now, strict);
      try (CsvOrders rows = CsvOrders.open(csv, read)) {
        ImportReport report =
            dryRun ? read(rows) : store(rows, installation.databases(), tenant, now);
        terminal.answer(report.toMap(), report.toText().stripTrailing());
        return report.rejectedRows() == 0 ? 0 : strict ? 1 : 0;
      }
    }
  }

  private <T> T needed(@Nullable T value, String name) {
    if (value == null) {
      throw new ParameterException(spec.commandLine(), "An import of orders needs " + name + ".");
    }
    return value;
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
