package ai.quimbi.server.app;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.server.app.imports.AccountImport;
import ai.quimbi.server.app.imports.TableReport;
import ai.quimbi.server.app.imports.UnreadableFile;
import ai.quimbi.server.store.copilot.AccountBatches;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What `./quimbi import accounts|usage|tickets` have in common.
@Command(mixinStandardHelpOptions = true)
abstract class ImportTable implements Callable<Integer> {
  @Mixin private Terminal terminal;
  @Mixin private Where where;
  @Mixin private TenantFile file;

  abstract TableReport read(AccountImport rows, Path csv) throws IOException, UnreadableFile;

  @Override
  public Integer call() throws IOException, UnreadableFile {
    Config config = where.config();
    if (!config.documents().strip().equalsIgnoreCase("postgres")) {
      throw new CommandFault(
          "The tools read documents here (QUIMBI_DOCUMENTS=%s). Put the documents there, or tell"
                  .formatted(config.documents())
              + " the accounts over /api/accounts, which writes them.");
    }
    try (Installation installation = Installation.ofCommand(config, "import")) {
      Tenant tenant = Where.tenant(installation, file.tenantId());
      AccountBatches store =
          file.isOnlyRead() ? null : new AccountBatches(installation.databases());
      AccountImport rows = new AccountImport(tenant, store, InstantSource.system().instant());
      TableReport report = read(rows, file.path());
      terminal.answer(report.toMap(), report.toText());
    }
    return 0;
  }

  @Command(
      name = "accounts",
      description = "Import accounts: customer_id, name, renewal_date, arr, owner.",
      footer = {
        "",
        "Only customer_id and name are needed; a column that the file does not have stays as it",
        "is. The same file again changes nothing."
      })
  static final class Accounts extends ImportTable {
    @Override
    TableReport read(AccountImport rows, Path csv) throws IOException, UnreadableFile {
      return rows.accounts(csv);
    }
  }

  @Command(
      name = "usage",
      description = "Import the accounts' daily users: customer_id, date, active_users.")
  static final class Usage extends ImportTable {
    @Override
    TableReport read(AccountImport rows, Path csv) throws IOException, UnreadableFile {
      return rows.usage(csv);
    }
  }

  @Command(
      name = "tickets",
      description = {
        "Import the accounts' support tickets: customer_id, ticket_id, severity, status,",
        "opened_at, closed_at, subject."
      })
  static final class Tickets extends ImportTable {
    @Override
    TableReport read(AccountImport rows, Path csv) throws IOException, UnreadableFile {
      return rows.tickets(csv);
    }
  }
}
