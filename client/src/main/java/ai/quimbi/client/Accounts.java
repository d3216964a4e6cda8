package ai.quimbi.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What customer success knows of customers: contracts, usage and tickets, and how their health is
/// weighed. Got from [QuimbiClient#accounts]; the signed tools answer from it. Everything here ends
/// in the same state however often it is sent.
public final class Accounts {
  private final Connection connection;

  Accounts(Connection connection) {
    this.connection = connection;
  }

  /// An account; what is null is unknown. `renewalDate` is a day or a time, `owner` decides which
  /// copilot clients see the account.
  public record Account(
      String name, @Nullable String renewalDate, @Nullable BigDecimal arr, @Nullable String owner) {
    public Account {
      Arguments.text("name", name);
      if (arr != null) {
        Arguments.notNegative("arr", arr);
      }
    }
  }

  /// How many people used the product on a day.
  public record UsageDay(LocalDate date, int activeUsers) {
    public UsageDay {
      Arguments.present("date", date);
      Arguments.between("activeUsers", 0, 1_000_000_000, activeUsers);
    }
  }

  /// A support case. `severity` is `low`, `medium` or `high`; `status` is `open` or `closed`.
  public record Ticket(
      String id,
      String severity,
      String status,
      OffsetDateTime openedAt,
      @Nullable OffsetDateTime closedAt,
      @Nullable String subject) {
    public Ticket {
      Arguments.id("id", id);
      Arguments.oneOf("severity", severity, "low", "medium", "high");
      Arguments.oneOf("status", status, "open", "closed");
      Arguments.present("openedAt", openedAt);
    }
  }

  /// How much usage, tickets and renewal weigh in an account's health; they sum to 1.
  public record HealthWeights(BigDecimal usage, BigDecimal tickets, BigDecimal renewal) {
    public HealthWeights {
      Arguments.notNegative("usage", usage);
      Arguments.notNegative("tickets", tickets);
      Arguments.notNegative("renewal", renewal);
    }
  }

  /// Replaces all that is known of the account.
  public JsonNode put(String customerId, Account account) {
    ObjectNode body = Json.object().put("name", Arguments.present("account", account).name());
    if (account.renewalDate() != null) {
      body.put("renewal_date", account.renewalDate());
    }
    if (account.arr() != null) {
      body.put("arr", account.arr());
    }
    if (account.owner() != null) {
      body.put("owner", account.owner());
    }
    return connection.send(new Call("PUT", path(customerId), body, Map.of(), true));
  }

  public JsonNode get(String customerId) {
    return connection.send(Call.get(path(customerId)));
  }

  public JsonNode delete(String customerId) {
    return connection.send(Call.delete(path(customerId)));
  }

  /// A day told again replaces what was told of it.
  public JsonNode putUsage(String customerId, List<UsageDay> days) {
    ArrayNode rows = Json.array();
    for (UsageDay day : Arguments.list("days", days)) {
      rows.addObject().put("date", day.date().toString()).put("active_users", day.activeUsers());
    }
    return tell(customerId, "usage", "days", rows);
  }

  /// A ticket told again under the same id replaces the earlier one.
  public JsonNode putTickets(String customerId, List<Ticket> tickets) {
    ArrayNode rows = Json.array();
    for (Ticket ticket : Arguments.list("tickets", tickets)) {
      ObjectNode row =
          rows.addObject()
              .put("id", ticket.id())
              .put("severity", ticket.severity())
              .put("status", ticket.status())
              .put("opened_at", Json.time(ticket.openedAt()));
      if (ticket.closedAt() != null) {
        row.put("closed_at", Json.time(ticket.closedAt()));
      }
      if (ticket.subject() != null) {
        row.put("subject", ticket.subject());
      }
    }
    return tell(customerId, "tickets", "tickets", rows);
  }

  /// How the account's health went in the year until today.
  public AccountHealth health(String customerId) {
    return AccountHealth.of(connection.send(Call.get(path(customerId) + "/health")));
  }

  public AccountHealth health(String customerId, LocalDate from, LocalDate to) {
    String days = "?from=" + Arguments.period(from, to) + "&to=" + to;
    return AccountHealth.of(connection.send(Call.get(path(customerId) + "/health" + days)));
  }

  /// The health score held against what happened within `horizonDays` (30 to 365) of it.
  public HealthBacktest healthBacktest(int horizonDays) {
    int days = Arguments.between("horizonDays", 30, 365, horizonDays);
    String path = "/api/copilot/health-config/backtest?horizon_days=" + days;
    return HealthBacktest.of(connection.send(Call.get(path)));
  }

  public JsonNode healthConfig() {
    return connection.send(Call.get("/api/copilot/health-config"));
  }

  /// Weighs health differently, or with `preview` only tells what would change.
  public JsonNode putHealthConfig(HealthWeights weights, boolean preview) {
    Arguments.present("weights", weights);
    ObjectNode body = Json.object();
    body.putObject("weights")
        .put("usage", weights.usage())
        .put("tickets", weights.tickets())
        .put("renewal", weights.renewal());
    String path = "/api/copilot/health-config" + (preview ? "?preview=true" : "");
    return connection.send(new Call("PUT", path, body, Map.of(), true));
  }

  private JsonNode tell(String customerId, String below, String what, ArrayNode rows) {
    if (rows.isEmpty()) {
      throw new InvalidArgumentException(what, "must not be empty");
    }
    ObjectNode body = Json.object();
    body.set(what, rows);
    return connection.send(Call.ask(path(customerId) + "/" + below, body));
  }

  private static String path(String customerId) {
    return "/api/accounts/" + Call.segment(Arguments.id("customerId", customerId));
  }
}
