package ai.quimbi.server.app.demo;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.Account;
import ai.quimbi.core.copilot.Renewal;
import ai.quimbi.core.copilot.Severity;
import ai.quimbi.core.copilot.Subject;
import ai.quimbi.core.copilot.Ticket;
import ai.quimbi.core.copilot.ToolName;
import ai.quimbi.core.copilot.UsageDay;
import ai.quimbi.server.store.Databases;
import ai.quimbi.server.store.copilot.Accounts;
import ai.quimbi.server.store.copilot.Clients;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The demo's accounts and the client that calls the tools about them. Told anew at every start, so
/// that their dates follow the clock.
public final class DemoAccounts {
  public static final String CLIENT = "copilot-frontend";
  public static final String SECRET = "demo-secret";
  private static final int DAYS_OF_USAGE = 60;
  private static final int CALLS_A_MINUTE = 6_000;

  private static final List<Story> STORIES =
      List.of(
          new Story("acme-001", "Acme Corp", 250_000, 220, 60, 0.4, 2),
          new Story("globex-001", "Globex", 120_000, 95, 45, 0.0, 1),
          new Story("initech-001", "Initech", 64_000, 150, 30, 0.15, 0),
          new Story("acme-002", "Acme Corp East", 90_000, 24, 70, -0.5, 6));

  private final Accounts accounts;
  private final Clients clients;

  public DemoAccounts(Databases databases) {
    this.accounts = new Accounts(databases);
    this.clients = new Clients(databases.control(), databases.vault());
  }

  /// One account: how many days until it renews, the daily users sixty days ago and what is added
  /// each day, the open tickets.
  private record Story(
      String id, String name, int arr, int renewsInDays, int users, double growth, int open) {}

  public void tell(Tenant tenant, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    for (Story story : STORIES) {
      // A day later than wanted, so that whole days from any time of today are as many as told.
      String renewal = today.plusDays(story.renewsInDays() + 1).toString();
      accounts.put(
          tenant,
          new Account(
              story.id(),
              story.name(),
              Subject.PUBLIC,
              Renewal.read(renewal).orElseThrow(),
              BigDecimal.valueOf(story.arr()),
              tenant.currency().getCurrencyCode()),
          now);
      accounts.putUsage(tenant, story.id(), usage(story, today));
      accounts.putTickets(tenant, story.id(), tickets(story, now));
    }
    Set<String> tools =
        Arrays.stream(ToolName.values()).map(ToolName::label).collect(Collectors.toSet());
    clients.add(
        new Clients.Wish(CLIENT, tenant.id(), Set.of(Subject.PUBLIC), tools, false, CALLS_A_MINUTE),
        SECRET,
        now);
  }

  private static List<UsageDay> usage(Story story, LocalDate today) {
    List<UsageDay> days = new ArrayList<>();
    for (int i = 0; i < DAYS_OF_USAGE; i++) {
      int day = (int) today.toEpochDay() - DAYS_OF_USAGE + i;
      days.add(new UsageDay(day, Math.round(story.users() + story.growth() * i)));
    }
    return days;
  }

  private static List<Ticket> tickets(Story story, Instant now) {
    List<Ticket> tickets = new ArrayList<>();
    Severity[] severities = Severity.values();
    int first = 900 + 100 * STORIES.indexOf(story);
    for (int i = 0; i < story.open(); i++) {
      tickets.add(
          new Ticket(
              "T-" + (first + i + 1),
              severities[i % severities.length],
              true,
              now.minus(2 + 3L * i, ChronoUnit.DAYS),
              null,
              "Sample ticket"));
    }
    tickets.add(
        new Ticket(
            "T-" + first,
            Severity.LOW,
            false,
            now.minus(40, ChronoUnit.DAYS),
            now.minus(38, ChronoUnit.DAYS),
            "Sample ticket"));
    return tickets;
  }
}
