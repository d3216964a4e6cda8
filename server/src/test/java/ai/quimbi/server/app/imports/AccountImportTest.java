package ai.quimbi.server.app.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.Account;
import ai.quimbi.core.copilot.Severity;
import ai.quimbi.core.copilot.Ticket;
import ai.quimbi.core.copilot.UsageDay;
import ai.quimbi.server.store.TestDatabase;
import ai.quimbi.server.store.copilot.AccountBatches;
import ai.quimbi.server.store.copilot.Accounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files about accounts as other systems export them, into a real store.
class AccountImportTest {
  private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");
  private final AccountBatches store = new AccountBatches(TestDatabase.databases());
  private final Accounts accounts = new Accounts(TestDatabase.databases());
  @TempDir Path folder;
  private Tenant tenant;

  @BeforeEach
  void a_tenant() {
    tenant = TestDatabase.databases().tenants().find(TestDatabase.freshTenant()).orElseThrow();
  }

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("in.csv"), List.of(lines));
  }

  private AccountImport stored() {
    return new AccountImport(tenant, store, NOW);
  }

  private static String counts(TableReport report) {
    return report.toMap().get("rows")
        + " rows, "
        + report.rejectedRows()
        + " refused, "
        + report.toMap().get("stored");
  }

  @Test
  void accounts_come_in_whatever_their_columns_are_called_and_again_change_nothing()
      throws Exception {
    Path csv =
        file(
            "Account ID;Company;Contract End;ACV;CSM;Region",
            "acme-001;Acme Corp;2026-11-01;250000;public;EU",
            "\"globex;1\";Globex;2026-07-01T09:00:00+02:00;1200,50;kim;US",
            "bare;Bare;;;;");
    TableReport report = stored().accounts(csv);

    assertEquals("3 rows, 0 refused, {changed=3, duplicates=0}", ordered(report));
    assertEquals(List.of("Region"), report.toMap().get("ignored_columns"));
    Account globex = accounts.find(tenant, "globex;1").orElseThrow();
    assertEquals("kim", globex.owner());
    assertEquals("1200.50", String.valueOf(globex.arr()));
    assertEquals("2026-07-01T09:00:00+02:00", String.valueOf(told(globex)));
    assertEquals("public", accounts.find(tenant, "bare").orElseThrow().owner());
    assertEquals("3 rows, 0 refused, {changed=0, duplicates=3}", ordered(stored().accounts(csv)));
  }

  private static Object told(Account account) {
    return account.renewal() == null ? "" : account.renewal().told();
  }

  /// A map of two has no order of its own.
  private static String ordered(TableReport report) {
    return counts(report)
        .replaceAll("\\{duplicates=(\\d+), changed=(\\d+)}", "{changed=$2, duplicates=$1}");
  }

  @Test
  void a_column_that_is_not_in_the_file_stays_as_it_is() throws Exception {
    stored().accounts(file("id,name,renewal_date,arr", "a,A,2026-11-01,10"));
    stored().accounts(file("id,name", "a,Renamed"));
    Account kept = accounts.find(tenant, "a").orElseThrow();
    assertEquals("Renamed", kept.name());
    assertEquals("2026-11-01", told(kept));

    stored().accounts(file("id,name,renewal_date", "a,Renamed,"));
    assertEquals("", told(accounts.find(tenant, "a").orElseThrow()));
  }

  @Test
  void bad_rows_are_refused_with_their_lines_and_the_others_are_stored() throws Exception {
    TableReport report =
        stored()
            .accounts(
                file(
                    "customer_id,name,renewal_date,arr",
                    "a,A,2026-11-01,10",
                    ",B,2026-11-01,10",
                    "c,C,next year,10",
                    "d,D,2026-11-01,-1",
                    "e,E",
                    "",
                    "a,Another A,2026-11-01,10",
                    "f,F,2026-11-01,10"));

    assertEquals("7 rows, 5 refused, {changed=2, duplicates=0}", ordered(report));
    String text = report.toText();
    for (String line :
        List.of(
            "line 3: customer_id is empty",
            "line 4: renewal_date is not a date: write 2027-02-01",
            "line 5: arr is negative",
            "line 6: has fewer cells than the header",
            "line 8: tells again, and otherwise, what a row above told")) {
      assertTrue(text.contains(line), line + " in\n" + text);
    }
    assertEquals("A", accounts.find(tenant, "a").orElseThrow().name());
  }

  @Test
  void usage_and_tickets_need_their_account_and_are_read_in_the_tenants_zone() throws Exception {
    stored().accounts(file("id,name", "a,A"));
    Path usage =
        file("account_id,day,DAU", "a,2026-03-01,5", "a,2026-03-02,7", "b,2026-03-01,5", "a,x,1");
    TableReport days = stored().usage(usage);
    assertEquals("4 rows, 2 refused, {changed=2, duplicates=0}", ordered(days));
    assertTrue(
        days.toText().contains("line 4: customer_id is no account: import the accounts first"));
    int first = (int) LocalDate.of(2026, 3, 1).toEpochDay();
    assertEquals(
        List.of(new UsageDay(first, 5), new UsageDay(first + 1, 7)),
        accounts.usageDays(tenant, "a"));
    assertEquals("4 rows, 2 refused, {changed=0, duplicates=2}", ordered(stored().usage(usage)));

    Path tickets =
        file(
            "customer,case_number,priority,state,created_at,resolved_at,title",
            "a,T-1,urgent,Open,2026-03-01,,Login",
            "a,T-2,P4,resolved,2026-03-01T10:00:00Z,2026-03-02T10:00:00Z,",
            "a,T-3,low,open,2026-03-01,2026-03-02,Both",
            "a,T-4,low,perhaps,2026-03-01,,",
            "a,T-5,low,closed,2026-03-03,2026-03-02,");
    TableReport cases = stored().tickets(tickets);
    assertEquals("5 rows, 3 refused, {changed=2, duplicates=0}", ordered(cases));
    Ticket login =
        accounts.tickets(tenant, "a").stream()
            .filter(ticket -> ticket.id().equals("T-1"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        new Ticket(
            "T-1", Severity.HIGH, true, Instant.parse("2026-03-01T00:00:00Z"), null, "Login"),
        login);
    assertEquals(
        "5 rows, 3 refused, {changed=0, duplicates=2}", ordered(stored().tickets(tickets)));
  }

  @Test
  void a_dry_run_reports_and_stores_nothing() throws Exception {
    TableReport report =
        new AccountImport(tenant, null, NOW).accounts(file("id,name", "a,A", ",B"));

    assertEquals("2 rows, 1 refused, null", counts(report));
    assertTrue(report.toText().contains("nothing was stored"), report.toText());
    assertTrue(accounts.find(tenant, "a").isEmpty());
  }

  @Test
  void a_file_that_cannot_be_read_says_what_to_change() throws Exception {
    assertTrue(refusal(file("id,company_size", "a,5")).contains("No column name in the header"));
    assertTrue(refusal(folder.resolve("none.csv")).contains("There is no file"));
    Files.createFile(folder.resolve("empty.csv"));
    assertTrue(refusal(folder.resolve("empty.csv")).contains("The file is empty."));
    TableReport broken = stored().accounts(file("id,name", "a,A", "b,\"never closed"));
    assertTrue(broken.toText().contains("a quote that is never closed"), broken.toText());
    assertEquals(1, broken.rejectedRows());
  }

  private String refusal(Path csv) {
    return String.valueOf(
        assertThrows(UnreadableFile.class, () -> stored().accounts(csv)).getMessage());
  }

  @Test
  void thousands_of_rows_are_stored_in_chunks() throws Exception {
    stored().accounts(file("id,name", "a,A"));
    String[] lines = new String[12_001];
    lines[0] = "customer_id,date,active_users";
    LocalDate first = LocalDate.of(1990, 1, 1);
    for (int i = 1; i < lines.length; i++) {
      lines[i] = "a," + first.plusDays(i) + "," + i;
    }
    TableReport report = stored().usage(file(lines));

    assertEquals("12000 rows, 0 refused, {changed=12000, duplicates=0}", ordered(report));
    assertEquals(12_000, accounts.usageDays(tenant, "a").size());
  }
}
