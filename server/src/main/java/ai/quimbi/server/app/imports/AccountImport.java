package ai.quimbi.server.app.imports;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.Account;
import ai.quimbi.core.copilot.Ticket;
import ai.quimbi.core.copilot.UsageDay;
import ai.quimbi.server.app.imports.AccountFiles.Told;
import ai.quimbi.server.app.imports.CsvTable.Line;
import ai.quimbi.server.store.copilot.AccountBatches;
import ai.quimbi.server.store.copilot.AccountBatches.Of;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Imports a file about accounts, chunk by chunk: each is stored as a whole, and the same file
/// again changes nothing. A bad row is refused and told of; the others are stored.
public final class AccountImport {
  private static final int CHUNK = 5_000;

  private final Tenant tenant;
  private final @Nullable AccountBatches store;
  private final Instant now;

  /// Without a `store` the file is read and reported on.
  public AccountImport(Tenant tenant, @Nullable AccountBatches store, Instant now) {
    this.tenant = tenant;
    this.store = store;
    this.now = now;
  }

  private interface Reading<T> {
    Told<T> of(Line line, Tenant tenant) throws BadRow;
  }

  private interface Storing<T> {
    int put(List<Of<T>> chunk);
  }

  private record Row<T>(Told<T> told, long line) {}

  public TableReport accounts(Path file) throws IOException, UnreadableFile {
    try (CsvTable table = CsvTable.open(file, AccountFiles.OF_ACCOUNTS)) {
      AccountBatches.Columns columns =
          new AccountBatches.Columns(
              table.has(AccountFiles.RENEWAL),
              table.has(AccountFiles.ARR),
              table.has(AccountFiles.OWNER));
      return read(
          table,
          report("accounts", table, AccountFiles.OF_ACCOUNTS),
          AccountFiles::account,
          Account::customerId,
          false,
          chunk ->
              store == null
                  ? 0
                  : store.accounts(tenant, chunk.stream().map(Of::value).toList(), columns, now));
    }
  }

  public TableReport usage(Path file) throws IOException, UnreadableFile {
    try (CsvTable table = CsvTable.open(file, AccountFiles.OF_USAGE)) {
      return read(
          table,
          report("days", table, AccountFiles.OF_USAGE),
          AccountFiles::usage,
          UsageDay::day,
          true,
          chunk -> store == null ? 0 : store.usage(tenant, chunk));
    }
  }

  public TableReport tickets(Path file) throws IOException, UnreadableFile {
    try (CsvTable table = CsvTable.open(file, AccountFiles.OF_TICKETS)) {
      return read(
          table,
          report("tickets", table, AccountFiles.OF_TICKETS),
          AccountFiles::ticket,
          Ticket::id,
          true,
          chunk -> store == null ? 0 : store.tickets(tenant, chunk));
    }
  }

  private TableReport report(String things, CsvTable table, List<Field> fields) {
    return new TableReport(things, store != null, table.meanings(fields), table.ignored());
  }

  private interface Identity<T> {
    Object of(T value);
  }

  private <T> TableReport read(
      CsvTable table,
      TableReport report,
      Reading<T> reading,
      Identity<T> identity,
      boolean needsAccount,
      Storing<T> storing) {
    Map<Object, Integer> seen = new HashMap<>();
    List<Row<T>> chunk = new ArrayList<>();
    while (table.hasNext()) {
      Line line = table.next();
      report.row();
      try {
        line.mustBeWhole();
        Told<T> told = reading.of(line, tenant);
        Object key = List.of(told.customerId(), identity.of(told.value()));
        Integer earlier = seen.putIfAbsent(key, told.hashCode());
        if (earlier != null && earlier != told.hashCode()) {
          throw new BadRow("", "tells again, and otherwise, what a row above told");
        }
        chunk.add(new Row<>(told, line.line()));
      } catch (BadRow bad) {
        report.refuse(line.line(), bad.column(), bad.reason());
      }
      if (chunk.size() == CHUNK) {
        store(chunk, report, needsAccount, storing);
      }
    }
    store(chunk, report, needsAccount, storing);
    return report;
  }

  private <T> void store(
      List<Row<T>> chunk, TableReport report, boolean needsAccount, Storing<T> storing) {
    Set<String> ids =
        chunk.stream().map(row -> row.told().customerId()).collect(Collectors.toSet());
    Set<String> known = needsAccount && store != null ? store.existing(tenant, ids) : ids;
    List<Of<T>> there = new ArrayList<>();
    for (Row<T> row : chunk) {
      if (known.contains(row.told().customerId())) {
        there.add(new Of<>(row.told().customerId(), row.told().value()));
      } else {
        report.refuse(row.line(), "customer_id", "is no account: import the accounts first");
      }
    }
    if (!there.isEmpty()) {
      report.changed(storing.put(there));
    }
    chunk.clear();
  }
}
