package ai.quimbi.server.app.imports;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.Account;
import ai.quimbi.core.copilot.Renewal;
import ai.quimbi.core.copilot.Severity;
import ai.quimbi.core.copilot.Subject;
import ai.quimbi.core.copilot.Ticket;
import ai.quimbi.core.copilot.UsageDay;
import ai.quimbi.server.app.imports.CsvTable.Line;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The rows of files about accounts: what their columns may be called and what they mean.
public final class AccountFiles {
  static final Field CUSTOMER =
      Field.required("customer_id", "customer", "account_id", "client_id", "id");
  static final Field NAME =
      Field.required("name", "account_name", "company", "customer_name", "account");
  static final Field RENEWAL =
      Field.optional("renewal_date", "renewal", "renews_on", "contract_end_date", "contract_end");
  static final Field ARR =
      Field.optional("arr", "annual_recurring_revenue", "acv", "contract_value", "annual_value");
  static final Field OWNER = Field.optional("owner", "owner_id", "account_owner", "csm");
  static final Field DAY = Field.required("date", "day", "usage_date");
  static final Field USERS =
      Field.required("active_users", "users", "daily_active_users", "daily_users", "dau");
  static final Field TICKET =
      Field.required("ticket_id", "ticket", "case_id", "ticket_number", "case_number");
  static final Field SEVERITY = Field.optional("severity", "priority");
  static final Field STATUS = Field.optional("status", "state");
  static final Field OPENED = Field.required("opened_at", "created_at", "opened", "created");
  static final Field CLOSED = Field.optional("closed_at", "closed", "resolved_at", "solved_at");
  static final Field SUBJECT = Field.optional("subject", "title", "summary");

  static final List<Field> OF_ACCOUNTS = List.of(CUSTOMER, NAME, RENEWAL, ARR, OWNER);
  static final List<Field> OF_USAGE = List.of(CUSTOMER, DAY, USERS);
  static final List<Field> OF_TICKETS =
      List.of(CUSTOMER, TICKET, SEVERITY, STATUS, OPENED, CLOSED, SUBJECT);

  private static final BigDecimal MOST_USERS = BigDecimal.valueOf(1_000_000_000);
  private static final int LONGEST_ID = 128;

  private AccountFiles() {}

  /// What is told of one account under its id.
  public record Told<T>(String customerId, T value) {}

  static Told<Account> account(Line line, Tenant tenant) throws BadRow {
    String id = id(line, CUSTOMER);
    String owner = line.has(OWNER) ? text(line, OWNER, LONGEST_ID) : Subject.PUBLIC;
    return new Told<>(
        id,
        new Account(
            id,
            Values.text(line.need(NAME), 200, line.nameOf(NAME)),
            owner,
            line.has(RENEWAL) ? renewal(line) : null,
            line.has(ARR) ? Values.amount(line.get(ARR), 6, line.nameOf(ARR)) : null,
            tenant.currency().getCurrencyCode()));
  }

  private static Renewal renewal(Line line) throws BadRow {
    Optional<Renewal> read = Renewal.read(line.get(RENEWAL));
    if (read.isEmpty()) {
      throw new BadRow(line.nameOf(RENEWAL), "is not a date: write 2027-02-01");
    }
    return read.get();
  }

  static Told<UsageDay> usage(Line line, Tenant tenant) throws BadRow {
    String id = id(line, CUSTOMER);
    String column = line.nameOf(DAY);
    LocalDate day =
        switch (Values.moment(line.need(DAY), column)) {
          case Values.Moment.OnDay told -> told.day();
          case Values.Moment.Local told -> told.time().toLocalDate();
          case Values.Moment.Exact told -> LocalDate.ofInstant(told.at(), tenant.zone());
        };
    BigDecimal users = Values.number(line.need(USERS), line.nameOf(USERS));
    if (users.signum() < 0
        || users.stripTrailingZeros().scale() > 0
        || users.compareTo(MOST_USERS) > 0) {
      throw new BadRow(line.nameOf(USERS), "is not a whole number from 0 to 1000000000");
    }
    return new Told<>(id, new UsageDay((int) day.toEpochDay(), users.longValueExact()));
  }

  static Told<Ticket> ticket(Line line, Tenant tenant) throws BadRow {
    String id = id(line, CUSTOMER);
    Instant opened = instant(line, OPENED, tenant);
    Instant closed = line.has(CLOSED) ? instant(line, CLOSED, tenant) : null;
    boolean isOpen = line.has(STATUS) ? isOpen(line) : closed == null;
    if (isOpen && closed != null) {
      throw new BadRow(line.nameOf(CLOSED), "is there although the ticket is open");
    }
    if (closed != null && closed.isBefore(opened)) {
      throw new BadRow(line.nameOf(CLOSED), "lies before the ticket was opened");
    }
    return new Told<>(
        id,
        new Ticket(
            id(line, TICKET),
            Severity.read(line.get(SEVERITY)),
            isOpen,
            opened,
            closed,
            line.has(SUBJECT) ? text(line, SUBJECT, 500) : null));
  }

  private static boolean isOpen(Line line) throws BadRow {
    return switch (line.get(STATUS).toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_')) {
      case "open", "new", "pending", "in_progress", "on_hold", "waiting", "reopened" -> true;
      case "closed", "solved", "resolved", "done", "cancelled", "canceled" -> false;
      default -> throw new BadRow(line.nameOf(STATUS), "is neither open nor closed");
    };
  }

  private static Instant instant(Line line, Field field, Tenant tenant) throws BadRow {
    return switch (Values.moment(line.need(field), line.nameOf(field))) {
      case Values.Moment.OnDay told -> told.day().atStartOfDay(tenant.zone()).toInstant();
      case Values.Moment.Local told -> told.time().atZone(tenant.zone()).toInstant();
      case Values.Moment.Exact told -> told.at();
    };
  }

  private static String id(Line line, Field field) throws BadRow {
    return Values.text(line.need(field), LONGEST_ID, line.nameOf(field));
  }

  private static String text(Line line, Field field, int longest) throws BadRow {
    return Values.text(line.get(field).replaceAll("\\R", " "), longest, line.nameOf(field));
  }
}
