package ai.quimbi.server.api.copilot;

import ai.quimbi.core.access.Tenant;
import ai.quimbi.core.copilot.Account;
import ai.quimbi.core.copilot.Evidence;
import ai.quimbi.core.copilot.Renewal;
import ai.quimbi.core.copilot.Severity;
import ai.quimbi.core.copilot.Subject;
import ai.quimbi.core.copilot.Ticket;
import ai.quimbi.core.copilot.Tool;
import ai.quimbi.core.copilot.UsageDay;
import ai.quimbi.server.api.Tenancy;
import ai.quimbi.server.http.Answer;
import ai.quimbi.server.http.ApiError;
import ai.quimbi.server.http.Call;
import ai.quimbi.server.http.ErrorCode;
import ai.quimbi.server.http.Fault;
import ai.quimbi.server.store.copilot.Accounts;
import ai.quimbi.server.store.copilot.KnownAccounts;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Accounts with their usage and tickets, over the platform's API.
final class AccountPages {
  private final Tenancy tenancy;
  private final Accounts accounts;
  private final ToldDocuments documents;
  private final HealthWatch watch;

  AccountPages(Tenancy tenancy, Accounts accounts, ToldDocuments documents, HealthWatch watch) {
    this.tenancy = tenancy;
    this.accounts = accounts;
    this.documents = documents;
    this.watch = watch;
  }

  Answer put(Call call) {
    Tenant tenant = tenancy.of(call);
    String id = customerId(call);
    JsonNode body = call.body();
    String told = body.path("renewal_date").textValue();
    Renewal renewal = told == null ? null : renewal(told);
    BigDecimal arr = body.hasNonNull("arr") ? body.path("arr").decimalValue() : null;
    Account account =
        new Account(
            id,
            body.path("name").textValue(),
            body.path("owner").asText(Subject.PUBLIC),
            renewal,
            arr,
            tenant.currency().getCurrencyCode());
    String ownerBefore = accounts.find(tenant, id).map(Account::owner).orElse(null);
    accounts.put(tenant, account, call.receivedAt());
    documents.ofAccount(tenant, account, ownerBefore);
    watch.look(tenant, id, call.receivedAt());
    return Answer.ok(shown(account));
  }

  Answer get(Call call) {
    Tenant tenant = tenancy.of(call);
    String id = call.pathParameter("customer_id");
    Account account = accounts.find(tenant, id).orElseThrow(() -> notFound(id));
    Map<String, Object> shown = shown(account);
    KnownAccounts.Need all = new KnownAccounts.Need(true, Tool.DEFAULT_PERIOD_DAYS, true);
    accounts
        .evidence(tenant, account.owner(), id, all)
        .ifPresent(evidence -> addEvidence(shown, evidence));
    return Answer.ok(shown);
  }

  Answer delete(Call call) {
    Tenant tenant = tenancy.of(call);
    String id = call.pathParameter("customer_id");
    Account account = accounts.find(tenant, id).orElseThrow(() -> notFound(id));
    if (!accounts.delete(tenant, id)) {
      throw notFound(id);
    }
    documents.ofDeleted(tenant, account.owner(), id);
    return Answer.ok(Map.of("deleted", true));
  }

  Answer putUsage(Call call) {
    String id = customerId(call);
    List<Fault> faults = new ArrayList<>();
    Map<Integer, UsageDay> days = new TreeMap<>();
    int place = 0;
    for (JsonNode told : call.body().path("days")) {
      int day = (int) LocalDate.parse(told.path("date").textValue()).toEpochDay();
      UsageDay one = new UsageDay(day, told.path("active_users").longValue());
      UsageDay earlier = days.put(day, one);
      if (earlier != null && !earlier.equals(one)) {
        faults.add(
            new Fault(
                "/days/" + place + "/date", "conflict", "This day is told twice, differently."));
      }
      place++;
    }
    refuse(faults);
    Tenant tenant = tenancy.of(call);
    if (!accounts.putUsage(tenant, id, List.copyOf(days.values()))) {
      throw notFound(id);
    }
    documents.ofUsage(tenant, id);
    watch.look(tenant, id, call.receivedAt());
    return Answer.ok(Map.of("customer_id", id, "stored_days", days.size()));
  }

  Answer putTickets(Call call) {
    String id = customerId(call);
    List<Fault> faults = new ArrayList<>();
    Map<String, Ticket> tickets = new LinkedHashMap<>();
    int place = 0;
    for (JsonNode told : call.body().path("tickets")) {
      Ticket one = ticket(told, "/tickets/" + place, faults);
      Ticket earlier = tickets.put(one.id(), one);
      if (earlier != null && !earlier.equals(one)) {
        faults.add(
            new Fault(
                "/tickets/" + place + "/id",
                "conflict",
                "This ticket is told twice, differently."));
      }
      place++;
    }
    refuse(faults);
    Tenant tenant = tenancy.of(call);
    if (!accounts.putTickets(tenant, id, List.copyOf(tickets.values()))) {
      throw notFound(id);
    }
    documents.ofTickets(tenant, id);
    watch.look(tenant, id, call.receivedAt());
    return Answer.ok(Map.of("customer_id", id, "stored_tickets", tickets.size()));
  }

  private static Ticket ticket(JsonNode told, String path, List<Fault> faults) {
    Instant opened = OffsetDateTime.parse(told.path("opened_at").textValue()).toInstant();
    String closedAt = told.path("closed_at").textValue();
    Instant closed = closedAt == null ? null : OffsetDateTime.parse(closedAt).toInstant();
    boolean isOpen = !told.path("status").asText().equals("closed");
    if (isOpen && closed != null) {
      faults.add(
          new Fault(path + "/closed_at", "conflict", "An open ticket has no time of closing."));
    }
    if (closed != null && closed.isBefore(opened)) {
      faults.add(new Fault(path + "/closed_at", "range", "It cannot be closed before it opened."));
    }
    return new Ticket(
        told.path("id").textValue(),
        Severity.read(told.path("severity").textValue()),
        isOpen,
        opened,
        closed,
        told.path("subject").textValue());
  }

  private static void refuse(List<Fault> faults) {
    if (!faults.isEmpty()) {
      throw ApiError.invalid(faults);
    }
  }

  private static Renewal renewal(String told) {
    return Renewal.read(told)
        .orElseThrow(
            () ->
                ApiError.invalid(
                    "/renewal_date",
                    "format",
                    "renewal_date must be a day such as 2027-02-01, or a time in ISO 8601."));
  }

  /// The id in the path; one that could not have come in a body is no id.
  private static String customerId(Call call) {
    String id = call.pathParameter("customer_id");
    if (id.length() > 128 || id.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      throw ApiError.invalid(
          "/customer_id", "format", "An id has 1 to 128 characters, none of them a control.");
    }
    return id;
  }

  private static Map<String, Object> shown(Account account) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("customer_id", account.customerId());
    shown.put("name", account.name());
    shown.put("owner", account.owner());
    Renewal renewal = account.renewal();
    putIfThere(shown, "renewal_date", renewal == null ? null : renewal.told());
    putIfThere(shown, "arr", account.arr());
    return shown;
  }

  private static void addEvidence(Map<String, Object> shown, Evidence evidence) {
    shown.put("open_tickets", evidence.tickets().openTickets());
    if (evidence.usage() != null) {
      shown.put("usage_trend", evidence.usage().trend().label());
      shown.put("avg_daily_users", evidence.usage().avgDailyUsers());
    }
  }

  private static void putIfThere(Map<String, Object> map, String name, @Nullable Object value) {
    if (value != null) {
      map.put(name, value);
    }
  }

  static ApiError notFound(String id) {
    return ApiError.of(
        ErrorCode.CUSTOMER_NOT_FOUND,
        "There is no such account. PUT /api/accounts/{customer_id} makes one.",
        Map.of("customer_id", id));
  }
}
